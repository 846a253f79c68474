-- Nodes of which nothing is stated any more.
DELETE FROM node
WHERE node_key IN (SELECT node_key FROM touched ANTI JOIN statement ON statement.node = touched.node_key)
