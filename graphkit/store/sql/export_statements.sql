SELECT node.id AS node, statement.kind, property, value, sheet, statement.rows
FROM statement JOIN node ON node.node_key = statement.node
WHERE file_key = (SELECT file_key FROM file WHERE file = $file)
ORDER BY position
