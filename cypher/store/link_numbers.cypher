// The server's numbers of all links, packed
// parameters: none
// returns: numbers
MATCH ()-[r]->()
RETURN collect(id(r)) AS numbers
ORDER BY size(numbers)
