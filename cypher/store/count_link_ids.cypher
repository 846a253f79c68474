// How many links there are
// parameters: published
// returns: links
MATCH ()-[r]->()
WHERE r.file IN $published
RETURN count(DISTINCT r.id) AS links
ORDER BY links
