DELETE FROM statement WHERE file_key IN (SELECT file_key FROM file WHERE file IN (SELECT unnest($files)))
