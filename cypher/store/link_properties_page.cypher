// Some properties of the links that begin at the entities from one id to another, packed; what is unknown is null
// parameters: published, settled, from, to, properties
// returns: link, source, target, stated
MATCH (a:Entity)-[r]->(b)
WHERE a.id >= $from AND a.id <= $to AND ($settled OR r.file IN $published)
WITH id(a) AS source, id(b) AS target, properties(r) AS r
WITH collect(r.id) AS link, collect(source) AS source, collect(target) AS target,
     collect([name IN $properties | r[name]]) AS stated
RETURN link, source, target, stated
ORDER BY size(link)
