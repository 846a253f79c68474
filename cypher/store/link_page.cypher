// The links that begin at the entities from one id to another, packed; what is unknown is `none`, or not a number
// parameters: published, settled, from, to, none, nan
// returns: link, kind, source, target, started, started_earliest, started_latest, ended, ended_earliest, ended_latest, quantity, amount, unit, currency
MATCH (a:Entity)-[r]->(b)
WHERE a.id >= $from AND a.id <= $to AND ($settled OR r.file IN $published)
// All properties at once: one by one the server would walk through them again for each.
WITH a, b, type(r) AS kind, properties(r) AS r
WITH collect(r.id) AS link, collect(kind) AS kind, collect(a.id) AS source, collect(b.id) AS target,
     collect(coalesce(toString(r.started), $none)) AS started,
     collect(coalesce(toString(r.started_earliest), $none)) AS started_earliest,
     collect(coalesce(toString(r.started_latest), $none)) AS started_latest,
     collect(coalesce(toString(r.ended), $none)) AS ended,
     collect(coalesce(toString(r.ended_earliest), $none)) AS ended_earliest,
     collect(coalesce(toString(r.ended_latest), $none)) AS ended_latest,
     collect(coalesce(r.quantity, $nan)) AS quantity, collect(coalesce(r.amount, $nan)) AS amount,
     collect(coalesce(r.unit, $none)) AS unit, collect(coalesce(r.currency, $none)) AS currency
RETURN link, kind, source, target, started, started_earliest, started_latest, ended, ended_earliest, ended_latest,
       quantity, amount, unit, currency
ORDER BY size(link)
