SELECT count(*)
FROM (SELECT DISTINCT link FROM link WHERE file_key IN (SELECT file_key FROM file WHERE file IN (SELECT unnest($files)))) AS removed
ANTI JOIN (SELECT link FROM link WHERE file_key NOT IN (SELECT file_key FROM file WHERE file IN (SELECT unnest($files)))) AS kept USING (link)
