INSERT INTO meta VALUES ('schema', $version)
