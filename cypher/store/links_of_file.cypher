// The links that a file asserts and that begin at these entities
// parameters: file, ids
// returns: kind, source, target, properties
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r]->(b:Entity)
WHERE r.file = $file
RETURN type(r) AS kind, a.id AS source, b.id AS target, properties(r) AS properties
ORDER BY kind, r.id, source, target
