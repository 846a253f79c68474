// The server's greatest number of a link, and how many there are: whether they follow one another closely
// parameters: none
// returns: last, count
MATCH ()-[r]->()
RETURN coalesce(max(id(r)), -1) AS last, count(r) AS count
ORDER BY last
