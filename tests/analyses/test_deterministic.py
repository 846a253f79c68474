"""The same store and the same parameters give the same answer, byte for byte, whatever the hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

PROGRAM = textwrap.dedent("""
    import json
    from graphkit.analyses import ANALYSES
    from graphkit.model.language import set_language
    from tests.analyses.test_links_path import CASE
    set_language("en")
    asked = {
        "files": {}, "search": {"text": "2"}, "show": {"id": "person:2"},
        "links": {"id": "person:2", "hops": 4, "all": True},
        "path": {"start": "person:1", "end": "person:3", "count": 9}, "stats": {"evidence": True},
    }
    known = {analysis.id: analysis for analysis in ANALYSES}
    for name, given in asked.items():
        print(json.dumps(known[name].ask(CASE, **given).to_dict(), ensure_ascii=False))
    print(json.dumps(known["stats"].ask(CASE, by="region", level="county").to_dict(), ensure_ascii=False))
    print(json.dumps(known["path"].ask(CASE, start="person:1", end="person:3", in_time=True, weighted=True).to_dict()))
""")


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    answers = set()
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, check=True, env=environment, encoding="utf-8"
        )
        answers.add(done.stdout)
    assert len(answers) == 1 and next(iter(answers)).count('"rows": [{') == 8
