// Suspects within some hops of a seizure, and by what they are linked to it
// parameters: seizure, hops, hub_size
// returns: id, kind, name, hops, through, evidence
// 几步之内与一次扣押相连的嫌疑人，以及通过什么相连
// In Neo4j Browser first:  :param seizure => 'seizure:KY20230319000001'   :param hops => 3   :param hub_size => 100
// A suspect is a party that a case names (not as a victim or witness), from whom goods were seized, or who controls a
// place, and a person who is sought, held or on bail. Regions, products, agencies and whatever has more than hub_size neighbours are not walked through. Each suspect
// comes once, with the
// shortest chain; of several the one of least ids. At most 6 hops: a chain's longest length cannot be a parameter, but
// graphkit writes its own in its place, so that no more is searched than is asked for. A batch that files name in several
// ways is several entities here; graphkit's own links joins them.
MATCH (f:File {published: true})
WITH collect(f.id) AS published
WITH published,
     EXISTS { MATCH (:Person|Company|Party|Actor)-[r:SUSPECT_IN|CONTROLS]->() WHERE r.file IN published }
     OR EXISTS { MATCH (:Person|Company|Party|Actor)<-[r:SEIZED_FROM]-() WHERE r.file IN published }
     OR EXISTS {
       MATCH (n:Person)
       WHERE n.status IN ['at_large', 'arrested', 'bailed', 'charged', 'detained']
         AND (NOT toLower(coalesce(n.role, '')) =~ '(?s).*(受害|被害|证人|报案|举报|victim|witness|complainant|informant).*'
           OR toLower(n.role) =~ '(?s).*(嫌疑|被告|suspect|accused|defendant).*')
         AND any(file IN n.files WHERE file IN published)
     } AS named,
     EXISTS { MATCH (n:Person|Company|Party|Actor) WHERE any(file IN n.files WHERE file IN published) } AS parties
MATCH (start:Entity {id: $seizure})
MATCH chain = ALL SHORTEST (start)
  ((a)-[r]-(b)
    WHERE r.file IN published
      AND (a = start OR NOT a:Region|Product|Agency
        AND (COUNT { (a)--() } <= $hub_size
          OR COUNT { MATCH (a)-[x]-(o) WHERE x.file IN published AND o <> a RETURN DISTINCT o } <= $hub_size))
      // Of several links between two, the one of least id.
      AND NOT EXISTS {
        MATCH (a)-[x]-(b)
        WHERE x.file IN published AND (x.id < r.id OR x.id = r.id AND elementId(x) < elementId(r))
      }
  ){1,6/*hops*/} (suspect:Entity)
WHERE length(chain) <= $hops AND suspect <> start
  AND CASE
        WHEN named THEN suspect:Actor OR suspect:Person|Company|Party AND (
          EXISTS { MATCH (suspect)-[x:CONTROLS]->() WHERE x.file IN published }
          OR EXISTS {
            MATCH (suspect)-[x:SUSPECT_IN]->()
            WHERE x.file IN published
              AND (NOT toLower(coalesce(x.role, '')) =~ '(?s).*(受害|被害|证人|报案|举报|victim|witness|complainant|informant).*'
                OR toLower(x.role) =~ '(?s).*(嫌疑|被告|suspect|accused|defendant).*')
          }
          OR EXISTS { MATCH (suspect)<-[x:SEIZED_FROM]-() WHERE x.file IN published }
          OR suspect:Person AND suspect.status IN ['at_large', 'arrested', 'bailed', 'charged', 'detained']
            AND (NOT toLower(coalesce(suspect.role, '')) =~ '(?s).*(受害|被害|证人|报案|举报|victim|witness|complainant|informant).*'
              OR toLower(suspect.role) =~ '(?s).*(嫌疑|被告|suspect|accused|defendant).*'))
        WHEN parties THEN suspect:Person|Company|Party|Actor
        ELSE true
      END
WITH published, suspect, chain ORDER BY [n IN nodes(chain) | n.id]
WITH published, suspect, head(collect(chain)) AS chain
WITH suspect, length(chain) AS hops,
     [type(relationships(chain)[0])] + reduce(
       through = [], i IN range(1, length(chain) - 1) |
       through + [nodes(chain)[i].id, type(relationships(chain)[i])]) AS through,
     COLLECT {
       UNWIND relationships(chain) AS step
       WITH step, startNode(step) AS a, endNode(step) AS b
       MATCH (a)-[r]->(b)
       WHERE r.id = step.id AND r.file IN published
       UNWIND r.evidence AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN suspect.id AS id, suspect.kind AS kind, coalesce(suspect.name, suspect.id) AS name, hops, through, evidence
ORDER BY hops, id
