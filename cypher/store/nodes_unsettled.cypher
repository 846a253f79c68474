// What is stated of the entities of which some file awaits publication or removal
// parameters: published
// returns: stated
MATCH (n:Entity)
WHERE (n.stale IS NOT NULL OR any(file IN n.files WHERE NOT file IN $published))
  AND any(file IN n.files WHERE file IN $published)
RETURN n.stated AS stated
ORDER BY n.id
