"""A generator of person-level registers of a municipality that does not exist.

No real person, place or number is in it. `generate` and `write` load numpy, pandas and DuckDB when they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pejl.demo.generator.effects import ASKED, DEMO_CITIZENS, DEMO_SEED, EFFECTS, Effect
from pejl.demo.generator.names import CENTRES, DISTRICTS, MUNICIPALITY

if TYPE_CHECKING:
    from pathlib import Path

    from pejl.demo.generator.world import World

__all__ = [
    "ASKED",
    "CENTRES",
    "DEMO_CITIZENS",
    "DEMO_SEED",
    "DISTRICTS",
    "EFFECTS",
    "MUNICIPALITY",
    "Effect",
    "generate",
    "write",
]


def generate(persons: int, seed: int) -> World:
    """Make all registers: see `pejl.demo.generator.world.generate`."""
    from pejl.demo.generator import world

    return world.generate(persons, seed)


def write(
    world: World, folder: Path, *, linked: bool | None, identifiers: Literal["cpr", "pseudonym"]
) -> tuple[Path, ...]:
    """Write registers to files: see `pejl.demo.generator.writing.write`."""
    from pejl.demo.generator import writing

    return writing.write(world, folder, linked=linked, identifiers=identifiers)
