// The writer is done
// parameters: writer
// returns: none
MATCH (c:Casebook {id: 'casebook', writer: $writer})
REMOVE c.writer, c.holder, c.since, c.heartbeat
