// The kinds and ids of the links that begin or end at these entities, packed
// parameters: published, ids
// returns: links
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r]-()
WHERE r.file IN $published
WITH DISTINCT type(r) AS kind, r.id AS link
WITH collect([kind, link]) AS links
RETURN links
ORDER BY size(links)
