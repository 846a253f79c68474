"""A real Neo4j for the tests: its jars, its start and its end. No Docker."""
