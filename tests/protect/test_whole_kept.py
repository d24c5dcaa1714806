"""Results kept by what they rest on: read where nothing changed, worked out again where anything did."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pejl.protect.whole import (
    Edition,
    Groupings,
    IndicatorTable,
    InMemory,
    Ledger,
    Numbers,
    Rule,
    audit_public,
    protect_release,
    public_table,
    withheld_of,
)


class Written:
    """Keeps results as text, as a file would, and counts what was worked out."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> Any:
        return json.loads(self.texts[key]) if key in self.texts else None

    def put(self, key: str, value: Any) -> None:
        assert key not in self.texts
        self.texts[key] = json.dumps(value)


def crossed(name: str, *people: int) -> IndicatorTable:
    """Three districts by two ages."""
    rows: dict[tuple[tuple[str, str], ...], int] = {}
    for place, number in enumerate(people):
        district, age = ("district", "abc"[place // 2]), ("age", ("old", "young")[place % 2])
        for cell in ((), (district,), (age,), (age, district)):
            rows[cell] = rows.get(cell, 0) + number
    numbers = {cell: Numbers(number, None, number) for cell, number in rows.items()}
    return IndicatorTable(name, "1", "2020", "city", "count", numbers)


HOMELESS, ILL = crossed("homeless", 3, 40, 50, 60, 70, 80), crossed("ill", 30, 2, 50, 60, 70, 80)


def test_what_is_kept_is_the_same_as_what_is_worked_out() -> None:
    keeper = Written()
    first = protect_release([HOMELESS, ILL], keeper=keeper)
    assert len(keeper.texts) == 2
    assert protect_release([HOMELESS, ILL], keeper=keeper) == first == protect_release([HOMELESS, ILL])
    assert len(keeper.texts) == 2


def test_only_what_changed_is_worked_out_again() -> None:
    keeper = Written()
    protect_release([HOMELESS, ILL], keeper=keeper)
    protect_release([HOMELESS, crossed("ill", 30, 3, 50, 60, 70, 80)], keeper=keeper)
    assert len(keeper.texts) == 3


def test_what_was_published_just_so_changes_nothing() -> None:
    keeper = Written()
    first = protect_release([HOMELESS], keeper=keeper)
    shown = public_table(HOMELESS, withheld_of(first)[HOMELESS.key])
    ledger = Ledger((Edition("2020-r1", {shown.key: shown}),))
    assert protect_release([HOMELESS], ledger, keeper=keeper) == first
    assert len(keeper.texts) == 1
    report = audit_public([shown], keeper=keeper)
    assert audit_public([shown], ledger, keeper=keeper) == report == audit_public([shown], ledger)
    assert len(keeper.texts) == 2


def test_a_row_that_was_shown_and_would_be_withheld_now_is_a_new_case() -> None:
    keeper = Written()
    first = protect_release([HOMELESS], keeper=keeper)
    hidden = withheld_of(first)[HOMELESS.key]
    taken = next(iter(sorted(cell for cell in hidden if HOMELESS.rows[cell] != Numbers(3, None, 3))))
    shown = public_table(HOMELESS, hidden - {taken})
    protect_release([HOMELESS], Ledger((Edition("2020-r1", {shown.key: shown}),)), keeper=keeper)
    assert len(keeper.texts) == 2


@pytest.mark.parametrize(
    ("rule", "groupings"),
    [
        (Rule(threshold=4), Groupings()),
        (Rule(sensitive=frozenset({"homeless"})), Groupings()),
        (Rule(), Groupings(overlapping={"age": frozenset()})),
        (Rule(), Groupings(parents={"district": {"c": ("a", "b")}})),
    ],
)
def test_other_rules_or_codes_are_another_case(rule: Rule, groupings: Groupings) -> None:
    keeper = Written()
    protect_release([HOMELESS], keeper=keeper)
    protect_release([HOMELESS], rule=rule, groupings=groupings, keeper=keeper)
    assert len(keeper.texts) == 2


def test_what_is_declared_of_other_codes_and_other_indicators_does_not_matter() -> None:
    keeper = Written()
    protect_release([HOMELESS], keeper=keeper)
    beside = Groupings(overlapping={"group": frozenset()}, parents={"district": {"wide": ("x", "y")}})
    protect_release([HOMELESS], groupings=beside, keeper=keeper)
    assert len(keeper.texts) == 1


def test_what_cannot_be_read_is_worked_out_again() -> None:
    keeper = InMemory()
    first = protect_release([HOMELESS], keeper=keeper)
    for key in list(keeper._found):
        keeper.put(key, [[["too", "few"]]])
    assert protect_release([HOMELESS], keeper=keeper) == first
