// The schema's version, and what is published
// parameters: none
// returns: version, files, loads
OPTIONAL MATCH (c:Casebook {id: 'casebook'})
WITH c.version AS version
OPTIONAL MATCH (f:File {published: true})
WITH version, f ORDER BY f.id
RETURN version, collect(f.id) AS files, collect(f.load) AS loads
ORDER BY version
