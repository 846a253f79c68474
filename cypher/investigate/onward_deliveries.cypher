// Deliveries to a party, and those from it that can have passed the goods on, in order of time
// parameters: party, days
// returns: suppliers, received, quantity_in, unit_in, product, buyers, sent, quantity_out, unit_out, evidence
// 某主体直接得到的货物，以及按时间先后可能转出的货物
// In Neo4j Browser first:  :param party => 'person:33032619731119012X'   :param days => 90
// The same product, or none that a row tells; at or after the other began, at most so many days later; an unknown time
// may be any. Ledger and waybill of one delivery stand apart. Batches do not count: files name one batch in several ways,
// which graphkit joins in its network and not in the store.
MATCH (f:File {published: true})
WITH collect(f.id) AS published, duration({seconds: toInteger(floor($days * 86400 + 0.5))}) AS wait
MATCH (party:Entity {id: $party})
CALL (party, published) {
  MATCH (party)-[r:SUPPLIED|SHIPPED]-(other)
  WHERE r.file IN published AND other <> party
  WITH r, other, startNode(r) = party AS out,
       localdatetime(toString(coalesce(r.started_earliest, r.started))) AS earliest,
       CASE
         WHEN r.started_latest IS NOT NULL THEN r.started_latest
         WHEN size(toString(r.started)) = 10 THEN localdatetime(toString(r.started)) + duration({seconds: 86399})
         ELSE localdatetime(toString(r.started))
       END AS latest
  WITH r.id AS id, out, collect(r.evidence) AS stated, min(r.product) AS product, min(r.quantity) AS quantity,
       min(r.unit) AS unit, collect(other.id) AS others,
       CASE WHEN count(*) = count(earliest) THEN min(earliest) END AS earliest,
       CASE WHEN count(*) = count(latest) THEN max(latest) END AS latest
  WITH out, {
         id: id, stated: stated, product: product, quantity: quantity, unit: unit, earliest: earliest, latest: latest,
         others: COLLECT { UNWIND others AS one WITH DISTINCT one RETURN one ORDER BY one }
       } AS delivery
  RETURN collect(CASE WHEN NOT out THEN delivery END) AS came, collect(CASE WHEN out THEN delivery END) AS went
}
UNWIND came AS one
UNWIND went AS other
WITH wait, one, other
WHERE coalesce(one.product = other.product, true)
  AND coalesce(other.latest >= one.earliest, true) AND coalesce(other.earliest <= one.latest + wait, true)
WITH one, other, COLLECT {
       UNWIND [one.stated, other.stated] AS lists
       UNWIND lists AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence,
     coalesce(toString(one.earliest), '') AS begin, coalesce(toString(other.earliest), '') AS onward
RETURN one.others AS suppliers, toString(date(one.earliest)) AS received, one.quantity AS quantity_in,
       one.unit AS unit_in, coalesce(one.product, other.product) AS product, other.others AS buyers,
       toString(date(other.earliest)) AS sent, other.quantity AS quantity_out, other.unit AS unit_out, evidence
ORDER BY begin, one.id, onward, other.id
