// Delete some parts of these files' original bytes
// parameters: writer, files, limit
// returns: deleted
MATCH (c:Casebook {id: 'casebook', writer: $writer})
MATCH (p:FilePart)
WHERE p.file IN $files
WITH p LIMIT $limit
DELETE p
RETURN count(*) AS deleted
ORDER BY deleted
