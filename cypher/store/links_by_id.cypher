// Links by id
// parameters: published, ids
// returns: kind, source, target, properties
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.id IN $ids AND r.file IN $published
RETURN type(r) AS kind, a.id AS source, b.id AS target, properties(r) AS properties
ORDER BY kind, r.id, source, target
