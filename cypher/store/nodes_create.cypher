// Create entities that are known to be new
// parameters: rows
// returns: written
UNWIND $rows AS row
CREATE (n:Entity:$(row.label))
SET n = row.properties
RETURN count(n) AS written
ORDER BY written
