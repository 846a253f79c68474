-- The ends alone are looked through first; all else is read of the rows found, and of the nodes at their ends.
WITH wanted AS MATERIALIZED (
    SELECT node_key FROM node WHERE id IN (SELECT unnest($ids))
),
found AS MATERIALIZED (
    SELECT link.* FROM link
    WHERE rowid IN (SELECT rowid FROM link WHERE source IN (FROM wanted) OR target IN (FROM wanted))
),
ends AS MATERIALIZED (
    SELECT node_key, id FROM node WHERE node_key IN (SELECT source FROM found UNION SELECT target FROM found)
)
SELECT
    found.kind, link, source_node.id AS source, target_node.id AS target,
    started_earliest, started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency, properties,
    list({'file': file.file, 'sheet': sheet, 'rows': found.rows}) AS evidence
FROM found
JOIN ends AS source_node ON source_node.node_key = found.source
JOIN ends AS target_node ON target_node.node_key = found.target
JOIN file USING (file_key)
GROUP BY ALL
ORDER BY ALL NULLS FIRST
LIMIT $limit
