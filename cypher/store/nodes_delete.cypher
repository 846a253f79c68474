// Delete entities of which nothing is stated any more
// parameters: ids
// returns: written
UNWIND $ids AS id
MATCH (n:Entity {id: id})
DETACH DELETE n
RETURN count(*) AS written
ORDER BY written
