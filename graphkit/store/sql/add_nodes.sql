-- Sorted by id, so that neighbouring ids get neighbouring keys.
INSERT INTO node
SELECT (SELECT coalesce(max(node_key), 0) FROM node) + row_number() OVER (ORDER BY id), id, kind
FROM (
    SELECT id, coalesce(min(kind) FILTER (kind <> 'Actor'), 'Actor') AS kind
    FROM arriving_node ANTI JOIN node USING (id)
    GROUP BY id
)
