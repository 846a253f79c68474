SELECT (SELECT count(*) FROM node) AS nodes, (SELECT count(DISTINCT link) FROM link) AS links
