"""The questions of `graphkit.analyses` as methods: what a casebook is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphkit.errors import RequestError
from graphkit.model.answer import Answer

if TYPE_CHECKING:
    from graphkit.network.network import Network
    from graphkit.store.base import Store


class Questions:
    """One method a question; every one gives an `Answer` and takes what `docs/questions.md` lists for it."""

    store: Store

    def network(self) -> Network:
        """The graph as read-only arrays."""
        raise NotImplementedError

    def files(self) -> Answer:
        """Which files are loaded, by whom provided, when."""
        return self._ask("files")

    def search(self, text: str, limit: int = 20, kinds: Sequence[str] = ()) -> Answer:
        """Entities by any part of a name, alias or number, the best match first."""
        return self._ask("search", text=text, limit=limit, kinds=kinds)

    def show(self, id: str, limit: int = 1000) -> Answer:
        """One entity: its properties and links, and the rows behind each. Raises NotFound."""
        return self._ask("show", id=id, limit=limit)

    def links(
        self,
        id: str,
        hops: int = 2,
        *,
        kinds: Sequence[str] = (),
        all: bool = False,
        through_hubs: bool = False,
        hub_size: int = 100,
    ) -> Answer:
        """Suspects linked to an entity within some hops, and by what; with `all` every entity. Raises NotFound."""
        return self._ask("links", id=id, hops=hops, kinds=kinds, all=all, through_hubs=through_hubs, hub_size=hub_size)

    def path(
        self,
        start: str,
        end: str,
        *,
        max_hops: int = 6,
        count: int = 1,
        kinds: Sequence[str] = (),
        in_time: bool = False,
        weighted: bool = False,
        through_hubs: bool = False,
        hub_size: int = 100,
    ) -> Answer:
        """How two entities are connected: the `count` shortest chains, with `weighted` the firmest. Raises NotFound."""
        walked = {"kinds": kinds, "in_time": in_time, "through_hubs": through_hubs, "hub_size": hub_size}
        return self._ask("path", start=start, end=end, max_hops=max_hops, count=count, weighted=weighted, **walked)

    def trace(
        self,
        id: str,
        direction: str = "back",
        *,
        follow: Sequence[str] = (),
        lots_only: bool = False,
        since: str | None = None,
        until: str | None = None,
        max_lag: float | str | None = None,
        min_quantity: float | None = None,
        product: str | None = None,
        region: str | None = None,
        hops: int | None = None,
        limit: int = 1000,
        exact: str | None = None,
        convention: str | None = None,
        explain: str | None = None,
        without: Sequence[str] = (),
        cross_contamination: Sequence[str] = (),
    ) -> Answer:
        """Where it came from, or with direction="forward" where it went; `explain` gives chains. Raises NotFound.

        Quantities are outer bounds, but for `exact` ("all": every entity shown); `convention` adds what it says.
        What if: nothing passes `without`; at `cross_contamination` ("all": anywhere) goods of any lot mix.
        """
        bounds = {"since": since, "until": until, "max_lag": max_lag, "min_quantity": min_quantity, "hops": hops}
        asked = {"lots_only": lots_only, "product": product, "region": region, "limit": limit, "explain": explain}
        amounts = {"exact": exact, "convention": convention}
        supposed = {"without": without, "cross_contamination": cross_contamination}
        return self._ask("trace", id=id, direction=direction, follow=follow, **bounds, **asked, **amounts, **supposed)

    def stats(self, by: str | None = None, level: str = "province", *, evidence: bool = False) -> Answer:
        """The campaign's figures: cases, dens, suspects, seizures, quantities, amounts; by="region" for each region."""
        return self._ask("stats", by=by, level=level, evidence=evidence)

    def balance(
        self, batch: str | None = None, place: str | None = None, product: str | None = None, party: str | None = None
    ) -> Answer:
        """What went in, came out, was seized and remains unexplained, batch by batch. Raises NotFound, RequestError."""
        return self._ask("balance", batch=batch, place=place, product=product, party=party)

    def reconcile(
        self,
        product: str | None = None,
        party: str | None = None,
        limit: int = 10,
        *,
        each: bool = False,
        slack: float = 0.05,
        deviation: float = 0.1,
    ) -> Answer:
        """Who must have had goods that no record tells of: ranges over all nearly cheapest explanations.

        `each` shows every weighting by itself. Raises NotFound, RequestError.
        """
        weighed = {"each": each, "slack": slack, "deviation": deviation}
        return self._ask("reconcile", product=product, party=party, limit=limit, **weighed)

    def sources(
        self, case: Sequence[str] = (), passed: Sequence[str] = (), product: str | None = None, *,
        lots_only: bool = False, since: str | None = None, until: str | None = None, max_lag: float | str | None = None,
        hops: int | None = None, without: Sequence[str] = (), cross_contamination: Sequence[str] = (), limit: int = 20,
    ) -> Answer:  # fmt: skip
        """Who upstream explains most of the cases, less what passed; by default all seizures and failed samples.

        Raises NotFound, RequestError.
        """
        bounds = {"lots_only": lots_only, "since": since, "until": until, "max_lag": max_lag, "hops": hops}
        supposed = {"without": without, "cross_contamination": cross_contamination, "limit": limit}
        return self._ask("sources", case=case, passed=passed, product=product, **bounds, **supposed)

    def dens(self, min_score: float = 0.6, limit: int = 1000, explain: str | None = None) -> Answer:
        """Places and addresses that behave like a den, the most so first; or the reasons of one. Raises NotFound."""
        return self._ask("dens", min_score=min_score, limit=limit, explain=explain)

    def rank(
        self,
        by: str = "betweenness",
        *,
        directed: bool = False,
        weighted: bool = False,
        kinds: Sequence[str] = (),
        node_kinds: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        period: str | None = None,
        after_seizures: bool = False,
        without: Sequence[str] = (),
        hub_size: int = 100,
        error: float = 0.01,
        seed: int = 1,
        limit: int | None = None,
    ) -> Answer:
        """Key players by a measure, and their roles in the supply; with `period` how ranks change. RequestError."""
        counted = {"directed": directed, "weighted": weighted, "kinds": kinds, "node_kinds": node_kinds}
        bounds = {"since": since, "until": until, "period": period, "after_seizures": after_seizures}
        how = {"without": without, "hub_size": hub_size, "error": error, "seed": seed, "limit": limit}
        return self._ask("rank", by=by, **counted, **bounds, **how)

    def groups(
        self,
        *,
        resolution: float = 1.0,
        kinds: Sequence[str] = (),
        node_kinds: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        group: int | None = None,
        bridging: bool = False,
        hub_size: int = 100,
        limit: int = 1000,
    ) -> Answer:
        """Groups of actors and who bridges them; `facts` has the modularity. Raises RequestError."""
        counted = {"kinds": kinds, "node_kinds": node_kinds, "since": since, "until": until, "hub_size": hub_size}
        return self._ask("groups", resolution=resolution, group=group, bridging=bridging, limit=limit, **counted)

    def flows(
        self, what: Sequence[str] = (), level: str = "province", period: str = "all", new_since: str | None = None,
        *, within: bool = False, of: str | None = None, direction: str = "back", limit: int = 10_000,
    ) -> Answer:  # fmt: skip
        """Goods and money between regions, by period; `of` keeps what one entity's chains go by. Raises NotFound."""
        asked = {"within": within, "of": of, "direction": direction, "limit": limit}
        return self._ask("flows", what=what, level=level, period=period, new_since=new_since, **asked)

    def patterns(
        self, pattern: Sequence[str] = (), hours: float = 48, share: float = 0.8, count: int = 4, hops: int = 6,
        *, any_order: bool = False, limit: int = 1000,
    ) -> Answer:  # fmt: skip
        """Money passed on, gathered, spread, sent round: pass-through, fan-in, fan-out, cycle. Raises RequestError."""
        bounds = {"hops": hops, "any_order": any_order, "limit": limit}
        return self._ask("patterns", pattern=pattern, hours=hours, share=share, count=count, **bounds)

    def strike(
        self, budget: float | None = None, until: float | None = None, objective: str | None = None,
        limit: Sequence[str] = (), cost: Sequence[str] = (), must: Sequence[str] = (), must_not: Sequence[str] = (),
        together: Sequence[str] = (), after: Sequence[str] = (), targets: Sequence[str] = (),
        kinds: Sequence[str] = (), node_kinds: Sequence[str] = (), without: Sequence[str] = (), *,
        keep_detained: bool = False, sequential: bool = False, robust: int | None = None, time_limit: float = 60.0,
        seed: int = 1, hub_size: int = 100, origins: Sequence[str] = (), ends: Sequence[str] = (),
        follow: str | None = None, licensed: bool = False, unit: str | None = None, period_from: str | None = None,
        period_until: str | None = None, headroom: float = 1.2,
    ) -> Answer:  # fmt: skip
        """Whom to hit so that the network breaks: the plan, what it achieves, and how far from the best it can be.

        `facts` holds objective, value, before, bound, gap, optimal, truncated, seed. Raises RequestError, NotFound.
        """
        aims = {"budget": budget, "until": until, "objective": objective, "limit": limit, "cost": cost}
        held = {"must": must, "must_not": must_not, "together": together, "after": after, "targets": targets}
        who = {"kinds": kinds, "node_kinds": node_kinds, "without": without, "keep_detained": keep_detained}
        how = {"sequential": sequential, "robust": robust, "time_limit": time_limit, "seed": seed, "hub_size": hub_size}
        flow = {"origins": origins, "ends": ends, "follow": follow, "unit": unit, "headroom": headroom}
        period = {"period_from": period_from, "period_until": period_until, "licensed": licensed}
        return self._ask("strike", **aims, **held, **who, **how, **flow, **period)

    def what_if(
        self, out: Sequence[str] = (), budget: int | None = None, targets: Sequence[str] = (),
        kinds: Sequence[str] = (), node_kinds: Sequence[str] = (), *, plans: Sequence[str] = (),
        without: Sequence[str] = (), keep_detained: bool = False, time_limit: float = 20.0, seed: int = 1,
        hub_size: int = 100, origins: Sequence[str] = (), ends: Sequence[str] = (), follow: str | None = None,
        licensed: bool = False, unit: str | None = None, period_from: str | None = None,
        period_until: str | None = None, headroom: float = 1.2,
    ) -> Answer:  # fmt: skip
        """Each objective of a strike if these were taken out, beside other ways to choose as many. RequestError.

        `plans` are sets to compare, each written as name=ID+ID; the last eight are asked of the flow.
        """
        who = {"targets": targets, "kinds": kinds, "node_kinds": node_kinds, "keep_detained": keep_detained}
        how = {"plans": plans, "without": without, "time_limit": time_limit, "seed": seed, "hub_size": hub_size}
        flow = {"origins": origins, "ends": ends, "follow": follow, "unit": unit, "headroom": headroom}
        period = {"period_from": period_from, "period_until": period_until, "licensed": licensed}
        return self._ask("what_if", out=out, budget=budget, **who, **how, **flow, **period)

    def _ask(self, question: str, **parameters: Any) -> Answer:
        """The answer of the analysis of this name."""
        from graphkit.analyses import ANALYSES

        found = next((analysis for analysis in ANALYSES if question in (analysis.id, analysis.command)), None)
        if found is None:
            raise RequestError(
                f"{question} is not a question that can be asked again", f"{question} 不是可以再次提出的查询"
            )
        return found.ask(self, **parameters)
