// Delete some parts of these files' original bytes
// parameters: files, limit
// returns: deleted
MATCH (p:FilePart)
WHERE p.file IN $files
WITH p LIMIT $limit
DELETE p
RETURN count(*) AS deleted
ORDER BY deleted
