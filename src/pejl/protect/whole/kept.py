"""What came out for tables that hang together, kept by everything it rests on: the same tables are not solved again.

A key is the SHA-256 of a part in words: its cells, what was published of it before, what is declared, the rules. Who
keeps results adds which software they are of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from pejl.protect.whole.auditing import AuditRow, Outcome
from pejl.protect.whole.bounding import Interval
from pejl.protect.whole.protection import Check, Finding
from pejl.protect.whole.tables import Cell, TableKey
from pejl.protect.whole.workers import in_order
from pejl.text import Message

Part = TypeVar("Part")
Result = TypeVar("Result")


class Keeper(Protocol):
    """Keeps plain data under keys."""

    def get(self, key: str) -> Any:
        """Return what is kept under a key, or None."""

    def put(self, key: str, value: Any) -> None:
        """Keep plain data."""


class InMemory:
    """Keeps results as long as it is there itself, and asks another keeper for what it does not have."""

    def __init__(self, behind: Keeper | None = None) -> None:
        self._found: dict[str, Any] = {}
        self._behind = behind

    def get(self, key: str) -> Any:
        """Return what is kept under a key, or None."""
        if key not in self._found and self._behind is not None:
            found = self._behind.get(key)
            if found is not None:
                self._found[key] = found
        return self._found.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep plain data, here and behind."""
        self._found[key] = value
        if self._behind is not None:
            self._behind.put(key, value)


def each_once(
    work: Callable[[Part], Result],
    parts: Sequence[Part],
    workers: int,
    keeper: Keeper | None,
    plain: Callable[[Result], Any],
    read: Callable[[Any], Result],
    simpler: Callable[[Part], tuple[Part, Callable[[Result], bool]] | None] | None = None,
) -> Iterator[Result]:
    """Yield what `work` makes of each part, in their order; what is kept is read.

    Args:
        work: a function of a module, so that another process finds it.
        parts: that need nothing of each other.
        workers: how many processes.
        keeper: keeps results; None for none.
        plain: makes plain data of a result.
        read: the other way round; what it cannot read is worked out again.
        simpler: gives for a part another one and tells of what came out of that whether it holds for this one too.
    """
    if keeper is None:
        yield from in_order(work, parts, workers)
        return

    def before(key: str) -> Result | None:
        kept = keeper.get(key)
        try:
            return read(kept) if kept is not None else None
        except (ValueError, KeyError, TypeError, IndexError):
            return None

    keys = [key_of(work.__name__, part) for part in parts]
    found: dict[int, Result] = {}
    for place, part in enumerate(parts):
        result = before(keys[place])
        other = simpler(part) if result is None and simpler is not None else None
        if other is not None:
            result = before(key_of(work.__name__, other[0]))
            result = result if result is not None and other[1](result) else None
        if result is not None:
            found[place] = result
    missing = [place for place in range(len(parts)) if place not in found]
    done = in_order(work, [parts[place] for place in missing], workers)
    for place in range(len(parts)):
        if place not in found:
            result = next(done)
            keeper.put(keys[place], plain(result))
            found[place] = result
        yield found[place]


def key_of(name: str, part: object) -> str:
    """Return the SHA-256 of what is done and of everything it rests on."""
    return sha256(f"{name} {_words(part)}".encode()).hexdigest()


def _words(value: object) -> str:
    """Return a value in words that are the same in every process: sets in order, dictionaries as they are."""
    if value is None or isinstance(value, str | bool):
        return repr(value)
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(_words(each) for each in value)) + "}"
    if isinstance(value, tuple | list):
        return "(" + ",".join(_words(each) for each in value) + ")"
    if is_dataclass(value):
        told = (_words(getattr(value, field.name)) for field in fields(value))
        return f"{type(value).__name__}({','.join(told)})"
    if hasattr(value, "items"):
        return "[" + ",".join(f"{_words(key)}:{_words(each)}" for key, each in value.items()) + "]"
    raise TypeError(f"{type(value).__name__} has no words")


# Results as plain data


def plain_check(check: Check) -> list[Any]:
    """Return a check as plain data."""
    interval = [getattr(check.interval, field.name) for field in fields(Interval)]
    return [_plain_row(check.key, check.cell), check.measure, interval, check.required, check.holds]


def read_check(plain: Sequence[Any]) -> Check:
    """Return the check that `plain_check` wrote."""
    row, measure, interval, required, holds = plain
    return Check(*_row(row), measure, Interval(*interval), tuple(required) if required else None, holds)


def plain_finding(finding: Finding) -> list[Any]:
    """Return a finding as plain data."""
    row = _plain_row(finding.key, finding.cell)
    return [finding.code, row, _plain_message(finding.what), _plain_message(finding.mend), finding.stops]


def read_finding(plain: Sequence[Any]) -> Finding:
    """Return the finding that `plain_finding` wrote."""
    code, row, what, mend, stops = plain
    return Finding(code, *_row(row), Message(*what), Message(*mend), stops)


def plain_audit(found: tuple[list[AuditRow], list[TableKey]]) -> list[Any]:
    """Return what a stranger found, as plain data."""
    rows = [
        [_plain_row(row.key, row.cell), row.measure, row.low, row.high, str(row.outcome), row.release]
        for row in found[0]
    ]
    return [rows, [list(key) for key in found[1]]]


def read_audit(plain: Sequence[Any]) -> tuple[list[AuditRow], list[TableKey]]:
    """Return what `plain_audit` wrote."""
    rows = [
        AuditRow(*_row(row), measure, low, high, Outcome(outcome), release)
        for row, measure, low, high, outcome, release in plain[0]
    ]
    return rows, [_key(key) for key in plain[1]]


def plain_cells(hidden: dict[TableKey, set[Cell]]) -> list[Any]:
    """Return rows by table as plain data."""
    return [[list(key), sorted([list(pair) for pair in cell] for cell in cells)] for key, cells in hidden.items()]


def read_cells_of(plain: Sequence[Any]) -> dict[TableKey, set[Cell]]:
    """Return what `plain_cells` wrote."""
    return {_key(key): {_cell(cell) for cell in cells} for key, cells in plain}


def _plain_row(key: TableKey, cell: Cell) -> list[Any]:
    return [list(key), [list(pair) for pair in cell]]


def _row(plain: Sequence[Any]) -> tuple[TableKey, Cell]:
    return _key(plain[0]), _cell(plain[1])


def _key(plain: Sequence[str]) -> TableKey:
    indicator, version, period, scope = plain
    return indicator, version, period, scope


def _cell(plain: Sequence[Sequence[str]]) -> Cell:
    return tuple((name, code) for name, code in plain)


def _plain_message(what: Message) -> list[Any]:
    return [what.id, dict(what.values)]
