// Which of these entities are there already
// parameters: ids
// returns: known
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN collect(n.id) AS known
ORDER BY known
