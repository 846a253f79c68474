// The entities of these numbers, packed, and the statements of them with one of the marks in them
// parameters: published, settled, numbers, marks
// returns: number, id, kind, disputed, stated
// Numbers are the server's own: seeking them costs less than walking the index of ids, and sessions can share them.
// A mark is the name of a property between tabs. `disputed` holds the number and all statements of each entity whose
// kind must be worked out from them. Without marks `stated` is empty.
UNWIND $numbers AS number
MATCH (n:Entity)
WHERE id(n) = number AND ($settled OR any(file IN n.files WHERE file IN $published))
RETURN collect(number) AS number, collect(n.id) AS id, collect(n.kind) AS kind,
       collect(CASE WHEN n.stale IS NOT NULL OR NOT ($settled OR all(file IN n.files WHERE file IN $published))
               THEN [number, n.stated] END) AS disputed,
       collect(CASE WHEN size($marks) > 0
               THEN [one IN n.stated WHERE any(mark IN $marks WHERE one CONTAINS mark)] END) AS stated
ORDER BY size(id)
