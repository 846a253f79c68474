// There is one casebook in a database
// parameters: none
// returns: none
CREATE CONSTRAINT graphkit_casebook IF NOT EXISTS FOR (c:Casebook) REQUIRE c.id IS UNIQUE
