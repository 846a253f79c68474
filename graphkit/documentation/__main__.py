"""`python -m graphkit.documentation docs` writes the reference anew."""

from __future__ import annotations

import sys
from pathlib import Path

from graphkit.documentation import write

if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(path)
