// Enter a file that is about to be loaded; nobody sees it yet
// parameters: writer, properties
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
CREATE (f:File)
SET f = $properties, f.published = false
RETURN count(f) AS written
ORDER BY written
