// A supplier's buyers by region, where they are in several: what each region got, every supply counted once
// parameters: supplier, regions, level
// returns: region, buyers, supplies, quantity_min, quantity_max, unit, evidence
// 供货方的下家遍及多个区划时，按区划列出下家和数量，每笔供货只计一次
// In Neo4j Browser first:  :param supplier => 'person:530103198001011234'   :param regions => 2   :param level => 'county'
// A buyer is in the regions of the places where it is located or that it controls; level is province, city or county.
// Buyers of no known region stand under 'unknown', which does not count as a region.
MATCH (f:File {published: true})
WITH collect(f.id) AS published, {province: 2, city: 4, county: 6}[$level] AS digits
MATCH (supplier:Entity {id: $supplier})-[r:SUPPLIED]->(buyer:Entity)
WHERE r.file IN published AND buyer <> supplier
WITH published, digits, buyer, collect(r) AS supplies
WITH buyer, supplies, COLLECT {
       MATCH (buyer)-[at:LOCATED_AT|CONTROLS]->(place:Place)
       WHERE at.file IN published
       OPTIONAL MATCH (place)-[r:IN_REGION]->(region:Region)
       WHERE r.file IN published
       WITH at, r, coalesce(replace(region.id, 'region:', ''), place.region) AS code
       WHERE code IS NOT NULL
       RETURN {region: CASE WHEN code =~ '[0-9]{6}' THEN left(left(code, digits) + '0000', 6) ELSE code END,
               rows: at.evidence + coalesce(r.evidence, [])}
     } AS places
WITH collect({buyer: buyer.id, supplies: supplies, places: places}) AS found
WHERE size(COLLECT {
        UNWIND found AS one
        UNWIND one.places AS place
        RETURN DISTINCT place.region
      }) >= $regions
UNWIND found AS one
UNWIND CASE one.places WHEN [] THEN [{region: 'unknown', rows: []}] ELSE one.places END AS place
UNWIND one.supplies AS supply
WITH place.region AS region, supply.id AS id, collect(one.buyer) AS buyers, min(supply.quantity) AS least,
     max(supply.quantity) AS most, min(supply.unit) AS unit, collect(place.rows + supply.evidence) AS stated
ORDER BY region, id
WITH region, unit, count(id) AS supplies, collect(buyers) AS buyers, count(least) AS measured, sum(least) AS least,
     sum(most) AS most, collect(stated) AS stated
WITH region, unit, supplies,
     CASE WHEN measured > 0 THEN floor(least * 1000000 + 0.5) / 1000000 END AS quantity_min,
     CASE WHEN measured > 0 THEN floor(most * 1000000 + 0.5) / 1000000 END AS quantity_max,
     COLLECT {
       UNWIND buyers AS some
       UNWIND some AS buyer
       WITH DISTINCT buyer
       RETURN buyer ORDER BY buyer
     } AS buyers,
     COLLECT {
       UNWIND stated AS lists
       UNWIND lists AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN region, buyers, supplies, quantity_min, quantity_max, unit, evidence
ORDER BY region, unit
