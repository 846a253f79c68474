// Everything stated of these entities
// parameters: ids
// returns: id, kind, stated
UNWIND $ids AS id
MATCH (n:Entity {id: id})
RETURN n.id AS id, n.kind AS kind, n.stated AS stated
ORDER BY id
