INSERT INTO link
SELECT
    arriving.file_key, file_row_number, link, kind, source_node.node_key, target_node.node_key,
    started_earliest, started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency,
    properties, sheet, rows
FROM read_parquet($links, filename = true, file_row_number = true) AS links
JOIN arriving ON arriving.links = links.filename
JOIN arriving_key AS source_node ON source_node.file_key = arriving.file_key AND source_node.id = links.source
JOIN arriving_key AS target_node ON target_node.file_key = arriving.file_key AND target_node.id = links.target
