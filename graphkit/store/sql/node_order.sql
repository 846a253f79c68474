SELECT node_key FROM node ORDER BY id
