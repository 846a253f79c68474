-- The better a hit the lower: how it matched (0 whole, 1 beginning, 2 within), then the names before other properties.
WITH text AS (
    SELECT node, property, value, lower(value) AS folded FROM statement WHERE contains(lower(value), $text)
    UNION ALL
    SELECT node_key, 'id', id, lower(id) FROM node WHERE contains(lower(id), $text)
),
best AS (
    SELECT
        node,
        min({
            'match': CASE WHEN folded = $text THEN 0 WHEN starts_with(folded, $text) THEN 1 ELSE 2 END,
            'name': coalesce(list_position($names, property), len($names) + 1),
            'property': property,
            'value': value
        }) AS hit
    FROM text
    GROUP BY node
)
SELECT node.id, node.kind, hit.property, hit.value
FROM best JOIN node ON node.node_key = best.node
ORDER BY hit.match, hit.name, node.id
LIMIT $limit
