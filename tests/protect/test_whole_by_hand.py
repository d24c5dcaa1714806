"""A whole release against a stranger: the classic ways of recomputing a withheld number, each by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pejl.measure.intervals import wilson_interval
from pejl.protect.whole import (
    AuditReport,
    Cell,
    Edition,
    Groupings,
    IndicatorTable,
    Ledger,
    Numbers,
    Outcome,
    Relation,
    Rule,
    audit_public,
    internal_csv,
    protect_release,
    public_record,
    public_table,
    withheld_of,
)
from pejl.protect.whole.given_away import numerator_and_base

Told = dict[str, int | tuple[int, int] | None]


def numbers(told: int | tuple[int, int] | None) -> Numbers | None:
    if told is None:
        return None
    return Numbers(told, None, told) if isinstance(told, int) else Numbers(told[0], told[1], told[1])


def table(rows: Told, *, indicator: str = "helped", period: str = "2020", kind: str = "") -> IndicatorTable:
    """A table by district; a code `a:x` has a sex too, and `:x` only that."""
    cells = {}
    for code, told in rows.items():
        district, _, sex = code.partition(":")
        pairs = [("district", district)] if district and district != "total" else []
        cells[(*pairs, *([("sex", sex)] if sex else []))] = numbers(told)
    found = kind or ("share" if any(isinstance(told, tuple) for told in rows.values()) else "count")
    return IndicatorTable(indicator, "1", period, "city", found, cells)


def limits(report: AuditReport) -> dict[str, tuple[float, float]]:
    return {
        f"{row.key[0]} {'/'.join(code for _, code in row.cell) or 'total'} {row.measure}": (row.low, row.high)
        for row in report.rows
    }


def outcomes(report: AuditReport) -> dict[str, str]:
    return {"/".join(code for _, code in row.cell) + f" {row.measure}": str(row.outcome) for row in report.rows}


def withheld(protected: frozenset[tuple[tuple[str, str, str, str], tuple[tuple[str, str], ...]]]) -> set[str]:
    return {f"{key[0]} {key[2]} {'/'.join(code for _, code in cell) or 'total'}" for key, cell in protected}


def test_a_single_withheld_row_is_found_by_subtraction() -> None:
    report = audit_public([table({"total": 43, "a": None, "b": 40})])
    assert limits(report) == {"helped a numerator": (3, 3)}
    assert not report.proved


def test_two_withheld_rows_hide_each_other_up_to_their_sum_less_one() -> None:
    # 60 - 40 = 20, and neither is empty: 1 to 19
    report = audit_public([table({"total": 60, "a": None, "b": 40, "c": None})])
    assert limits(report) == {"helped a numerator": (1, 19), "helped c numerator": (1, 19)}
    assert report.proved


def test_two_withheld_rows_whose_sum_is_small_are_both_known_to_be_small() -> None:
    report = audit_public([table({"total": 44, "a": None, "b": 40, "c": None})])
    assert limits(report) == {"helped a numerator": (1, 3), "helped c numerator": (1, 3)}
    assert not report.proved


def test_two_withheld_rows_of_a_share_are_bounded_number_by_number() -> None:
    # 30 of 60 in all, 22 of 45 shown: 8 with, 7 without, 15 in all are left; both bases are at least 1
    report = audit_public([table({"total": (30, 60), "a": None, "b": (22, 45), "c": None})])
    assert limits(report) == {
        f"helped {code} {name}": limit
        for code in "ac"
        for name, limit in (("numerator", (0, 8)), ("complement", (0, 7)), ("denominator", (1, 14)))
    }
    assert report.proved


def test_two_withheld_rows_of_a_share_do_not_hide_that_nearly_everybody_has_the_trait() -> None:
    report = audit_public([table({"total": (40, 60), "a": None, "b": (22, 40), "c": None})])
    assert outcomes(report)["a complement"] == "found"  # 2 without in both together


def test_a_base_that_another_indicator_shows_bounds_the_share() -> None:
    share = table({"total": (40, 75), "a": (1, 6), "b": (9, 9), "c": (30, 60)}, indicator="ill")
    base = table({"total": 75, "a": 6, "b": 9, "c": 60}, indicator="citizens")
    relation = Relation("base_is", "ill", "citizens")
    alone = protect_release([share, base])
    assert withheld(alone.withheld) == {"ill 2020 a", "ill 2020 b"}
    # 10 in both together and 9 at most in b: at least 1 in a, who is that one
    report = audit_public(
        [public_table(share, {(("district", "a"),), (("district", "b"),)}), base], None, None, [relation]
    )
    assert limits(report)["ill a numerator"] == (1, 6)
    both = protect_release([share, base], relations=[relation])
    assert withheld(both.withheld) == {"ill 2020 a", "ill 2020 b", "ill 2020 c"}
    assert both.proved


def test_a_part_is_at_most_its_whole() -> None:
    part = table({"total": 60, "a": 3, "b": 20, "c": 37}, indicator="young")
    whole = table({"total": 90, "a": 30, "b": 20, "c": 40}, indicator="all")
    relation = Relation("part_of", "young", "all")
    assert withheld(protect_release([part, whole]).withheld) == {"young 2020 a", "young 2020 b"}
    # 23 in both, 20 at most in b: a would be at least 3, which it is; a third row has to go
    both = protect_release([part, whole], relations=[relation])
    assert withheld(both.withheld) == {"young 2020 a", "young 2020 b", "young 2020 c"}
    assert both.proved


def test_two_shares_of_the_same_base_give_each_others_base_away() -> None:
    first = table({"total": (30, 60), "a": None, "b": None, "c": (20, 40)}, indicator="free")
    second = table({"total": (30, 60), "a": (5, 12), "b": (4, 8), "c": (21, 40)}, indicator="less")
    report = audit_public([first, second], None, None, [Relation("same_base", "free", "less")])
    assert limits(report)["free a denominator"] == (12, 12)
    # 10 with in both together, 8 at most in b
    assert limits(report)["free a numerator"] == (2, 10)


def test_what_is_declared_and_is_not_true_is_said_and_not_used() -> None:
    part = table({"total": 60, "a": 23, "b": 37}, indicator="young")
    whole = table({"total": 50, "a": 20, "b": 30}, indicator="all")
    found = protect_release([part, whole], relations=[Relation("part_of", "young", "all")])
    assert [each.code for each in found.findings] == ["relation_broken"]
    assert found.proved


@pytest.mark.parametrize(("value", "count", "base"), [(20.0, 4, 20), (95.625, 153, 160), (0.0, 0, 12), (100.0, 7, 7)])
def test_an_interval_gives_numerator_and_base_away(value: float, count: int, base: int) -> None:
    low, high = (100 * float(f"{end:.14g}") for end in wilson_interval(count / base, base))
    assert numerator_and_base("share", value, low, high, "wilson") == (count, base)


def test_a_share_with_its_base_gives_the_numerator_away_rounded_or_not() -> None:
    assert numerator_and_base("share", 95.625, None, None, None, None, 160) == (153, 160)
    assert numerator_and_base("share", 95.6, None, None, None, None, 160) == (None, 160)


def test_a_share_and_its_interval_shown_uncover_the_row_beside_them() -> None:
    low, high = wilson_interval(0.2, 20)
    row = Numbers(*numerator_and_base("share", 20.0, 100 * low, 100 * high, "wilson"))
    shown = {(): Numbers(7, 26, 26), (("district", "a"),): None, (("district", "b"),): row}
    report = audit_public([IndicatorTable("ill", "1", "2020", "city", "share", shown)])
    assert limits(report)["ill a numerator"] == (3, 3)
    assert limits(report)["ill a denominator"] == (6, 6)


def test_last_years_stock_uncovers_a_transition_of_this_year() -> None:
    stock = IndicatorTable(
        "level",
        "1",
        "2019",
        "city",
        "count",
        {(): Numbers(31), (("at", "x"),): Numbers(8), (("at", "y"),): Numbers(23)},
    )
    moves = {
        (): Numbers(31),
        (("from", "x"), ("to", "x")): None,
        (("from", "x"), ("to", "y")): Numbers(5),
        (("from", "y"), ("to", "x")): None,
        (("from", "y"), ("to", "y")): Numbers(12),
    }
    transition = IndicatorTable("moves", "1", "2019>2020", "city", "transition", moves)
    # 31 - 17 = 14 in both withheld: 1 to 13
    apart = audit_public([stock, transition])
    assert set(limits(apart).values()) == {(1, 13)}
    assert apart.proved
    declared = Relation("from_stock", "moves", "level", "from", "at")
    together = audit_public([stock, transition], None, None, [declared])
    assert limits(together) == {"moves x/x numerator": (3, 3), "moves y/x numerator": (11, 11)}
    # Where some moved away the stock is only an upper limit: 8 - 5 = 3, so 14 - 3 = 11 or more in the other
    more = replace(stock, rows={(): Numbers(38), (("at", "x"),): Numbers(8), (("at", "y"),): Numbers(30)})
    some = audit_public([more, transition], None, None, [replace(declared, at_most=True)])
    assert limits(some) == {"moves x/x numerator": (1, 3), "moves y/x numerator": (11, 13)}


def test_tables_of_the_same_people_by_other_dimensions_say_nothing_of_each_other() -> None:
    report = audit_public([table({"total": 60, "a": None, "b": 40, "c": None, ":f": 20, ":m": 40})])
    assert limits(report) == {"helped a numerator": (1, 19), "helped c numerator": (1, 19)}


def test_a_two_way_table_published_too_uncovers_a_row() -> None:
    one_way: Told = {"total": 60, "a": None, "b": 40, "c": None, ":f": 20, ":m": 40}
    assert audit_public([table(one_way)]).proved
    more: Told = {"a:f": 1, "a:m": 2, "b:f": 18, "b:m": 22, "c:f": 1, "c:m": 16}
    report = audit_public([table({**one_way, **more})])
    assert limits(report) == {"helped a numerator": (3, 3), "helped c numerator": (17, 17)}


def test_sdctables_table_of_four_by_four_with_one_cell_that_two_per_line_do_not_protect() -> None:
    inner = {
        "w": {"a": 30, "b": 47, "c": 64, "d": 89},
        "x": {"a": 90, "b": 124, "c": 5, "d": 31},
        "y": {"a": 92, "b": 100, "c": 59, "d": 85},
        "z": {"a": 800, "b": 991, "c": 651, "d": 685},
    }
    rows: Told = {f"{row}:{column}": n for row, cells in inner.items() for column, n in cells.items()}
    rows |= {row: sum(cells.values()) for row, cells in inner.items()}
    rows |= {f":{column}": sum(cells[column] for cells in inner.values()) for column in "abcd"}
    rows["total"] = sum(map(sum, (cells.values() for cells in inner.values())))
    hidden = ["w:a", "w:b", "w:c", "x:a", "x:c", "y:b", "y:d", "z:b", "z:d"]
    before = audit_public([table({**rows, **dict.fromkeys(hidden)})])
    assert limits(before)["helped w/b numerator"] == (47, 47)
    assert not before.proved
    after = audit_public([table({**rows, **dict.fromkeys([*hidden, "x:b"])})])
    assert limits(after)["helped w/b numerator"] == (1, 139)  # 141 in the three, none empty
    assert after.proved


def test_two_groupings_of_the_same_districts_uncover_what_neither_does_alone() -> None:
    # the linked tables of sdcTable's own tests: A to J are county c1, all but L and M are small
    counts = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
    parents = {"c1": tuple("ABIJ"), "c2": tuple("KLMN"), "small": tuple("ABIJKN"), "BIG": tuple("LM")}
    rows: Told = {
        **counts,
        "total": 36,
        **{name: sum(counts[code] for code in codes) for name, codes in parents.items()},
    }
    rule, groupings = Rule(4), Groupings(parents={"district": parents})
    five = dict.fromkeys("ABKLM")
    alone = {name: parents[name] for name in ("c1", "c2")}
    one = {code: told for code, told in {**rows, **five}.items() if code not in ("small", "BIG")}
    apart = audit_public([table(one)], None, rule, (), Groupings(parents={"district": alone}))
    assert limits(apart)["helped K numerator"] == (1, 7)  # 16 - 7 = 9 with L and M
    linked = audit_public([table({**rows, **five})], None, rule, (), groupings)
    assert limits(linked)["helped K numerator"] == (3, 3)
    six = audit_public([table({**rows, **five, "N": None})], None, rule, (), groupings)
    assert limits(six)["helped K numerator"] == (1, 9)  # 30 - 20 = 10 with N


def test_groups_that_overlap_are_sums_of_combinations() -> None:
    groups: Told = {"young": 30, "ill": 25, "both_not": None}
    rows: dict[Cell, Numbers | None] = {(("group", code),): numbers(told) for code, told in groups.items()}
    rows[()] = Numbers(50)
    found = audit_public(
        [IndicatorTable("helped", "1", "2020", "city", "count", rows)],
        groupings=Groupings(overlapping={"group": frozenset({"both_not"})}),
    )
    # 50 less at most 30 + 25, but nobody is in more than all; so 0 to 50 - 30; known not to be empty
    assert limits(found) == {"helped both_not numerator": (1, 20)}


# What was shown stays known


def published(release: str, *tables: IndicatorTable) -> Edition:
    return Edition(release, {each.key: each for each in tables})


def test_a_row_shown_before_hides_nothing() -> None:
    before = table({"total": 62, "a": None, "b": 9, "c": None})
    now = table({"total": 62, "a": 3, "b": 9, "c": 50})
    without = protect_release([now])
    assert withheld(without.withheld) == {"helped 2020 a", "helped 2020 b"}
    found = protect_release([now], Ledger((published("r1", before),)))
    assert withheld(found.withheld) == {"helped 2020 a", "helped 2020 c"}
    assert found.proved


def test_the_stranger_knows_it_too() -> None:
    now = table({"total": 62, "a": None, "b": None, "c": 50})
    report = audit_public([now], Ledger((published("r1", table({"total": 62, "a": None, "b": 9, "c": None})),)))
    assert outcomes(report) == {"a numerator": "found", "b numerator": "known"}
    assert not report.proved


def test_a_revision_that_uncovers_an_earlier_row_is_found_with_what_to_withhold() -> None:
    before = table({"total": 62, "a": None, "b": None, "c": 50})  # 3 and 9
    now = table({"total": 65, "a": 6, "b": 9, "c": 50})  # b is what it was: a was 62 - 50 - 9
    ledger = Ledger((published("r1", before),))
    found = protect_release([now], ledger)
    # b for the sake of the earlier a, and a so that b is not found by subtraction
    assert withheld(found.withheld) == {"helped 2020 a", "helped 2020 b"}
    assert found.proved
    finding = found.findings[0]
    assert finding.code == "uncovers_earlier"
    assert not finding.stops
    assert finding.what.render("en") == (
        "'helped', 2020: the new numbers would show how few are in 'district=a', which r1 withheld"
    )
    assert finding.mend.render("en") == "The row 'district=b' is withheld too."
    careless = audit_public([now], ledger)
    assert [(row.low, row.high, row.outcome, row.release) for row in careless.rows] == [(3, 3, Outcome.FOUND, "r1")]


def test_a_row_shown_before_a_revision_and_true_still_is_known() -> None:
    before = table({"total": 65, "a": 6, "b": 9, "c": 50})
    now = table({"total": 62, "a": 3, "b": 9, "c": 50})
    found = protect_release([now], Ledger((published("r1", before),)))
    # every other row is known from r1; only without the total can a not be reckoned out
    assert withheld(found.withheld) == {f"helped 2020 {code}" for code in ("a", "b", "c", "total")}
    assert found.proved


def test_a_withdrawn_row_is_never_shown_again_and_protects_nobody() -> None:
    shown = table({"total": 62, "a": 12, "b": 9, "c": 41})
    cell = (("district", "b"),)
    ledger = Ledger((published("r1", shown),), frozenset({(shown.key, cell)}))
    found = protect_release([shown], ledger)
    assert withheld(found.withheld) == {"helped 2020 b"}
    assert [(check.interval.known, check.holds) for check in found.checks] == [(True, True)]


def test_the_same_table_in_every_release_changes_nothing() -> None:
    full = table({"total": 62, "a": 3, "b": 9, "c": 50})
    first = protect_release([full])
    shown = public_table(full, withheld_of(first)[full.key])
    ledger = Ledger(tuple(published(f"r{number}", shown) for number in range(1, 4)))
    again = protect_release([full], ledger)
    assert again.withheld == first.withheld
    assert again.proved


def test_nobody_and_everybody_are_withheld_where_the_trait_is_sensitive() -> None:
    full = table({"total": (30, 90), "a": (0, 20), "b": (10, 30), "c": (20, 40)})
    assert protect_release([full]).withheld == frozenset()
    found = protect_release([full], rule=Rule(5, frozenset({"helped"})))
    assert withheld(found.withheld) == {"helped 2020 a", "helped 2020 b"}
    assert found.proved


def test_people_left_out_are_a_row_that_nobody_shows() -> None:
    # 60 - 57 = 3 have no district: 2 and a row beside them
    full = table({"total": 60, "a": 20, "b": 9, "c": 28})
    found = protect_release([replace(full, leaves_out=True)])
    assert withheld(found.withheld) == {"helped 2020 b"}
    assert found.proved


def test_rows_that_do_not_add_up_stop_the_release() -> None:
    full = table({"total": 60, "a": 3, "b": 9, "c": 68})
    found = protect_release([full])
    assert [each.code for each in found.findings if each.stops] == ["not_additive"]
    assert not found.proved


def test_what_is_written_for_everybody_does_not_tell_what_was_required() -> None:
    full = table({"total": 62, "a": 3, "b": 9, "c": 50})
    found = protect_release([full])
    assert internal_csv(found).decode().splitlines() == [
        "indicator,version,period,scope,cell,number,low,high,required_low,required_high,known,holds",
        "helped,1,2020,city,district=a,numerator,1,11,2,5,false,true",
        "helped,1,2020,city,district=b,numerator,1,11,,,false,true",
    ]
    told = public_record(audit_public([public_table(full, withheld_of(found)[full.key])]))
    assert [(each["low"], each["high"], each["outcome"]) for each in told["numbers"]] == [(1, 11, "holds")] * 2
    assert "required" not in str(told)
