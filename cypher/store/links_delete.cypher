// Delete some of the links that these files assert and that begin at these entities
// parameters: files, ids, limit
// returns: deleted
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[r]->()
WHERE r.file IN $files
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS deleted
ORDER BY deleted
