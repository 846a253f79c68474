// The links that begin or end at these entities
// parameters: published, ids
// returns: kind, source, target, properties
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r]-()
WHERE r.file IN $published
WITH DISTINCT r
RETURN type(r) AS kind, startNode(r).id AS source, endNode(r).id AS target, properties(r) AS properties
ORDER BY kind, r.id, source, target
