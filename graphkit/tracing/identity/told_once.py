"""Which deliveries are movements of their own, which tell of one together, and which may."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.network.network import Network
from graphkit.tracing.identity.doubtful import doubtful
from graphkit.tracing.identity.holders import Holders
from graphkit.tracing.identity.in_parts import in_parts
from graphkit.tracing.identity.loose import Loose
from graphkit.tracing.identity.misdated import misdated
from graphkit.tracing.identity.movements import Files, as_heavy, counted, matched
from graphkit.tracing.labels import Whole
from graphkit.tracing.measures import Packings


@dataclass(frozen=True)
class ToldOnce:
    """`same` are links that tell of one movement, the one that tells best first; `misdated` pairs that may, had not one
    a wrong time; `doubtful` links of which another tells too, if one party goes by two names, or others, if goods went
    in parts; `weighed` those of `same` that tell no quantity, but weigh about as much as what another of their movement
    tells.
    """

    same: list[tuple[int, ...]]
    misdated: list[tuple[int, int]]
    doubtful: list[int]
    weighed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, network: Network, links: Whole, holders: Holders, files: Files, packings: Packings) -> ToldOnce:
        """Of these deliveries between these holders; `files` names the files behind links, `packings` how units of
        goods convert.
        """
        same = matched(network, links, holders, files, packings)
        unsure = doubtful(network, counted(network, links, same), holders, files, packings)
        loose = Loose.of(network, links, holders, packings, same)
        sent, parts = in_parts(loose)
        return cls(same, misdated(loose, parts), sorted({*unsure, *sent}), as_heavy(network, same, packings))
