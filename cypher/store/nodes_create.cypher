// Create entities that are known to be new
// parameters: writer, rows
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
UNWIND $rows AS row
CREATE (n:Entity:$(row.label))
SET n = row.properties
RETURN count(n) AS written
ORDER BY written
