// How many links only this file asserts
// parameters: published, file
// returns: links
MATCH ()-[r]->()
WHERE r.file IN $published
WITH count(DISTINCT r.id) AS before, count(DISTINCT CASE WHEN r.file <> $file THEN r.id END) AS after
RETURN before - after AS links
ORDER BY links
