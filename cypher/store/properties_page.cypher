// What is stated of some properties: a page of entities from an id on, packed
// parameters: published, properties, from, limit
// returns: ids, stated
MATCH (n:Entity)
WHERE n.id >= $from AND any(file IN n.files WHERE file IN $published)
WITH n ORDER BY n.id LIMIT $limit
WITH collect(n.id) AS ids, collect([one IN n.stated WHERE split(one, '\t')[1] IN $properties]) AS stated
RETURN ids, stated
ORDER BY size(ids)
