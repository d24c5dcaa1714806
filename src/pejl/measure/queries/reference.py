"""The reference of the portable subset, made from what the checks use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pejl.measure.queries.calendars import CALENDARS, MEANINGS
from pejl.measure.queries.contract import CONTRACT
from pejl.measure.queries.subset import CLAUSES, FORMS, FUNCTIONS, INSTEAD, Function, Kind

_HEADINGS: tuple[tuple[Kind, str], ...] = (
    ("scalar", "Functions"),
    ("aggregate", "Aggregates"),
    ("window", "Functions over windows"),
)


def reference_markdown() -> str:
    """Return the reference of SQL as Markdown, sections of level two, without a title."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from _section("What an indicator's SQL gives", ("column", "type", "meaning"), CONTRACT)
    yield from _section("Clauses", ("", "meaning"), CLAUSES)
    forms = [(form.written, form.meaning, f"`{form.example}`", _value(form.value)) for form in FORMS]
    yield from _section("Expressions", ("", "meaning", "example", "gives"), forms)
    for kind, heading in _HEADINGS:
        rows = [_function(function) for function in FUNCTIONS if function.kind == kind]
        yield from _section(heading, ("", "meaning", "example", "gives"), rows)
    instead: dict[str, list[str]] = {}
    for name, mend in INSTEAD.items():
        instead.setdefault(mend.render("en"), []).append(f"`{name}`")
    yield from _section(
        "What to write instead", ("", ""), [(", ".join(names), mend) for mend, names in instead.items()]
    )
    yield from ("## Calendars", "")
    for name, columns in CALENDARS.items():
        yield from (f"### `{name}`", "", MEANINGS[name], "")
        yield from _table(("column", "type"), [(f"`{column}`", kind) for column, kind in columns.items()])


def _function(function: Function) -> tuple[str, str, str, str]:
    return f"`{function.written}`", function.meaning, f"`{function.example}`", _value(function.value)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _section(heading: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (f"## {heading}", "")
    yield from _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    for row in rows:
        yield _row([cell.replace("|", "\\|") for cell in row])
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
