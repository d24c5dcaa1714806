"""From rows about persons to cells: who counts is SQL, how it is counted is declared.

`Counter` runs a graph of queries on one engine session and yields `Counted`, the cells of one indicator at a time;
`register_measurements` turns them into measurements. DuckDB's dialect is spoken; see `docs/explanation/cube.md`.
"""

from __future__ import annotations

from pejl.measure.cube.executor import Counter
from pejl.measure.cube.measurements import register_measurements
from pejl.measure.cube.records import from_record, to_record
from pejl.measure.cube.spells import spells_apart
from pejl.measure.cube.values import Cell, Counted, CountingError, Listener, Source, Spells, Step

__all__ = [
    "Cell",
    "Counted",
    "Counter",
    "CountingError",
    "Listener",
    "Source",
    "Spells",
    "Step",
    "from_record",
    "register_measurements",
    "spells_apart",
    "to_record",
]
