"""The same work on many parts, in this process or in several; what comes out is in the order of the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_order(work: Callable[[Part], Result], parts: Sequence[Part], workers: int) -> Iterator[Result]:
    """Yield what `work` makes of each part, in their order.

    Args:
        work: a function of a module, so that another process finds it.
        parts: that need nothing of each other.
        workers: how many processes; with 1 it is this one.
    """
    if workers <= 1 or len(parts) < 2:
        yield from map(work, parts)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the process may have threads by now, of a database for one.
    spawned = get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(parts)), mp_context=spawned, initializer=_end_with_parent) as pool:
        yield from pool.map(work, parts)


def _end_with_parent() -> None:
    """Let this process end when the one that started it does: killed, that one tells nobody."""
    import os
    from multiprocessing import parent_process
    from threading import Thread

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()
