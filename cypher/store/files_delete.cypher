// Forget files of which nothing is left
// parameters: files
// returns: deleted
MATCH (f:File)
WHERE f.id IN $files AND NOT f.published
DELETE f
RETURN count(*) AS deleted
ORDER BY deleted
