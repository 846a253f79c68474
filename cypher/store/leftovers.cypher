// The files that are not published: what a dead or replaced load left
// parameters: none
// returns: id
MATCH (f:File)
WHERE NOT f.published
RETURN f.id AS id
ORDER BY id
