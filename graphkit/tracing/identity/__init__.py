"""Who is whom, by what moved: names, holders, and rows that tell of one movement."""
