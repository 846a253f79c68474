-- The lower a score the better: how the text matched (whole, beginning, within), then the names before other properties.
-- Only the entities that are wanted get their text looked up: a single letter may match a million.
WITH found AS MATERIALIZED (
    SELECT
        node, property, value,
        (CASE WHEN folded = $text THEN 0 WHEN starts_with(folded, $text) THEN 1 ELSE 2 END) * 100
        + coalesce(list_position($names, property), len($names) + 1) AS score
    FROM (
        SELECT node, property, value, lower(value) AS folded FROM statement WHERE contains(lower(value), $text)
        UNION ALL
        SELECT node_key, 'id', id, lower(id) FROM node WHERE contains(lower(id), $text)
    )
),
best AS (
    SELECT node_key, id, kind, score
    FROM (SELECT node, min(score) AS score FROM found GROUP BY node) AS scored
    JOIN node ON node.node_key = scored.node
    ORDER BY score, id
    LIMIT $limit
)
SELECT best.id, best.kind, unnest(min({'property': property, 'value': value}))
FROM best JOIN found ON found.node = best.node_key AND found.score = best.score
GROUP BY best.id, best.kind, best.score
ORDER BY best.score, best.id
