"""How far a step of a chain can be trusted: by the Admiralty grade of its link, and by what ties it to the step before.

A grade of A1 scores 1, B2 .8, C3 .6, D4 .4, E5 .2: of reliability and credibility the weaker counts. F and 6 say that
it cannot be judged; such links, and those without a grade, score .5 and are counted apart. A step that only the product
and the dates tie to the one before scores .7 of that, one that only the dates tie .5; .7 too where it is known only of
the lot that it was made there, and no row tells how it came to who has it, and where the name and goods that both had,
or less, tell that two are one party. A chain scores as its weakest step, an
entity as its best chain (a widest path: Pollack 1960, The maximum capacity through a network).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphkit.network.network import Links

UNGRADED = 0.5
BY_BATCH, BY_PRODUCT, BY_DATE = 1.0, 0.7, 0.5
UNTOLD = 0.7
BY_NAME = 0.7
DOUBTFUL = 0.4  # below C3: D or E, 4 or 5
SCALE = np.array([np.nan, 1.0, 0.8, 0.6, 0.4, 0.2, np.nan])


def grades(links: Links, chosen: NDArray[np.integer]) -> NDArray[np.float64]:
    """The score of these links by themselves; UNGRADED where nothing can be judged.

    >>> SCALE[[1, 3, 6]].tolist()
    [1.0, 0.6, nan]
    """
    weaker = np.fmin(SCALE[links.reliability[chosen]], SCALE[links.credibility[chosen]])
    return np.where(np.isnan(weaker), UNGRADED, weaker)


def ungraded(links: Links, chosen: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of these links have no grade that judges anything."""
    mask: NDArray[np.bool_] = np.isnan(SCALE[links.reliability[chosen]]) & np.isnan(SCALE[links.credibility[chosen]])
    return mask


def doubtful(links: Links, chosen: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of these links are graded below C3."""
    mask: NDArray[np.bool_] = ~ungraded(links, chosen) & (grades(links, chosen) <= DOUBTFUL)
    return mask
