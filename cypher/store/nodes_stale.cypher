// Some of the entities that await a refresh
// parameters: limit
// returns: id, kind, stated
MATCH (n:Entity {stale: true})
WITH n LIMIT $limit
RETURN n.id AS id, n.kind AS kind, n.stated AS stated
ORDER BY id
