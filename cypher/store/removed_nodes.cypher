// How many entities only this file states something of
// parameters: published, file
// returns: nodes
MATCH (n:Entity)
WHERE $file IN n.files AND none(file IN n.files WHERE file <> $file AND file IN $published)
RETURN count(n) AS nodes
ORDER BY nodes
