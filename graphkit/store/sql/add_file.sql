INSERT INTO file
SELECT
    coalesce(max(file_key), 0) + 1, $file, $sha256, $name, $layout, $kinds, $rows, $accepted, $rejected,
    $provided_by, $loaded_at, $mapping
FROM file
