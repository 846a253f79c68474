// Entities are looked up by id, and none is there twice
// parameters: none
// returns: none
CREATE CONSTRAINT graphkit_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE
