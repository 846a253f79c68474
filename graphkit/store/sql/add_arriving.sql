INSERT INTO arriving SELECT file_key, $statements, $links FROM file WHERE file = $file
