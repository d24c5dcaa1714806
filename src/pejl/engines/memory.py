"""Amounts of memory: as written, as a machine has them, as an engine is told."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

from pejl.engines.base import EngineError
from pejl.text import message

DEFAULT_LIMIT = 4_000_000_000
LEAST = 64_000_000
_CGROUP = Path("/sys/fs/cgroup/memory.max")
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([kmgt]?)(i?)b?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def parse_memory(text: str) -> int:
    """Return an amount such as `4GB`, `3.5 GiB` or `800mb` in bytes.

    Raises:
        EngineError: it is no amount of memory, or less than an engine can work with (64 MB).
    """
    found = _AMOUNT.fullmatch(text.strip())
    amount = 0
    if found is not None:
        number, unit, binary = found.groups()
        amount = int(Decimal(number) * (1024 if binary else 1000) ** _POWERS[unit.lower()])
    if amount < LEAST:
        raise EngineError(
            message("'{text}' is not an amount of memory an engine can work with; write it as in 4GB", text=text)
        )
    return amount


def default_memory() -> int:
    """Return 4 GB, or half of what the machine or its container has, whichever is less, in bytes."""
    return max(LEAST, min(DEFAULT_LIMIT, _available() // 2))


def _available() -> int:
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = _CGROUP.read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdigit() else machine
