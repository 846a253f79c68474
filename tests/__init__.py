"""Tests of graphkit, from the user's side where they can be."""

import os

# As many tests run at once as there are cores: polars' own threads beside them cost a third of the time.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
