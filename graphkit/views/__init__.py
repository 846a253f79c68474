"""Pages that show what a casebook holds. Each is one file that works with no network and fetches nothing."""
