SELECT
    wanted.id, wanted.kind, property, value,
    list({'file': file.file, 'sheet': sheet, 'rows': statement.rows}) AS evidence
FROM statement
JOIN (SELECT * FROM node WHERE id IN (SELECT unnest($nodes))) AS wanted ON wanted.node_key = statement.node
JOIN file USING (file_key)
GROUP BY wanted.id, wanted.kind, property, value
ORDER BY wanted.id, property, value
