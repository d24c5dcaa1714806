"""What protecting a release says: rows to withhold, numbers attacked, things to know before publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.tables import Cell, IndicatorTable, Measure, TableKey
from pejl.text import Message

RemedyKind = Literal["none", "merged", "rounded"]


@dataclass(frozen=True, slots=True)
class Check:
    """A withheld number attacked, for the house: what is required tells the number, so this is never published.

    Attributes:
        key: the table.
        cell: the row.
        measure: which number of the row.
        interval: what the attacker finds.
        required: how low and high it must seem possible to be; None where only the row as a whole is to be protected.
        holds: whether the attacker's limits are as wide as that.
    """

    key: TableKey
    cell: Cell
    measure: Measure
    interval: Interval
    required: tuple[float, float] | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know before publishing; `stops` if it must not be published.

    Attributes:
        code: stable.
        key: the table.
        cell: the row.
        what: what is wrong.
        mend: what to do.
        stops: whether publication must be refused.
    """

    code: str
    key: TableKey
    cell: Cell
    what: Message
    mend: Message
    stops: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is best done with an indicator of which too much would be withheld; one for each of its tables.

    Attributes:
        key: the table.
        kind: codes are merged, the whole table is rounded, or it stays as it is.
        table: as it would be published, before rows are withheld.
        withheld: rows of it that must be withheld.
        merges: dimensions and the codes that are merged in breakdowns by two.
        loss: how much is lost, 0 to 1, of the tables on which the ways were tried.
        compared: what each way that was tried would lose of them.
        shares: the share of rows that each would leave withheld.
    """

    key: TableKey
    kind: RemedyKind
    table: IndicatorTable
    withheld: frozenset[Cell]
    merges: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]
    loss: float
    compared: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Protection:
    """What must be withheld, and the proof that it is enough.

    Attributes:
        withheld: rows, by table and cell.
        checks: every withheld number attacked.
        findings: what was found on the way.
        proved: every required interval holds, and nothing withheld earlier is uncovered.
        remedies: what would lose less, for tables of which too much is withheld; nothing of it is done here.
    """

    withheld: frozenset[tuple[TableKey, Cell]]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    proved: bool
    remedies: tuple[Remedy, ...] = ()


def withheld_of(protection: Protection) -> Mapping[TableKey, frozenset[Cell]]:
    """Return the withheld rows of a protection by table."""
    found: dict[TableKey, set[Cell]] = {}
    for key, cell in protection.withheld:
        found.setdefault(key, set()).add(cell)
    return {key: frozenset(cells) for key, cells in found.items()}
