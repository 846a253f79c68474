// Delete entities of which nothing is stated any more
// parameters: writer, ids
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
UNWIND $ids AS id
MATCH (n:Entity {id: id})
DETACH DELETE n
RETURN count(*) AS written
ORDER BY written
