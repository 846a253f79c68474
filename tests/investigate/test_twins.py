"""Each question has two ways to its answer, Cypher and arrays: they must give the same rows on every store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import neo4j

from graphkit import queries
from graphkit.analyses import INVESTIGATIONS
from graphkit.casebook import Casebook
from graphkit.model import links, nodes
from graphkit.store.queries import query
from tests.investigate.case import DEALER, LI
from tests.neo4j_server import Neo4jServer

Copy = Callable[[Casebook], Casebook]
Asked = list[tuple[str, dict[str, Any]]]
MADE: Asked = [
    ("shared_identifiers", {}),
    ("shared_identifiers", {"hub_size": 2}),
    *(("suspects_near_seizure", {"seizure": "Z1", "hops": hops}) for hops in (2, 6)),
    ("suspects_near_seizure", {"seizure": "seizure:Z3", "hops": 6, "hub_size": 2}),
    *(("buyers_over_regions", {"supplier": LI, "level": level}) for level in ("county", "province")),
    *(("pass_through_accounts", {"hours": hours, "share": 0.3}) for hours in (24, 72.5)),
    ("people_in_several_cases", {}),
    ("people_in_several_cases", {"cases": 1}),
    *(("fan_accounts", {"hours": hours, "count": 2}) for hours in (0, 24, 72.5)),
    *(("onward_deliveries", {"party": party, "days": days}) for party, days in ((LI, 0), (DEALER, 3), (DEALER, 90))),
    *(("waybills_between_regions", {"level": level}) for level in ("county", "province")),
]
CHANCE: Asked = [
    ("shared_identifiers", {}),
    *(("suspects_near_seizure", {"seizure": f"seizure:{i}", "hub_size": size}) for i, size in ((1, 4), (4, 100))),
    *(("buyers_over_regions", {"supplier": f"party:{i}", "regions": 1}) for i in (1, 2, 3)),
    *(("pass_through_accounts", {"hours": hours, "share": 0}) for hours in (0, 30)),
    ("people_in_several_cases", {}),
    *(("fan_accounts", {"hours": hours, "count": 2}) for hours in (0, 30, 100)),
    *(("onward_deliveries", {"party": f"party:{i}", "days": days}) for i, days in ((1, 0), (2, 2), (3, 9))),
    ("waybills_between_regions", {"level": "county"}),
]


def same(casebook: Casebook, server: Casebook, asked: Asked) -> int:
    """Ask all; how many rows there were."""
    count, seen = 0, set[str]()
    for name, given in asked:
        arrays, cypher = casebook.query(name, **given), server.query(name, **given)
        assert cypher.rows == arrays.rows, (name, given)
        assert cypher.columns == arrays.columns
        assert (cypher.notes, cypher.facts) == (arrays.notes, arrays.facts), (name, given)
        if name not in seen:
            assert _analysis(name).ask(server, **given).rows == arrays.rows, (name, given)
            seen.add(name)
        count += len(arrays.rows)
    return count


def _analysis(name: str) -> Any:
    return next(each for each in INVESTIGATIONS if each.id == name)


def test_a_case_made_by_hand(made: Casebook, copied: Copy) -> None:
    assert same(made, copied(made), MADE) > 20


def test_cases_made_by_chance(drawn: list[Casebook], copied: Copy) -> None:
    for casebook in drawn:
        assert same(casebook, copied(casebook), [one for one in CHANCE if _has(casebook, one[1])]) > 30


def _has(casebook: Casebook, given: dict[str, Any]) -> bool:
    named = given.get("seizure") or given.get("supplier") or given.get("party")
    return named is None or casebook.network().position(named) >= 0


def test_the_sample(sample: Casebook, copied: Copy) -> None:
    network = sample.network()
    seizures = network.ids.take(network.of_kinds("Seizure")[:3])
    suppliers = network.links.source[network.links.of_kinds("SUPPLIED")]
    asked: Asked = [
        *((name, {}) for name in ("shared_identifiers", "pass_through_accounts", "people_in_several_cases")),
        *((name, {}) for name in ("fan_accounts", "waybills_between_regions")),
        *(("onward_deliveries", {"party": one}) for one in sorted(set(network.ids.take(suppliers)))[::50]),
        *(("suspects_near_seizure", {"seizure": seizure}) for seizure in seizures),
        *(
            ("buyers_over_regions", {"supplier": one, "regions": 1})
            for one in sorted(set(network.ids.take(suppliers)))[::40]
        ),
    ]
    assert same(sample, copied(sample), asked) > 200


def test_both_versions_of_cypher_agree(made: Casebook, copied: Copy, server: Neo4jServer) -> None:
    target = copied(made)
    versions = ("5", "25") if server.version == "2026" else ("5",)
    for name, given in MADE[::3]:
        text, checked = query(f"investigate.{name}").text, queries.typed(None, _checked(made, name, given))
        rows = [target.store.native(f"CYPHER {version} {text}", checked)[1] for version in versions]
        assert all(found == rows[0] for found in rows)
        assert _sorted(map(list, rows[0])) == _sorted(list(row.values()) for row in made.query(name, **given).rows)


def _sorted(rows: Iterable[list[Any]]) -> list[list[Any]]:
    """The rows with each list in a cell in one order: a server sorts texts by their UTF-16."""
    return [[sorted(cell) if isinstance(cell, list) else cell for cell in row] for row in rows]


def _checked(casebook: Casebook, name: str, given: dict[str, Any]) -> dict[str, Any]:
    from graphkit.analyses.parties.stated import identified

    checked: dict[str, Any] = _analysis(name).check(given)
    meant = {one.name: identified(casebook, checked[one.name], one.of) for one in _analysis(name).parameters if one.of}
    return checked | meant


def test_what_is_not_published_is_not_seen(made: Casebook, copied: Copy, server: Neo4jServer) -> None:
    target = copied(made)
    before = [target.query(name, **given).rows for name, given in MADE]
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query("CREATE (:File {id: 'arriving', published: false})")
        driver.execute_query(  # each link once more between other ends, as a load that is under way would have it
            "MATCH (a:Entity)-[r]->(b:Entity) MATCH (other:Entity:$(b.kind)) WHERE other <> b "
            "CREATE (a)-[copy:$(type(r))]->(other) SET copy = r {.*, id: r.id + '+', file: 'arriving'}"
        )
        try:
            assert [target.query(name, **given).rows for name, given in MADE] == before
        finally:
            driver.execute_query("MATCH ()-[r {file: 'arriving'}]->() DELETE r")
            driver.execute_query("MATCH (f:File {id: 'arriving'}) DELETE f")


def test_every_question_is_declared_alike_on_both_sides() -> None:
    assert sorted(queries.names()) == sorted(each.id for each in INVESTIGATIONS)
    for each in INVESTIGATIONS:
        cypher = query(f"investigate.{each.id}")
        assert cypher.columns == tuple(column.name for column in each.columns)
        assert cypher.parameters == tuple(parameter.name for parameter in each.parameters)
        header = [line for line in cypher.text.splitlines() if line.startswith("// ")]
        assert re.search("[\u4e00-\u9fff]", header[3])
        for parameter in each.parameters:
            shown = re.search(rf":param {parameter.name} => (\S+)", cypher.text)
            assert shown and (parameter.positional or shown[1].strip("'") == str(parameter.default))


def test_labels_and_types_are_those_of_the_model() -> None:
    known = {"Entity", "File", *nodes.BY_NAME, *links.BY_NAME}
    for name in queries.names():
        code = re.sub(r"//[^\n]*|'[^']*'", "", query(f"investigate.{name}").text)
        assert "apoc" not in code.lower() and "gds." not in code.lower()
        used = re.findall(r"(?<=[\w(\[]):((?:[A-Z]\w*\|?)+)", code)
        assert used
        assert {part for found in used for part in found.split("|")} <= known
