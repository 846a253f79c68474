WITH merged AS (
    SELECT
        link, source, target, min(kind) AS kind,
        min(started_earliest) AS started_earliest, max(started_latest) AS started_latest,
        min(ended_earliest) AS ended_earliest, max(ended_latest) AS ended_latest,
        min(quantity) AS quantity_min, max(quantity) AS quantity_max,
        min(amount) AS amount_min, max(amount) AS amount_max,
        min(unit) AS unit, min(currency) AS currency
    FROM link
    GROUP BY link, source, target
)
SELECT
    merged.* REPLACE (kind.code AS kind, coalesce(unit.code, -1) AS unit, coalesce(currency.code, -1) AS currency)
FROM merged
JOIN word AS kind ON kind.word = merged.kind
LEFT JOIN word AS unit ON unit.word = merged.unit
LEFT JOIN word AS currency ON currency.word = merged.currency
ORDER BY link
