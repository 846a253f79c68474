SELECT kind, count(*) FROM node GROUP BY kind ORDER BY kind
