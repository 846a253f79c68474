// The types of relationships that there are or have been
// parameters: none
// returns: type
CALL db.relationshipTypes() YIELD relationshipType
RETURN relationshipType AS type
ORDER BY type
