// Add what further files state of entities that are there; they are stale until refreshed
// parameters: writer, rows
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n.files = n.files + row.files, n.stated = n.stated + row.stated, n.stale = true
RETURN count(n) AS written
ORDER BY written
