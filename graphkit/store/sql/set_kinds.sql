-- Files may give a node different kinds: "Actor" loses against any other, then the least name wins.
UPDATE node SET kind = stated.kind
FROM (
    SELECT node, coalesce(min(kind) FILTER (kind <> 'Actor'), 'Actor') AS kind
    FROM statement SEMI JOIN touched ON touched.node_key = statement.node
    GROUP BY node
) AS stated
WHERE stated.node = node.node_key AND stated.kind <> node.kind
