"""Work over many sources on all cores, whose result does not depend on how many there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray


def over_chunks(
    work: Callable[[NDArray[np.int64]], Any], sources: NDArray[np.int64], at_once: int = 128
) -> Iterator[Any]:
    """What `work` gives for each `at_once` sources, in their order. It must release the lock that Python holds.

    Sums of floating point depend on their order: chunks are of one size whatever the number of cores.

    >>> list(over_chunks(lambda chunk: int(chunk.sum()), np.arange(200)))
    [8128, 11772]
    """
    chunks = [sources[begin : begin + at_once] for begin in range(0, len(sources), at_once)]
    workers = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        yield from workers.map(work, chunks)
    finally:  # also on Ctrl-C: what has not begun is not begun
        workers.shutdown(wait=True, cancel_futures=True)
