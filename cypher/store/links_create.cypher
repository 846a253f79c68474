// Create links between entities that are there
// parameters: writer, rows
// returns: written
// A row is source, target, type and properties. Times come as text, a day as ten characters.
MATCH (c:Casebook {id: 'casebook', writer: $writer})
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[r:$(row[2])]->(b)
WITH r, row[3] AS given
SET r = given {
  .*,
  started: CASE size(given.started) WHEN 10 THEN date(given.started) ELSE localdatetime(given.started) END,
  started_earliest: localdatetime(given.started_earliest),
  started_latest: localdatetime(given.started_latest),
  ended: CASE size(given.ended) WHEN 10 THEN date(given.ended) ELSE localdatetime(given.ended) END,
  ended_earliest: localdatetime(given.ended_earliest),
  ended_latest: localdatetime(given.ended_latest)
}
RETURN count(r) AS written
ORDER BY written
