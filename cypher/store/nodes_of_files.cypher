// A page of the entities of which these files state something, from an id on
// parameters: files, from, limit
// returns: id
MATCH (n:Entity)
WHERE n.id >= $from AND any(file IN n.files WHERE file IN $files)
RETURN n.id AS id
ORDER BY id
LIMIT $limit
