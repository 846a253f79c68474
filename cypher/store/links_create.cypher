// Create links between entities that are there
// parameters: writer, rows
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[r:$(row[2])]->(b)
SET r = row[3]
RETURN count(r) AS written
ORDER BY written
