SELECT kind, count(DISTINCT link) FROM link GROUP BY kind ORDER BY kind
