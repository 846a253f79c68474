SELECT count(*) FROM read_parquet($links)
