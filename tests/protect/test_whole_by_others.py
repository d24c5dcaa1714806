"""Figures that others published are constants: what they tell protects nobody."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.protect.whole import (
    Cell,
    IndicatorTable,
    Ledger,
    Numbers,
    Outcome,
    Relation,
    audit_public,
    protect_release,
    public_table,
    with_figures_of_others,
    withheld_of,
)

SAME = [Relation("same_count", "homeless", "statistics")]


def row(name: str) -> Cell:
    return (("district", name),)


def table(indicator: str, **districts: int) -> IndicatorTable:
    rows: dict[Cell, Numbers] = {row(name): Numbers(n, None, n) for name, n in districts.items()}
    return IndicatorTable(indicator, "1", "2020", "city", "count", rows)


def town(**districts: int) -> IndicatorTable:
    found = table("homeless", **districts)
    total = sum(districts.values())
    return IndicatorTable(*found.key, "count", {(): Numbers(total, None, total), **found.rows})


def protected(own: IndicatorTable, *others: IndicatorTable) -> frozenset[Cell]:
    ledger, broken = with_figures_of_others(Ledger(), [own], others, SAME)
    assert broken == []
    found = protect_release([own], ledger, relations=SAME)
    assert found.proved
    hidden = withheld_of(found).get(own.key, frozenset())
    public = public_table(own, hidden)
    report = audit_public([public], with_figures_of_others(Ledger(), [public], others, SAME)[0], relations=SAME)
    assert all(each.outcome is not Outcome.FOUND for each in report.rows)
    return hidden


def test_a_district_that_others_published_hides_nothing() -> None:
    own = town(north=3, south=9, west=50, east=70)
    assert protected(own) == {row("north"), row("south")}
    assert protected(own, table("statistics", south=9)) >= {row("north"), row("west")}


def test_a_total_that_others_published_is_as_good_as_ours() -> None:
    """Ours is small and withheld; theirs is the same number, and nothing can be done about it."""
    own = town(north=1, south=2)
    theirs = IndicatorTable("statistics", "1", "2020", "city", "count", {(): Numbers(3, None, 3)})
    assert protected(own) == {(), row("north"), row("south")}
    assert protected(own, theirs) == {(), row("north"), row("south")}


def test_an_empty_row_that_others_published_is_withheld_with_the_rest_of_its_breakdown() -> None:
    """Only the total can hide the single person in c; the empty row b is withheld with it, so a has to be too."""
    own = town(a=0, b=0, c=1, d=4)
    assert protected(own, table("statistics", a=0, d=4)) == {(), row("a"), row("b"), row("c"), row("d")}


def test_what_is_declared_the_same_and_is_not_is_said() -> None:
    own = town(north=3, south=9, west=50)
    theirs = table("statistics", south=11)
    ledger, broken = with_figures_of_others(Ledger(), [own], [theirs], SAME)
    assert [each.code for each in broken] == ["relation_broken"]
    assert ledger == Ledger()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=5), st.data())
def test_no_table_that_agrees_with_both_leaves_a_small_number_found(people: list[int], data: st.DataObject) -> None:
    """The attacker: every table in whole numbers that agrees with ours and with theirs."""
    names = "abcde"[: len(people)]
    own = town(**dict(zip(names, people, strict=True)))
    theirs = data.draw(st.sets(st.sampled_from(names), max_size=2))
    others = [table("statistics", **{name: people[names.index(name)] for name in sorted(theirs)})] if theirs else []
    hidden = protected(own, *others)
    if row(names[0]) in hidden and () in hidden:
        return
    unknown = [name for name in names if row(name) in hidden and name not in theirs]
    rest = sum(people[names.index(name)] for name in unknown)
    for name in unknown:
        number = people[names.index(name)]
        if 0 < number < 5:
            # Beside shown rows nobody withholds an empty one, so each of the others has somebody in it.
            others_at_least = 0 if all(row(each) in hidden for each in names) else len(unknown) - 1
            assert len(unknown) > 1
            assert rest - others_at_least >= 5
