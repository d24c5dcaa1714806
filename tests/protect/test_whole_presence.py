"""What rows tell by being there, and how little is withheld whole where nothing else helps."""

from __future__ import annotations

from pejl.protect.whole import (
    Cell,
    Groupings,
    IndicatorTable,
    Numbers,
    Relation,
    audit_public,
    protect_release,
    public_table,
    withheld_of,
)
from pejl.protect.whole.presence import least_by_presence
from pejl.protect.whole.shutting import next_to_shut

HERE, AWAY = ("district", "here"), ("district", "unknown")
YOUNG, OLD = ("age", "18_29"), ("age", "45_64")
WOMEN, MEN = ("sex", "female"), ("sex", "male")


def table(indicator: str, rows: dict[tuple[tuple[str, str], ...], int], period: str = "2023") -> IndicatorTable:
    numbers: dict[Cell, Numbers] = {tuple(sorted(cell)): Numbers(n, None, n) for cell, n in rows.items()}
    return IndicatorTable(indicator, "1", period, "town", "count", numbers)


def town(indicator: str, here: int, period: str = "2023") -> IndicatorTable:
    """Twice `here` women and men of each age in the district; a young and an old man whose district is not known."""
    return table(
        indicator,
        {
            (): 4 * here + 2,
            (HERE,): 4 * here,
            (AWAY,): 2,
            (YOUNG,): 2 * here + 1,
            (OLD,): 2 * here + 1,
            (WOMEN,): 2 * here,
            (MEN,): 2 * here + 2,
            (YOUNG, HERE): 2 * here,
            (OLD, HERE): 2 * here,
            (YOUNG, AWAY): 1,
            (OLD, AWAY): 1,
            (HERE, WOMEN): 2 * here,
            (HERE, MEN): 2 * here,
            (AWAY, MEN): 2,
        },
        period,
    )


def test_two_ages_without_women_are_at_least_two_men() -> None:
    found = town("homeless", 20)
    for cell, least in (((AWAY,), 2), ((AWAY, MEN), 2), ((YOUNG, AWAY), 1), ((HERE,), 2), ((), 4)):
        assert least_by_presence(found, tuple(sorted(cell)), Groupings(), sparse=True) == least
    # If women of unknown district might be there and not be listed, all of them could be one person of each age.
    assert least_by_presence(found, tuple(sorted((AWAY, MEN))), Groupings(), sparse=False) == 1


def test_what_rows_give_away_by_being_there_does_not_cost_the_rest_of_linked_tables() -> None:
    """That there are two men cannot be helped; the tables were withheld whole for it, with all that tells on them."""
    relations = [Relation("part_of", "homeless", "poor"), Relation("part_of", "poor", "people")]
    tables = [town("homeless", 20), town("poor", 30), table("people", {(): 900, (HERE,): 700, (AWAY,): 200})]
    found = protect_release(tables, relations=relations)
    assert found.proved
    hidden = withheld_of(found)
    assert {each.indicator: len(hidden.get(each.key, ())) for each in tables} == {"homeless": 8, "poor": 8, "people": 0}
    assert all(() not in cells for cells in hidden.values())
    public = [public_table(each, hidden.get(each.key, frozenset())) for each in tables]
    assert audit_public(public, relations=relations).proved


def test_breakdowns_by_two_go_first_and_only_of_tables_that_tell_on_the_one_that_fails() -> None:
    relations = [Relation("part_of", "homeless", "people"), Relation("part_of", "poor", "people")]
    failing, people, poor = town("homeless", 20), town("people", 50), town("poor", 30)
    other_year = town("people", 50, "2022")
    tables = [failing, people, poor, other_year]
    shut: list[tuple[tuple[str, str, str, str], int]] = []
    order = []
    while more := next_to_shut(tables, {failing.key}, relations, shut):
        shut += more
        order.append([(key[0], key[2], ways) for key, ways in more])
    assert order == [
        [("homeless", "2023", 2)],
        [("people", "2023", 2)],
        [("homeless", "2023", 0)],
        [("people", "2023", 0)],
        [("people", "2022", 0)],
    ]
    assert next_to_shut(tables, (), relations, ()) == []
