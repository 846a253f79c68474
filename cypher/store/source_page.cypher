// A page of entities from an id on, packed, with the server's own number and how many links begin at each
// parameters: published, settled, from, limit
// returns: ids, numbers, degrees
MATCH (n:Entity)
WHERE n.id >= $from AND ($settled OR any(file IN n.files WHERE file IN $published))
WITH n ORDER BY n.id LIMIT $limit
WITH collect(n.id) AS ids, collect(id(n)) AS numbers, collect(COUNT { (n)-->() }) AS degrees
RETURN ids, numbers, degrees
ORDER BY size(ids)
