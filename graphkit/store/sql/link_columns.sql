-- One entry for each row of the table; those of one link id, source and target are made one outside, being few.
SELECT
    link, source, target, kind.code AS kind, started_earliest, started_latest, ended_earliest, ended_latest,
    quantity, amount, coalesce(unit.code, -1) AS unit, coalesce(currency.code, -1) AS currency{codes}
FROM link
JOIN word AS kind ON kind.word = link.kind
LEFT JOIN word AS unit ON unit.word = link.unit
LEFT JOIN word AS currency ON currency.word = link.currency
{joins}
ORDER BY link
