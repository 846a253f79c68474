// The schema's version, and what is published
// parameters: none
// returns: version, files, loads, settled
OPTIONAL MATCH (c:Casebook {id: 'casebook'})
WITH c.version AS version
OPTIONAL MATCH (f:File)
WITH version, f ORDER BY f.id
WITH version, collect(f) AS files
RETURN version, [f IN files WHERE f.published | f.id] AS files, [f IN files WHERE f.published | f.load] AS loads,
       all(f IN files WHERE f.published) AS settled
ORDER BY version
