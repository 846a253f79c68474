"""Which source: scores as FoodChain-Lab's rules give them, planted sources, counter-evidence, and what if."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import graphkit
from graphkit import Casebook
from graphkit.errors import NotFound, RequestError
from graphkit.sample import write_sample
from tests.analyses.test_balance import SUPPLY

SHARED = Path(os.environ.get("GRAPHKIT_SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
EXAMPLE = SHARED / "foodchain" / "ExampleData.json"
SEIZED = "seizure_id,seized_at,holder,holder_id,product,batch,quantity,unit\n"
SAMPLING = "sample_id,company,uscc,product,batch,sampled_on,result\n"
PURCHASE = "purchase_id,buyer,seller,product,batch,bought_at\n"


class Rules:
    """What FoodChain-Lab's rules say of a file: closures over lot links, worked out without graphkit."""

    def __init__(self, path: Path, killed: str = "", crossed: str = "") -> None:
        data = json.loads(path.read_text(encoding="utf-8"))["data"]
        rows = {k: [{c["id"]: c["value"] for c in row} for row in data[k]["data"]] for k in data if k != "version"}
        self.ends = {row["ID"]: (row["from"], row["to"]) for row in rows["deliveries"]}
        day = {row["ID"]: datetime.strptime(row["Date Delivery Arrival"], "%d.%m.%Y") for row in rows["deliveries"]}
        self.stations = sorted(row["ID"] for row in rows["stations"])
        self.next: dict[str, set[str]] = {}
        for row in rows["deliveryRelations"]:
            self.next.setdefault(row["from"], set()).add(row["to"])
        for one, (_, at) in self.ends.items():
            for other, (begin, _) in self.ends.items():
                if at == begin == crossed and day[one] <= day[other]:
                    self.next.setdefault(one, set()).add(other)
        for one, (_, at) in self.ends.items():
            if at == killed:
                self.next[one] = set()

    def forward(self, deliveries: list[str]) -> set[str]:
        """These deliveries and all that they went into."""
        found, todo = set(deliveries), list(deliveries)
        while todo:
            fresh = self.next.get(todo.pop(), set()) - found
            found |= fresh
            todo += fresh
        return found

    def score(self, station: str, cases: dict[str, float]) -> float:
        """The weight of the cases that the station's deliveries lead to, over all."""
        reached = self.forward([one for one, (begin, _) in self.ends.items() if begin == station])
        told = {station, *reached, *(self.ends[one][1] for one in reached)}
        return sum(weight for case, weight in cases.items() if case in told) / sum(cases.values())


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    if not EXAMPLE.exists():
        pytest.skip(f"{EXAMPLE.parent} is not here")
    casebook = graphkit.open(tmp_path_factory.mktemp("example") / "casebook")
    casebook.load(EXAMPLE)
    return casebook


def ids_of(casebook: Casebook) -> dict[str, str]:
    """The id of each station and delivery by its own number."""
    network = casebook.network()
    return {network.ids[i].rpartition(":")[2]: network.ids[i] for i in network.of_kinds("Station", "Delivery").tolist()}


CASES = [{"S1": 1.0, "S3": 1.0, "S4": 1.0, "S6": 1.0, "S463": 1.0}, {"S1": 2.0, "D10": 1.0, "D1": 3.0}, {"D6": 1.0}]


@pytest.mark.parametrize("cases", CASES, ids=str)
@pytest.mark.parametrize("supposed", [{}, {"killed": "S236"}, {"crossed": "S750"}, {"crossed": "S236"}], ids=str)
def test_scores_equal_those_of_foodchain_labs_rules(
    example: Casebook, cases: dict[str, float], supposed: dict[str, str]
) -> None:
    ids, rules = ids_of(example), Rules(EXAMPLE, **supposed)
    asked: dict[str, Any] = {
        "without": [ids[supposed["killed"]]] if "killed" in supposed else [],
        "cross_contamination": [ids[supposed["crossed"]]] if "crossed" in supposed else [],
    }
    given = [f"{ids[case]}={weight:g}" for case, weight in cases.items()]
    found = example.sources(given, lots_only=True, limit=100, **asked)
    wanted = {ids[station]: rules.score(station, cases) for station in rules.stations}
    scores = {row["id"]: row["score"] for row in found.rows}
    assert scores == {id: pytest.approx(score, abs=1e-6) for id, score in wanted.items() if score}
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_traces_equal_the_closures_of_foodchain_labs_rules(example: Casebook) -> None:
    ids, rules = ids_of(example), Rules(EXAMPLE)
    for station in rules.stations:
        own = [one for one, (begin, _) in rules.ends.items() if begin == station]
        told = {ids[rules.ends[one][1]] for one in rules.forward(own)} - {ids[station]}
        reached = {row["id"] for row in example.trace(ids[station], "forward", lots_only=True).rows}
        assert {one for one in reached if one.startswith("station:")} == told
        if station in ("S6", "S1"):
            back = {row["id"] for row in example.trace(ids[station], "back").rows if row["kind"] == "Station"}
            assert back == {ids[far] for far in rules.stations if far != station and rules.score(far, {station: 1})}


def asked(folder: Path, tables: dict[str, str]) -> Casebook:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    casebook = graphkit.open(folder / "casebook")
    casebook.load(*(folder / f"{name}.csv" for name in tables), strict=True)
    return casebook


NUMBERS = {"甲": "33032619731119012X", "乙": "430111198709010240", "丙": "91350111MA6074111L"}


@pytest.fixture
def market(tmp_path: Path) -> Casebook:
    """甲 supplies 乙 and 丙, 丁 supplies 丙 alone; what came of 甲 was seized twice, 丁's was examined and passed."""
    first, second, third = (f"{name},{number}" for name, number in NUMBERS.items())
    return asked(
        tmp_path,
        {
            "sales": SUPPLY + f"S1,{first},{second},药,B1,9,box,2024-01-02\nS2,{first},{third},药,B1,9,box,2024-01-02\n"
            f"S3,丁,,{third},药,B2,9,box,2024-01-02\nS4,戊,,{second},药,B1,9,box,2024-03-02\n",
            "seized": SEIZED + f"K1,2024-02-01,{second},药,B1,3,box\nK2,2024-02-01,{third},药,B1,3,box\n",
            "sampled": SAMPLING + f"Y1,{third},药,B2,2024-02-01,合格\n",
            "bought": PURCHASE + "G1,病人,丙,药,B1,2024-02-05\n",
        },
    )


def test_who_explains_all_in_time_order_comes_first(market: Casebook) -> None:
    found = market.sources()
    rows = {row["name"]: row for row in found.rows}
    assert found.rows[0]["name"] == "甲"
    assert (rows["甲"]["score"], rows["甲"]["explained"], rows["甲"]["against"], rows["甲"]["missed"]) == (1, 2, 0, [])
    assert rows["乙"]["score"] == 0.5 and rows["乙"]["missed"] == ["seizure:K2"]
    assert rows["丙"]["against"] == 1 and rows["丙"]["net"] == -0.5
    assert "戊" not in rows and "丁" not in rows  # after the seizure; passed only
    assert all(row["evidence"] for row in found.rows)
    assert rows["甲"]["rivals"]


def test_purchases_and_deliveries_as_cases_and_weights(market: Casebook) -> None:
    assert [(row["name"], row["score"]) for row in market.sources(["G1"]).rows] == [("丙", 1)]
    delivered = {row["name"]: row["score"] for row in market.sources(["supply:S2=2", "SUPPLIED:supply:S3"]).rows}
    assert delivered == {"甲": pytest.approx(2 / 3, abs=1e-6), "丁": pytest.approx(1 / 3, abs=1e-6)}
    weighed = {row["name"]: row["score"] for row in market.sources(["K1=3", "K2"]).rows}
    assert (weighed["甲"], weighed["乙"], weighed["丙"]) == (1, 0.75, 0.25)


def test_what_if(market: Casebook) -> None:
    without = {row["name"]: row["score"] for row in market.sources(without=["SUPPLIED:supply:S1"]).rows}
    assert without["甲"] == 0.5
    closed = {row["name"]: row["score"] for row in market.sources(without=[f"company:{NUMBERS['丙']}"]).rows}
    assert (closed["甲"], closed["丙"]) == (0.5, 0.5)
    mixed = {row["name"]: row["score"] for row in market.sources(cross_contamination=["all"]).rows}
    assert mixed["丁"] == 0.5 and "戊" not in mixed


def test_what_came_to_somebody_only_after_the_find_does_not_rule_out_other_makers(tmp_path: Path) -> None:
    """丙 was found with five of B1 in February; all that rows brought him of it came in March, or he made in April."""
    made = "transformation_id,place_id,transformed_at,output_product,output_batch,output_quantity,output_unit\n"
    second, third = (f"{name},{NUMBERS[name]}" for name in "乙丙")
    tables = {
        "places": f"place_id,type,address,controller,controller_id\nW1,production,甲路1号,{second}\n"
        f"W2,production,乙路2号,{third}\n",
        "making": f"{made}T1,W1,2024-01-10,药,B1,20,box\nT2,W2,2024-04-01,药,B1,20,box\n",
        "sales": f"{SUPPLY}S1,丁,,{third},药,B1,9,box,2024-03-01\n",
        "seized": f"{SEIZED}K1,2024-02-01,{third},药,B1,5,box\n",
    }
    assert "place:W1" in {row["id"] for row in asked(tmp_path, tables).sources(["K1"]).rows}


def test_what_may_have_got_into_goods_too_does_not_hide_who_made_them(tmp_path: Path) -> None:
    """No row tells how 乙 came to the lot that two made; whatever else came to him may be in it besides."""
    made = "transformation_id,place_id,transformed_at,output_product,output_batch,output_quantity,output_unit\n"
    second, third = (f"{name},{NUMBERS[name]}" for name in "乙丙")
    tables = {
        "places": "place_id,type,address\nW1,production,甲路1号\nW2,production,乙路2号\n",
        "making": f"{made}T1,W1,2024-01-10,药,B1,20,box\nT2,W2,2024-01-11,药,B1,20,box\n",
        "sales": f"{SUPPLY}S1,{second},{third},药,B1,9,box,2024-02-01\nS2,丁,,{second},药,B2,9,box,2024-01-05\n",
        "seized": f"{SEIZED}K1,2024-02-09,{third},药,B1,5,box\n",
    }
    casebook = asked(tmp_path, tables)
    plain = {row["id"] for row in casebook.sources(["K1"]).rows}
    mixed = {row["id"] for row in casebook.sources(["K1"], cross_contamination=["all"]).rows}
    assert {"place:W1", "place:W2"} < plain < mixed


def test_what_an_investigator_supposed_in_foodchain_lab_is_named_where_it_is_not_asked_for(tmp_path: Path) -> None:
    table = {"stations": ("ID", [["S1"], ["S2"], ["S3"]]), "deliveries": ("ID from to", [["D1", "S1", "S2"]]),
             "deliveryRelations": ("from to", [])}  # fmt: skip
    data = {
        kind: {"columnProperties": [{"id": name, "type": "string"} for name in names.split()],
               "data": [[{"id": n, "value": v} for n, v in zip(names.split(), row, strict=True)] for row in rows]}
        for kind, (names, rows) in table.items()
    }  # fmt: skip
    nodes = [{"id": "S1", "killContamination": False}, {"id": "S2", "weight": 1.0, "killContamination": True},
             {"id": "S3", "crossContamination": True}]  # fmt: skip
    document = {
        "version": "1.0.0",
        "data": {"version": "1.0.0", **data},
        "tracing": {"version": "1.0.0", "nodes": nodes},
    }
    (tmp_path / "a.json").write_text(json.dumps(document), encoding="utf-8")
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "a.json")
    s1, s2, s3 = ids_of(casebook)["S1"], ids_of(casebook)["S2"], ids_of(casebook)["S3"]
    notes = " ".join(casebook.sources(lots_only=True).notes)
    assert f"--without: {s2}." in notes and f"--cross-contamination: {s3}." in notes and f"without: {s1}" not in notes
    assert all("--without: " not in each for each in casebook.sources(lots_only=True, without=[s2]).notes)
    assert f"--without: {s2}." in " ".join(casebook.trace(s1, "forward").notes)


def test_refusals(market: Casebook, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        market.sources(["nothing"])
    with pytest.raises(RequestError):
        market.sources(["product:药"])
    for none in ("K1=0", "K1=-2"):
        with pytest.raises(RequestError, match="weight must be above zero, such as K1=2"):
            market.sources([none])
    (tmp_path / "other").mkdir()
    bare = asked(tmp_path / "other", {"sales": SUPPLY + "S1,甲,,乙,,药,B1,9,box,2024-01-02\n"})
    with pytest.raises(RequestError):
        bare.sources()


@pytest.mark.parametrize("seed", [3, 5])
def test_the_planted_source_explains_all_that_it_made(seed: int, tmp_path: Path) -> None:
    write_sample(tmp_path, 800, seed)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    casebook = graphkit.open(tmp_path / "casebook")
    casebook.load(tmp_path / "records")
    made = {one["batch"]: one for one in truth["transformations"]}
    places = {one["place"] for one in truth["sources"]}
    network = casebook.network()
    by_place: dict[str, list[str]] = {}
    for seizure in network.ids.take(network.of_kinds("Seizure")):
        for row in casebook.trace(seizure, lots_only=True, hops=1).rows:
            todo = [row["id"].rpartition("|")[2]] if row["kind"] == "Batch" else []
            while todo:
                batch = made.get(todo.pop())
                todo += [one["batch"] for one in batch["inputs"]] if batch else []
                if batch and batch["place"] in places:
                    by_place.setdefault(batch["place"], []).append(seizure)
    assert by_place
    for place, seizures in by_place.items():
        found = casebook.sources(sorted(set(seizures)), lots_only=True, limit=1000)
        row = next(row for row in found.rows if row["id"] == place)
        assert row["score"] == 1 == found.rows[0]["score"]
