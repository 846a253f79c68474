-- The few words that name kinds, units and currencies, in the order of their codes.
SELECT word FROM word ORDER BY code
