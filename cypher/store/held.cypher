// Whether a writer still holds the casebook: asked at the beginning of each of its transactions
// parameters: writer
// returns: writer
MATCH (c:Casebook {id: 'casebook', writer: $writer})
RETURN c.writer AS writer
ORDER BY writer
