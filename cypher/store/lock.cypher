// Take the casebook for one writer, unless another one holds it and has shown life of late; says who holds it then
// parameters: writer, holder, since, version, patience
// returns: writer, holder, since
MERGE (c:Casebook {id: 'casebook'})
  ON CREATE SET c.version = $version
// Writing first locks the node, so that what is read next is the latest.
SET c.asked = timestamp()
WITH c, c.writer IS NULL OR c.writer = $writer OR c.heartbeat < timestamp() - $patience AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET c.writer = $writer, c.holder = $holder, c.since = $since, c.heartbeat = timestamp())
RETURN c.writer AS writer, c.holder AS holder, c.since AS since
ORDER BY writer
