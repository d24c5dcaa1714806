"""Engines run SQL over Parquet files. They know nothing of what the rows mean."""

from pejl.engines.base import Engine, EngineError, EngineNotFoundError, OutOfMemoryError, Session, Types
from pejl.engines.installed import get_engine, installed_engines
from pejl.engines.memory import parse_memory

__all__ = [
    "Engine",
    "EngineError",
    "EngineNotFoundError",
    "OutOfMemoryError",
    "Session",
    "Types",
    "get_engine",
    "installed_engines",
    "parse_memory",
]
