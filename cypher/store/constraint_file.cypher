// Files are looked up by id
// parameters: none
// returns: none
CREATE CONSTRAINT graphkit_file IF NOT EXISTS FOR (f:File) REQUIRE f.id IS UNIQUE
