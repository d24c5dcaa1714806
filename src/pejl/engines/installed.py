"""Which engines there are: DuckDB, and what other packages plug in."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from pejl.engines.base import Engine, EngineNotFoundError
from pejl.text import message

GROUP = "pejl.engines"
BUILT_IN = "duckdb"


def installed_engines() -> tuple[str, ...]:
    """Return the names of all engines that can be asked for."""
    return tuple(sorted({BUILT_IN, *(found.name for found in _plugged_in())}))


def get_engine(name: str) -> Engine:
    """Return the engine called `name`.

    An entry point of the group `pejl.engines` names an engine, or a class or function that makes one without
    arguments.

    Raises:
        EngineNotFoundError: there is none of that name, or it cannot be loaded.
    """
    if name == BUILT_IN:
        from pejl.engines.duckdb_engine import DuckDB

        return DuckDB()
    found = next((each for each in _plugged_in() if each.name == name), None)
    if found is None:
        raise EngineNotFoundError(
            message(
                "there is no engine '{name}' here; there is: {known}", name=name, known=", ".join(installed_engines())
            )
        )
    return _load(found)


def _plugged_in() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))


def _load(found: EntryPoint) -> Engine:
    try:
        loaded = found.load()
        engine: Engine = loaded() if callable(loaded) else loaded
    except Exception as error:  # a package of others may fail in any way
        raise EngineNotFoundError(
            message("the engine '{name}' is installed but cannot be started", name=found.name)
        ) from error
    return engine
