SELECT
    link, link.kind, source_node.id AS source, target_node.id AS target,
    started_earliest, started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency,
    properties, sheet, link.rows
FROM link
JOIN node AS source_node ON source_node.node_key = link.source
JOIN node AS target_node ON target_node.node_key = link.target
WHERE file_key = (SELECT file_key FROM file WHERE file = $file)
ORDER BY position
