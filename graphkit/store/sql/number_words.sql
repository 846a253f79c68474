-- Kinds, units and currencies repeat a million times: they travel as numbers, and each word is made once.
CREATE OR REPLACE TEMP TABLE word AS
SELECT word, (row_number() OVER (ORDER BY word) - 1)::INTEGER AS code
FROM (
    SELECT kind AS word FROM node
    UNION SELECT kind FROM link
    UNION SELECT unit FROM link
    UNION SELECT currency FROM link
)
WHERE word IS NOT NULL
