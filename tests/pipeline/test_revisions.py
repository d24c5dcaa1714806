"""A revision that changes a whole table by two dimensions: it is always published somehow, and uncovers nothing."""

from __future__ import annotations

from itertools import product

import pytest

from pejl.pipeline.proving import Rules, prove
from pejl.protect.whole import (
    Cell,
    Edition,
    Groupings,
    IndicatorTable,
    InMemory,
    Ledger,
    Numbers,
    Rule,
    audit_public,
    public_table,
    withheld_of,
)

RULES = Rules(Rule(), [], Groupings(), {}, 1.0, False, 1, InMemory())
PLACES = list(product("abc", ("old", "young")))


def crossed(*people: int) -> IndicatorTable:
    """Three districts by two ages."""
    rows: dict[Cell, int] = {}
    for (name, years), number in zip(PLACES, people, strict=True):
        district, age = ("district", name), ("age", years)
        for cell in ((), (district,), (age,), (age, district)):
            rows[cell] = rows.get(cell, 0) + number
    numbers = {cell: Numbers(number, None, number) for cell, number in rows.items()}
    return IndicatorTable("homeless", "1", "2020", "city", "count", numbers)


def published(table: IndicatorTable, ledger: Ledger) -> tuple[IndicatorTable, list[str]]:
    proved = prove([table], ledger, (), RULES)
    assert proved.protection.proved
    assert proved.found() == []
    assert all(finding.mend.render("en") and not finding.stops for finding in proved.findings)
    hidden = withheld_of(proved.protection).get(table.key, frozenset())
    return public_table(table, hidden), [finding.code for finding in proved.findings]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((3, 0, 50, 6, 4, 80), (5, 2, 47, 8, 3, 82)),  # a row with nobody in it has two now
        ((2, 9, 0, 12, 31, 1), (4, 7, 3, 10, 33, 0)),  # and the other way round
        ((0, 3, 20, 0, 7, 5), (2, 0, 22, 3, 6, 4)),
        ((4, 4, 4, 4, 4, 4), (6, 6, 6, 6, 6, 6)),
        ((40, 3, 5, 60, 9, 12), (38, 6, 7, 55, 3, 14)),
    ],
)
def test_a_revised_table_finds_a_pattern(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    shown, _ = published(crossed(*before), Ledger())
    ledger = Ledger((Edition("2020-r1", {shown.key: shown}),))
    now, _ = published(crossed(*after), ledger)
    assert now.rows[()] == Numbers(sum(after), None, sum(after)) or sum(after) < 30
    assert audit_public([now], ledger).proved


def test_where_all_that_changed_is_withheld_who_believes_the_old_numbers_is_not_told_more() -> None:
    """The total is what it was, so nobody sees that the table was revised; 10 in b is believed, and is 11 now."""
    shown, _ = published(crossed(4, 1, 8, 2, 6, 3), Ledger())
    ledger = Ledger((Edition("2020-r1", {shown.key: shown}),))
    now, codes = published(crossed(2, 3, 7, 4, 8, 0), ledger)
    assert "revision_misleads" in codes
    assert set(now.rows.values()) == {None}


def test_a_revision_that_would_uncover_an_earlier_number_is_found_with_a_suggestion() -> None:
    """In 2020 three and nine were withheld. The three are six now: who knows the nine would have found the three."""
    rows: dict[Cell, Numbers] = {(): Numbers(62, None, 62)}
    rows |= {(("district", name),): Numbers(n, None, n) for name, n in {"north": 3, "south": 9, "west": 50}.items()}
    before = IndicatorTable("homeless", "1", "2020", "city", "count", rows)
    shown, _ = published(before, Ledger())
    rows |= {(): Numbers(65, None, 65), (("district", "north"),): Numbers(6, None, 6)}
    after = IndicatorTable("homeless", "1", "2020", "city", "count", rows)
    proved = prove([after], Ledger((Edition("2020-r1", {shown.key: shown}),)), (), RULES)
    (finding,) = [each for each in proved.findings if each.code == "uncovers_earlier"]
    assert "withheld" in finding.mend.render("en")
    assert len(withheld_of(proved.protection)[after.key]) >= 2
