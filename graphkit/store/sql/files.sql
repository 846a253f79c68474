SELECT file, sha256, name, layout, kinds, rows, accepted, rejected, provided_by, loaded_at, mapping
FROM file
ORDER BY name, file
