DELETE FROM link WHERE file_key IN (SELECT file_key FROM file WHERE file IN (SELECT unnest($files)))
