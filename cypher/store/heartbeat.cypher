// The writer shows that it is alive; no row where another one took over
// parameters: writer
// returns: heartbeat
MATCH (c:Casebook {id: 'casebook', writer: $writer})
SET c.heartbeat = timestamp()
RETURN c.heartbeat AS heartbeat
ORDER BY heartbeat
