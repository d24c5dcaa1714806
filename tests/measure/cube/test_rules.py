"""Rows that break the contract stop one indicator, with a reason that holds no value of any row."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.measure.cube.worlds import VISITS, World, day, indicator, only

YEAR = "JOIN calendar_years y ON v.day BETWEEN y.first_day AND y.last_day"
GOOD = f"SELECT v.visit_id, v.person, y.period, v.good AS numerator, 1 AS denominator FROM visits v {YEAR}"
SETS: dict[str, object] = {"sets": [{"by": ["kind"]}]}
CASES: dict[str, tuple[str, dict[str, object], str]] = {
    "row_not_unique": ("share", {"row": ["person", "period"]}, GOOD.replace("v.visit_id, ", "")),
    "row_without_period": ("share", {}, GOOD.replace("y.period", "CASE WHEN v.good = 0 THEN y.period END AS period")),
    "row_without_numerator": ("share", {}, GOOD.replace("v.good", "CASE WHEN v.good = 0 THEN 1 END")),
    "numerator_negative": ("share", {}, GOOD.replace("v.good", "v.good - 1")),
    "row_without_denominator": ("share", {}, GOOD.replace("1 AS", "CASE WHEN v.good = 0 THEN 1 END AS")),
    "denominator_negative": ("ratio", {}, GOOD.replace("1 AS", "v.good - 1 AS")),
    "numerator_above_denominator": ("share", {}, GOOD.replace("v.good", "v.good + 1")),
    "numerator_not_whole": ("count", {}, GOOD.replace("v.good", "v.hours").replace(", 1 AS denominator", "")),
    "undeclared_code": ("share", SETS, GOOD.replace("y.period", "y.period, 'zebra' AS kind")),
}


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("code", CASES)
def test_the_reason_is_clear_and_the_others_are_counted(code: str, parts: int, tmp_path: Path) -> None:
    kind, counting, sql = CASES[code]
    good = (indicator("good", "share", {"row": ["visit_id"]}), GOOD)
    world = World({"bad": (indicator("bad", kind, {"row": ["visit_id"], **counting}), sql), "good": good})
    rows = [(number, number // 2, day("2020-05-05"), "x", 0.5, number % 2) for number in range(5)]
    world.tables = {"visits": VISITS.with_rows(rows)}
    counted = world.count(tmp_path, parts=parts)
    only(counted["good"])
    assert (counted["bad"].code, counted["bad"].cells) == (code, ())
    assert counted["bad"].reason is not None
    assert "zebra" not in counted["bad"].reason.render("en")
    assert counted["bad"].reason.render("en")


def test_a_reason_says_how_many_rows_in_all_parts(tmp_path: Path) -> None:
    sql = GOOD.replace("v.good", "v.good + 1").replace("v.visit_id, ", "").replace("v.person", "v.visit_id AS person")
    for parts in (1, 2, 4):
        world = World({"bad": (indicator("bad", "share", {}), sql)}, known_keys=parts != 2)
        rows = [(number, number, day("2020-05-05"), "x", 0.5, 1) for number in range(6)]
        world.tables = {"visits": VISITS.with_rows(rows)}
        reason = world.count(tmp_path / str(parts), parts=parts)["bad"].reason
        assert reason is not None
        assert reason.render("en") == "a numerator is larger than its denominator (rows: 6)"
