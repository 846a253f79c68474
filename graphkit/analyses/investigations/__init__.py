"""Named questions: each has a Cypher twin under cypher/investigate, but for the patterns of money."""
