SELECT DISTINCT node.id AS node, property, value
FROM statement JOIN node ON node.node_key = statement.node
WHERE property IN (SELECT unnest($properties))
ORDER BY ALL
