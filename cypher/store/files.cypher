// The published files, as they were recorded
// parameters: none
// returns: id, sha256, name, layout, kinds, rows, accepted, rejected, provided_by, loaded_at, mapping
MATCH (f:File {published: true})
RETURN f.id AS id, f.sha256 AS sha256, f.name AS name, f.layout AS layout, f.kinds AS kinds, f.rows AS rows,
       f.accepted AS accepted, f.rejected AS rejected, f.provided_by AS provided_by, f.loaded_at AS loaded_at,
       f.mapping AS mapping
ORDER BY name, id
