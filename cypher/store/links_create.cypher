// Create links between entities that are there
// parameters: source, target, type, link, file, place, rows, started, quantity, unit, amount, currency, properties, time
// returns: written
// Columns and not maps, which take both sides longer. `place` and each of `rows` make a reference to a row; `started`
// is a day as ten characters, an instant, or null; `time` is null unless there is more to it, and then holds all texts.
UNWIND range(0, size($link) - 1) AS i
MATCH (a:Entity {id: $source[i]})
MATCH (b:Entity {id: $target[i]})
CREATE (a)-[r:$($type[i])]->(b)
SET r = {
  id: $link[i],
  file: $file[i],
  evidence: [row IN split($rows[i], ',') | $place[i] + row],
  started: CASE size($started[i]) WHEN 10 THEN date($started[i]) ELSE localdatetime($started[i]) END,
  quantity: $quantity[i],
  unit: $unit[i],
  amount: $amount[i],
  currency: $currency[i]
}
SET r += $properties[i]
SET r += CASE WHEN $time[i] IS NULL THEN {} ELSE {
  started: CASE size($time[i].started) WHEN 10 THEN date($time[i].started) ELSE localdatetime($time[i].started) END,
  started_earliest: localdatetime($time[i].started_earliest),
  started_latest: localdatetime($time[i].started_latest),
  ended: CASE size($time[i].ended) WHEN 10 THEN date($time[i].ended) ELSE localdatetime($time[i].ended) END,
  ended_earliest: localdatetime($time[i].ended_earliest),
  ended_latest: localdatetime($time[i].ended_latest)
} END
RETURN count(r) AS written
ORDER BY written
