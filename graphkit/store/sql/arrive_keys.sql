CREATE OR REPLACE TEMP TABLE arriving_key AS
SELECT file_key, id, node_key FROM arriving_node JOIN node USING (id)
