"""Looking things up: files, search, one entity, links and paths, the campaign's figures."""
