-- A link of an arriving file that begins or ends at a node of which the file states nothing.
SELECT link, ends.id
FROM (
    SELECT arriving.file_key, link, unnest([source, target]) AS id
    FROM read_parquet($links, filename = true) AS links JOIN arriving ON arriving.links = links.filename
) AS ends
ANTI JOIN arriving_key USING (file_key, id)
ORDER BY ALL
LIMIT 1
