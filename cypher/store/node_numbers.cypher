// The server's numbers of all entities, packed
// parameters: none
// returns: numbers
MATCH (n:Entity)
RETURN collect(id(n)) AS numbers
ORDER BY size(numbers)
