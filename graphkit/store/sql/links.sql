WITH found AS (
    SELECT link.* FROM link WHERE link IN (SELECT unnest($ids))
)
SELECT
    found.kind, link, source_node.id AS source, target_node.id AS target,
    started_earliest, started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency, properties,
    list({'file': file.file, 'sheet': sheet, 'rows': found.rows}) AS evidence
FROM found
JOIN node AS source_node ON source_node.node_key = found.source
JOIN node AS target_node ON target_node.node_key = found.target
JOIN file USING (file_key)
GROUP BY ALL
ORDER BY ALL NULLS FIRST
