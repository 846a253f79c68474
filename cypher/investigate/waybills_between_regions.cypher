// Waybills between regions: how many, and what they carry, every line counted once
// parameters: level
// returns: from, to, product, unit, waybills, quantity_min, quantity_max, first, last, evidence
// 区划之间的运单数量及所运货物，每行只计一次
// In Neo4j Browser first:  :param level => 'province'
// A region is that which some record states for the address of the waybill's own row; level is province, city or county.
MATCH (f:File {published: true})
WITH collect(f.id) AS published, {province: 2, city: 4, county: 6}[$level] AS digits
MATCH (sender:Entity)-[r:SHIPPED]->(recipient:Entity)
WHERE r.file IN published
WITH r, COLLECT {
       MATCH (sender)-[at:LOCATED_AT]->(place:Place)
       WHERE at.file IN published AND any(row IN at.evidence WHERE row IN r.evidence)
       OPTIONAL MATCH (place)-[x:IN_REGION]->(region:Region)
       WHERE x.file IN published
       WITH coalesce(replace(region.id, 'region:', ''), place.region) AS code
       WHERE code IS NOT NULL
       RETURN CASE WHEN code =~ '[0-9]{6}' THEN left(left(code, digits) + '0000', 6) ELSE code END
     } AS sent, COLLECT {
       MATCH (recipient)-[at:LOCATED_AT]->(place:Place)
       WHERE at.file IN published AND any(row IN at.evidence WHERE row IN r.evidence)
       OPTIONAL MATCH (place)-[x:IN_REGION]->(region:Region)
       WHERE x.file IN published
       WITH coalesce(replace(region.id, 'region:', ''), place.region) AS code
       WHERE code IS NOT NULL
       RETURN CASE WHEN code =~ '[0-9]{6}' THEN left(left(code, digits) + '0000', 6) ELSE code END
     } AS received
WITH r.id AS id, collect(sent) AS sent, collect(received) AS received, min(r.product) AS product, min(r.unit) AS unit,
     min(r.quantity) AS least, max(r.quantity) AS most, collect(r.evidence) AS stated,
     left(toString(min(localdatetime(toString(coalesce(r.started_earliest, r.started))))), 10) AS day
WITH id, product, unit, least, most, stated, day,
     COLLECT { UNWIND sent AS some UNWIND some AS one RETURN one ORDER BY one LIMIT 1 } AS sent,
     COLLECT { UNWIND received AS some UNWIND some AS one RETURN one ORDER BY one LIMIT 1 } AS received
ORDER BY id
WITH coalesce(sent[0], 'unknown') AS from, coalesce(received[0], 'unknown') AS to, product, unit,
     count(id) AS waybills, count(least) AS measured, sum(least) AS least, sum(most) AS most, min(day) AS first,
     max(day) AS last, collect(stated) AS stated
WITH from, to, product, unit, waybills,
     CASE WHEN measured > 0 THEN floor(least * 1000000 + 0.5) / 1000000 END AS quantity_min,
     CASE WHEN measured > 0 THEN floor(most * 1000000 + 0.5) / 1000000 END AS quantity_max, first, last,
     COLLECT {
       UNWIND stated AS lists
       UNWIND lists AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN from, to, product, unit, waybills, quantity_min, quantity_max, first, last, evidence
ORDER BY from, to, product, unit
