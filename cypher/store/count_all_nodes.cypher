// How many entities there are, published or not
// parameters: none
// returns: nodes
MATCH (n:Entity)
RETURN count(n) AS nodes
ORDER BY nodes
