"""Deadlines that have passed, and periods that do not belong to their strategy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check

PLAN = "strategy/plan.yaml"
TARGET = "          - kind: not_known\n            standing: adopted\n"
NOT_SET = "          - kind: not_set\n            standing: adopted\n            to_be_set_by: 2015-05-01\n"
OWED = NOT_SET + "            owed_by: {da: Forvaltningen, en: The administration}\n"
AFTER = date(2015, 5, 2)


@pytest.mark.parametrize(("as_of", "overdue"), [(date(2015, 4, 30), False), (date(2015, 5, 1), False), (AFTER, True)])
def test_a_number_is_overdue_the_day_after_its_date(check: Check, as_of: date, overdue: bool) -> None:
    found = check(swap={PLAN: (TARGET, OWED)}, as_of=as_of)
    assert found.codes == (["number_not_set"] if overdue else [])


def test_an_overdue_number_of_a_strategy_in_force_is_a_problem_with_who_owes_it(check: Check) -> None:
    found = check(swap={PLAN: (TARGET, OWED)}, as_of=AFTER)
    assert found.lines == [
        f"{found.place(PLAN, 'kind: |not_set')} problem: no number is set, though it was due by 2015-05-01. "
        "It is owed by: Forvaltningen."
    ]
    assert found.problems[0].value == "homes_kept"


def test_where_nobody_owes_it_that_is_to_be_said(check: Check) -> None:
    (problem,) = check(swap={PLAN: (TARGET, NOT_SET)}, as_of=AFTER).problems
    assert problem.mend.render("en") == "Say who owes it: 'owed_by'."


def test_who_owes_the_goal_owes_its_number(check: Check) -> None:
    swaps = [(TARGET, NOT_SET), ("unit: percent", "unit: percent\n        owed_by: {da: Centret, en: The centre}")]
    (problem,) = check(swap={PLAN: swaps}, as_of=AFTER).problems
    assert problem.mend.render("en") == "It is owed by: Centret."


ADOPTED = "adopted_on: 2014-01-15"
UNTIL = f"{ADOPTED}\nin_force_until: 2015-05-31"


@pytest.mark.parametrize(
    ("swaps", "as_of", "severity"),
    [
        ([], date(2015, 6, 1), "problem"),
        ([], date(2017, 12, 31), "problem"),
        ([], date(2018, 1, 1), "warning"),
        ([("status: adopted", "status: ended")], date(2015, 6, 1), "problem"),
        ([("status: adopted", "status: ended")], date(2020, 1, 1), "warning"),
        ([("status: adopted", "status: draft"), (f"{ADOPTED}\n", "")], date(2015, 6, 1), "warning"),
        ([(ADOPTED, "adopted_on: 2016-01-15")], date(2015, 6, 1), "warning"),
        ([(ADOPTED, "adopted_on: 2016-01-15")], date(2016, 1, 15), "problem"),
        ([(ADOPTED, "adopted_by: 2014-12-31")], date(2015, 6, 1), "problem"),
        ([(ADOPTED, UNTIL)], AFTER, "problem"),
        ([(ADOPTED, UNTIL)], date(2015, 6, 1), "warning"),
        ([("  to: 2017-12-31\n", "")], date(2040, 1, 1), "problem"),
    ],
)  # fmt: skip
def test_whether_a_missing_number_stops_the_work_depends_on_the_strategy_and_the_day(
    check: Check, swaps: list[tuple[str, str]], as_of: date, severity: str
) -> None:
    (problem,) = check(swap={PLAN: [(TARGET, OWED), *swaps]}, as_of=as_of).problems
    assert (problem.code, str(problem.severity)) == ("number_not_set", severity)


def test_a_number_that_is_set_or_has_no_date_is_not_overdue(check: Check) -> None:
    for target in (TARGET, TARGET.replace("not_known", "not_set"), OWED.replace("not_set", "not_known")):
        assert check(swap={PLAN: (TARGET, target)}, as_of=date(2030, 1, 1)).lines == []


def test_a_way_to_measure_that_is_overdue_is_a_warning(check: Check) -> None:
    swaps = [
        ("state: not_collected", "state: no_method\n        due: 2015-05-01"),
        ("unit: percent", "unit: percent\n        owed_by: {da: Centret, en: The centre}"),
    ]
    assert check(swap={PLAN: swaps}, as_of=date(2015, 5, 1)).lines == []
    found = check(swap={PLAN: swaps}, as_of=AFTER)
    assert found.lines == [
        f"{found.place(PLAN, 'due: |2015-05-01')} warning: a way to measure this was due by 2015-05-01. "
        "It is owed by: Centret."
    ]


@pytest.mark.parametrize(
    ("period", "late"),
    [
        ("2013", False),
        ("2014", False),
        ("2014-Q1", False),
        ("2012..2013", False),
        ("2015", True),
        ("2015-02-06", True),
        ("2015>2016", True),
        ("2015/2016", True),
        ("2014/2015", False),
    ],
)
def test_a_baseline_lies_not_after_the_year_the_strategy_began(check: Check, period: str, late: bool) -> None:
    found = check(swap={PLAN: ("period: 2013", f"period: {period}")})
    place = found.place(PLAN, f"baseline:\n          period: |{period}")
    expected = (
        f"{place} problem: the baseline {period} lies after the start of the strategy, 2014-01-01. "
        "Name a period before the strategy began; leave the baseline out if there is none."
    )
    assert found.lines == ([expected] if late else [])


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        ("2017", False),
        ("2014", False),
        ("2017-12-31", False),
        ("2017-Q4", False),
        ("2017/2018", False),
        ("2018", True),
        ("2018-01-01", True),
        ("2018..2020", True),
        ("2013", True),
        ("2013-12-31", True),
    ],
)
def test_a_target_lies_within_the_years_of_its_strategy(check: Check, period: str, outside: bool) -> None:
    found = check(swap={PLAN: ("            period: 2017", f"            period: {period}")})
    place = found.place(PLAN, f"kind: at_most\n            period: |{period}")
    expected = (
        f"{place} problem: the target is for {period}, "
        "but the strategy runs from 2014-01-01 to 2017-12-31. Correct the period, or the years of the strategy."
    )
    assert found.lines == ([expected] if outside else [])


def test_a_strategy_until_further_notice_has_no_last_year(check: Check) -> None:
    swaps = [("  to: 2017-12-31\n", ""), ("            period: 2017", "            period: 2040")]
    assert check(swap={PLAN: swaps}).lines == []
    (problem,) = check(swap={PLAN: [swaps[0], ("            period: 2017", "            period: 2013")]}).problems
    assert problem.what.render("en") == ("the target is for 2013, but the strategy runs from 2014-01-01 to …")
