-- The values of some properties of links, numbered: each word is made once, as for kinds.
CREATE OR REPLACE TEMP TABLE property_word AS
WITH entry AS (SELECT unnest(properties) AS entry FROM link)
SELECT word, (row_number() OVER (ORDER BY word) - 1)::INTEGER AS code
FROM (SELECT DISTINCT entry.value AS word FROM entry WHERE entry.key IN (SELECT unnest($names)))
WHERE word IS NOT NULL
