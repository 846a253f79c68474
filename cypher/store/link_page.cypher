// The links of these numbers, packed by kind, unit, currency and what is known of them
// parameters: published, numbers, properties, nan
// returns: kind, unit, currency, link, source, target, started, time, quantity, amount, stated
// Numbers are the server's own, of links and of their ends: seeking them costs a third of walking an index, and ids of
// ends would have to be read again for every link. `started`, `time` and `stated` are empty where nothing is known.
UNWIND $numbers AS number
MATCH (a)-[r]->(b)
WHERE id(r) = number AND r.file IN $published
WITH r, id(a) AS source, id(b) AS target, type(r) AS kind, r.unit AS unit, r.currency AS currency,
     r.started IS NOT NULL AS dated, any(name IN $properties WHERE r[name] IS NOT NULL) AS told,
     coalesce(r.started_earliest, r.started_latest, r.ended, r.ended_earliest, r.ended_latest) IS NOT NULL AS spanned
WITH kind, unit, currency, dated, told, spanned,
     collect(r.id) AS link, collect(source) AS source, collect(target) AS target,
     collect(toString(r.started)) AS started,
     collect(CASE WHEN spanned THEN
       [time IN [r.started_earliest, r.started_latest, r.ended, r.ended_earliest, r.ended_latest] |
        coalesce(toString(time), 'NaT')]
     END) AS time,
     collect(coalesce(r.quantity, $nan)) AS quantity, collect(coalesce(r.amount, $nan)) AS amount,
     collect(CASE WHEN told THEN [name IN $properties | r[name]] END) AS stated
RETURN kind, unit, currency, link, source, target, started, time, quantity, amount, stated
ORDER BY kind, unit, currency, dated, told, spanned
