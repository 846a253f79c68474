// Give entities the properties and the label that follow from what is stated of them
// parameters: rows
// returns: written
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n = row.properties
REMOVE n:$(row.former)
SET n:$(row.label)
RETURN count(n) AS written
ORDER BY written
