-- The nodes that each arriving file speaks of, with the kind the file gives them. "Actor" says least and loses.
CREATE OR REPLACE TEMP TABLE arriving_node AS
SELECT
    arriving.file_key, statements.node AS id,
    coalesce(min(kind) FILTER (kind <> 'Actor'), 'Actor') AS kind
FROM read_parquet($statements, filename = true) AS statements
JOIN arriving ON arriving.statements = statements.filename
GROUP BY ALL
