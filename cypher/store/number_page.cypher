// A page of entities from an id on, packed, with the server's own number of each
// parameters: published, settled, from, limit
// returns: ids, numbers
MATCH (n:Entity)
WHERE n.id >= $from AND ($settled OR any(file IN n.files WHERE file IN $published))
WITH n ORDER BY n.id LIMIT $limit
WITH collect(n.id) AS ids, collect(id(n)) AS numbers
RETURN ids, numbers
ORDER BY size(ids)
