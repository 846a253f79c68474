// Parties that are suspects in several cases, or from whom goods of several cases were seized
// parameters: cases
// returns: id, kind, name, cases, count, regions, evidence
// 涉及多起案件的主体：列为嫌疑人，或其被扣押的货物分属多起案件
// In Neo4j Browser first:  :param cases => 2
// Whom every row of a case calls a victim, a witness or who reported it is no suspect in it.
MATCH (f:File {published: true})
WITH collect(f.id) AS published
CALL (published) {
  MATCH (party:Person|Company|Party|Actor)-[r:SUSPECT_IN]->(case:Case)
  WHERE r.file IN published
    AND EXISTS {
      MATCH (party)-[named:SUSPECT_IN]->(case)
      WHERE named.file IN published
        AND (NOT toLower(coalesce(named.role, '')) =~ '(?s).*(受害|被害|证人|报案|举报|victim|witness|complainant|informant).*'
          OR toLower(named.role) =~ '(?s).*(嫌疑|被告|suspect|accused|defendant).*')
    }
  RETURN party, case, r.evidence AS rows
  UNION ALL
  MATCH (party:Person|Company|Party|Actor)<-[r:SEIZED_FROM]-(:Seizure)-[within:IN_CASE]->(case:Case)
  WHERE r.file IN published AND within.file IN published
  RETURN party, case, r.evidence + within.evidence AS rows
}
WITH published, party, case, rows ORDER BY case.id
WITH published, party, collect(DISTINCT case) AS cases, collect(rows) AS stated
WHERE size(cases) >= $cases
WITH party, [case IN cases | case.id] AS cases,
     COLLECT {
       UNWIND cases AS case
       OPTIONAL MATCH (case)-[r:IN_REGION]->(region:Region)
       WHERE r.file IN published
       WITH DISTINCT coalesce(replace(region.id, 'region:', ''), case.region) AS code
       WHERE code IS NOT NULL
       RETURN code ORDER BY code
     } AS regions,
     COLLECT {
       UNWIND stated AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN party.id AS id, party.kind AS kind, coalesce(party.name, party.id) AS name, cases, size(cases) AS count, regions,
       evidence
ORDER BY count DESC, id
