// Enter a file that is about to be loaded; nobody sees it yet
// parameters: properties
// returns: written
CREATE (f:File)
SET f = $properties, f.published = false
RETURN count(f) AS written
ORDER BY written
