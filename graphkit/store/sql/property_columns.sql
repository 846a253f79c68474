SELECT node.id AS node, property, value, sum(len(rows))::BIGINT AS rows
FROM statement JOIN node ON node.node_key = statement.node
WHERE property IN (SELECT unnest($properties))
GROUP BY ALL
ORDER BY ALL
