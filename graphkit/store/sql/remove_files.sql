DELETE FROM file WHERE file IN (SELECT unnest($files))
