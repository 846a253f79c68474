// How many entities there are
// parameters: published
// returns: nodes
MATCH (n:Entity)
WHERE any(file IN n.files WHERE file IN $published)
RETURN count(n) AS nodes
ORDER BY nodes
