// The entities whose id or some stated value holds a text, with those values
// parameters: published, text, escaped
// returns: id, kind, stated, unsettled
MATCH (n:Entity)
WHERE any(file IN n.files WHERE file IN $published)
WITH n, [one IN n.stated WHERE toLower(split(one, '\t')[2]) CONTAINS $escaped] AS stated
WHERE size(stated) > 0 OR toLower(n.id) CONTAINS $text
RETURN n.id AS id, n.kind AS kind, stated,
       CASE WHEN n.stale IS NULL AND all(file IN n.files WHERE file IN $published) THEN [] ELSE n.stated END AS unsettled
ORDER BY id
