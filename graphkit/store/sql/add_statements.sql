INSERT INTO statement
SELECT
    arriving.file_key, file_row_number, node_key, kind, property, value, sheet, rows
FROM read_parquet($statements, filename = true, file_row_number = true) AS statements
JOIN arriving ON arriving.statements = statements.filename
JOIN arriving_key ON arriving_key.file_key = arriving.file_key AND arriving_key.id = statements.node
