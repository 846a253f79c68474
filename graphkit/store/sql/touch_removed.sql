CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT node AS node_key FROM statement WHERE file_key IN (SELECT file_key FROM file WHERE file IN (SELECT unnest($files)))
