// How many links there are, of each kind
// parameters: published
// returns: kind, links
MATCH ()-[r]->()
WHERE r.file IN $published
RETURN type(r) AS kind, count(DISTINCT r.id) AS links
ORDER BY kind
