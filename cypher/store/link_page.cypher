// The links that begin at the entities from one id to another, packed; what is unknown is `none`, or not a number
// parameters: published, settled, from, to, none, nan
// returns: link, kind, source, target, started, time, quantity, amount, unit, currency
// `time` is `none` unless there is more to it than when the link started. Ends are the server's own numbers: ids would
// have to be read again for every link, and elementId() is a text that is longer still.
MATCH (a:Entity)-[r]->(b)
WHERE a.id >= $from AND a.id <= $to AND ($settled OR r.file IN $published)
// All properties at once: one by one the server would walk through them again for each.
WITH id(a) AS source, id(b) AS target, type(r) AS kind, properties(r) AS r
WITH collect(r.id) AS link, collect(kind) AS kind, collect(source) AS source, collect(target) AS target,
     collect(coalesce(toString(r.started), $none)) AS started,
     collect(CASE
       WHEN coalesce(r.started_earliest, r.started_latest, r.ended, r.ended_earliest, r.ended_latest) IS NULL THEN $none
       ELSE [time IN [r.started_earliest, r.started_latest, r.ended, r.ended_earliest, r.ended_latest] |
             coalesce(toString(time), $none)]
     END) AS time,
     collect(coalesce(r.quantity, $nan)) AS quantity, collect(coalesce(r.amount, $nan)) AS amount,
     collect(coalesce(r.unit, $none)) AS unit, collect(coalesce(r.currency, $none)) AS currency
RETURN link, kind, source, target, started, time, quantity, amount, unit, currency
ORDER BY size(link)
