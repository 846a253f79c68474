// Phones, accounts, online accounts, vehicles and places that two or more parties share
// parameters: hub_size
// returns: id, kind, count, parties, names, evidence
// 两个以上主体共用的电话、账户、网络账号、车辆和场所
// In Neo4j Browser first:  :param hub_size => 100
// What more than hub_size parties share says little and is left out. A party shares what it uses, holds, owns, controls
// or is located at.
MATCH (f:File {published: true})
WITH collect(f.id) AS published
MATCH (party:Person|Company|Party|Actor)-[r:USES|HOLDS|OWNS|LOCATED_AT|CONTROLS]->
      (shared:Phone|Account|OnlineAccount|Vehicle|Place)
WHERE r.file IN published
WITH shared, party, r ORDER BY party.id
WITH shared, collect(DISTINCT party) AS parties, collect(r.evidence) AS stated
WHERE 2 <= size(parties) <= $hub_size
WITH shared, [party IN parties | party.id] AS parties, COLLECT {
       UNWIND parties AS party
       WITH DISTINCT coalesce(party.name, party.id) AS name
       RETURN name ORDER BY name
     } AS names, COLLECT {
       UNWIND stated AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN shared.id AS id, shared.kind AS kind, size(parties) AS count, parties, names, evidence
ORDER BY count DESC, id
