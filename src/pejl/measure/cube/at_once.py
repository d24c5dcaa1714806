"""Doing several tasks at once, each on a session and a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

from pejl.engines import Session

MEMORY_OF_PART = 500_000_000
"""Bytes that counting a part of the persons may take; fewer are counted at once where there is less."""
_PATIENCE = 0.05
"""Seconds between two attempts to stop what runs."""
T = TypeVar("T")


def at_once(sessions: Sequence[Session], tasks: Iterable[T], work: Callable[[int, T], None]) -> None:
    """Do `work` for every task; whoever is done takes the next one.

    Several sessions of one thread share nothing, where one session of several threads would put together what these
    found: a grouping costs a third less CPU.

    Args:
        sessions: one for each thread.
        tasks: what is to be done.
        work: is given the number of the session, and the task.

    Raises:
        Exception: whatever a task raises; the others are stopped, and those not yet begun are left.
    """
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    waiting: SimpleQueue[T] = SimpleQueue()
    for task in tasks:
        waiting.put(task)
    failed = Event()

    def run(number: int) -> None:
        while not failed.is_set():
            try:
                task = waiting.get_nowait()
            except Empty:
                return
            work(number, task)

    with ThreadPoolExecutor(len(sessions)) as pool:
        running = [pool.submit(run, number) for number in range(len(sessions))]
        try:
            done, _ = wait(running, return_when=FIRST_EXCEPTION)
            for each in done:
                each.result()
        except BaseException:
            failed.set()
            while wait(running, timeout=_PATIENCE).not_done:  # a task may be between two statements just now
                for session in sessions:
                    session.interrupt()
            raise
