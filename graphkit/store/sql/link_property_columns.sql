-- One entry for each link id, source and target, as in link_columns; of several values of a property the least.
WITH stated AS (
    SELECT link, source, target, {least} FROM link GROUP BY link, source, target
)
SELECT link, source, target, {codes}
FROM stated {joins}
ORDER BY link
