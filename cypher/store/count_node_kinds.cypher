// How many entities there are of each kind, where no file awaits publication or removal
// parameters: published
// returns: kind, nodes
MATCH (n:Entity)
WHERE n.stale IS NULL AND all(file IN n.files WHERE file IN $published)
RETURN n.kind AS kind, count(n) AS nodes
ORDER BY kind
