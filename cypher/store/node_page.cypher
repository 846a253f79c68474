// A page of entities from an id on, packed; `stated` is empty unless the kind must be worked out from it
// parameters: published, settled, from, limit
// returns: ids, kinds, stated
MATCH (n:Entity)
WHERE n.id >= $from AND ($settled OR any(file IN n.files WHERE file IN $published))
WITH n ORDER BY n.id LIMIT $limit
WITH collect(n.id) AS ids, collect(n.kind) AS kinds,
     collect(CASE WHEN n.stale IS NULL AND ($settled OR all(file IN n.files WHERE file IN $published)) THEN [] ELSE n.stated END)
       AS stated
RETURN ids, kinds, stated
ORDER BY size(ids)
