-- The words that `link_property_words` numbered, in the order of their codes.
SELECT word FROM property_word ORDER BY code
