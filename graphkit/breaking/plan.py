"""What was found: whom to hit, what it achieves, and how far from the best it can at most be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Targets in the order of hitting them, and the proof.

    `gains` says what each takes away when hit in that order. `before` is the objective with nothing hit, `value` after
    all hits; no plan that keeps to the conditions has a value below `bound`. `optimal`: value and bound meet.
    `truncated`: the clock, or the user, stopped the search before its work was done, so that another run may find
    another plan; otherwise the same seed gives the same plan. `stopped`: it was the user, who wants the answer now.

    >>> Plan((3, 1), (10.0, 5.0), value=20.0, before=35.0, bound=15.0, optimal=False, truncated=False, seed=1).gap
    0.25
    """

    order: tuple[int, ...]
    gains: tuple[float, ...]
    value: float
    before: float
    bound: float
    optimal: bool
    truncated: bool
    seed: int
    notes: tuple[tuple[str, str], ...] = ()  # in English and Chinese
    stopped: bool = False

    @property
    def gap(self) -> float:
        """How far the value can at most be from the best, as a share of the value; 0 where it is the best."""
        return max(self.value - self.bound, 0.0) / self.value if self.value > 0 else 0.0
