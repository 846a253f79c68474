// Forget files of which nothing is left
// parameters: writer, files
// returns: deleted
MATCH (c:Casebook {id: 'casebook', writer: $writer})
MATCH (f:File)
WHERE f.id IN $files AND NOT f.published
DELETE f
RETURN count(*) AS deleted
ORDER BY deleted
