// Add what further files state of entities that are there; they are stale until refreshed
// parameters: rows
// returns: written
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
SET n.files = n.files + row.files, n.stated = n.stated + row.stated, n.stale = true
RETURN count(n) AS written
ORDER BY written
