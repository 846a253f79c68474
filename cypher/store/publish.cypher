// Show these files to readers and hide those, at once
// parameters: writer, add, remove
// returns: changed
MATCH (c:Casebook {id: 'casebook', writer: $writer})
// Writing locks the node: nobody can take the casebook over before this is done.
SET c.heartbeat = timestamp()
WITH c
MATCH (f:File)
WHERE f.id IN $add OR f.id IN $remove
SET f.published = f.id IN $add
RETURN count(f) AS changed
ORDER BY changed
