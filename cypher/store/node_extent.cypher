// The server's greatest number of an entity, and how many there are: whether they follow one another closely
// parameters: none
// returns: last, count
MATCH (n:Entity)
RETURN coalesce(max(id(n)), -1) AS last, count(n) AS count
ORDER BY last
