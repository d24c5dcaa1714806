"""Numbers that contradict each other beyond the rounding of what is printed, with the arithmetic in the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check

PLAN = "strategy/plan.yaml"
FIGURES = "figures/figures.csv"
MEND = "One of the numbers is wrong: compare them with the printed document."
WITH_FIGURE = "          - kind: at_most\n            period: 2017\n            value: 160\n"
WITHOUT = "        targets:\n          - kind: not_known\n"
KEPT = "More keep their home\n        source: none\n        state: not_collected\n        unit: percent\n"


def check_goal(check: Check, *, unit: str = "persons", direction: str, baseline: str, target: str) -> list[str]:
    """Return what is found, without place, for a goal whose numbers the document prints."""
    old = WITHOUT + "            standing: adopted\n"
    new = f"        baseline: {{period: 2013, value: {baseline}}}\n        targets: [{{{target}, standing: adopted}}]\n"
    swaps = [(KEPT, KEPT.replace("percent", unit)), ("direction: increase", f"direction: {direction}"), (old, new)]
    found = check(swap={PLAN: swaps})
    return [f"[{each.code}] {each.what.render('en')}" for each in found.problems]


@pytest.mark.parametrize(
    ("change", "relative", "direction", "lowest", "highest"),
    [
        (150, "18", "increase", 811, 857),
        (-90, "-17", "decrease", 515, 545),
        (-100, "-24", "decrease", 409, 425),
        (300, "1.4", "increase", 20_690, 22_222),
        (-730, "-5", "decrease", 13_273, 16_222),
    ],
)
def test_a_baseline_within_the_rounding_is_no_contradiction_and_one_beyond_is(
    check: Check, change: int, relative: str, direction: str, lowest: int, highest: int
) -> None:
    target = f"kind: change_and_relative, period: 2017, change: {change}, relative_change: {relative}"
    for baseline in (lowest, (lowest + highest) // 2, highest):
        assert check_goal(check, direction=direction, baseline=str(baseline), target=target) == []
    for baseline in (lowest - 1, highest + 1):
        (line,) = check_goal(check, direction=direction, baseline=str(baseline), target=target)
        assert line.startswith(f"[contradiction] {change} is {relative} % of a baseline between ")
        assert line.endswith(f", but the baseline is {baseline}")


def test_the_arithmetic_is_in_the_words(check: Check) -> None:
    # 150 / 0.185 = 810.81, 150 / 0.175 = 857.14
    target = "kind: change_and_relative, period: 2017, change: 150, relative_change: 18"
    assert check_goal(check, direction="increase", baseline="900", target=target) == [
        "[contradiction] 150 is 18 % of a baseline between 810.8 and 857.2 (150 / 18.5 % and 150 / 17.5 %), "
        "but the baseline is 900"
    ]
    # 90 / 0.175 = 514.29, 90 / 0.165 = 545.45
    target = "kind: change_and_relative, period: 2017, change: -90, relative_change: -17"
    assert check_goal(check, direction="decrease", baseline="500", target=target) == [
        "[contradiction] -90 is -17 % of a baseline between 514.2 and 545.5 (90 / 17.5 % and 90 / 16.5 %), "
        "but the baseline is 500"
    ]


def test_the_place_is_the_relative_change(check: Check) -> None:
    new = "{kind: change_and_relative, period: 2017, change: -40, relative_change: -30, standing: adopted}"
    found = check(swap={PLAN: (WITH_FIGURE + "            standing: adopted\n", f"          - {new}\n")})
    # 40 / 0.305 = 131.15, 40 / 0.295 = 135.59; the figure of 2013 is 200
    assert found.lines == [
        f"{found.place(PLAN, 'relative_change: |-30')} problem: -40 is -30 % of a baseline between 131.1 and 135.6 "
        f"(40 / 30.5 % and 40 / 29.5 %), but the baseline is 200 ({FIGURES}:2). {MEND}"
    ]


@pytest.mark.parametrize(("relative", "fits"), [("-20", True), ("-19", False), ("-20.0", True), ("-20.1", False)])
def test_the_figure_of_the_baselines_period_is_the_baseline_where_none_is_printed(
    check: Check, relative: str, fits: bool
) -> None:
    new = f"{{kind: change_and_relative, period: 2017, change: -40, relative_change: {relative}, standing: adopted}}"
    found = check(swap={PLAN: (WITH_FIGURE + "            standing: adopted\n", f"          - {new}\n")})
    assert found.codes == ([] if fits else ["contradiction"])


@pytest.mark.parametrize(
    "row",
    ["homeless,2013,total,,persons,no_data,city,s,", "homeless,2013,total,200,persons,measured,administration,s,"],
)
def test_a_figure_that_is_missing_or_of_another_scope_is_no_baseline(check: Check, row: str) -> None:
    new = "{kind: change_and_relative, period: 2017, change: -40, relative_change: -30, standing: adopted}"
    swaps = {
        PLAN: (WITH_FIGURE + "            standing: adopted\n", f"          - {new}\n"),
        FIGURES: ("homeless,2013,total,200,persons,measured,city,count of 2013,", row),
    }
    assert check(swap=swaps).codes == []


def test_a_rise_cannot_be_a_fall_in_percent_of_anything(check: Check) -> None:
    target = "kind: change_and_relative, period: 2017, change: 150, relative_change: -18"
    found = check_goal(check, direction="increase", baseline="not_known", target=target)
    assert found == [
        "[contradiction] a change of 150 cannot be -18 % of any baseline",
        "[target_against_direction] the target -18 goes against the goal's direction 'increase'",
    ]


def test_a_change_of_no_percent_needs_a_large_baseline(check: Check) -> None:
    # 5 is less than 0.5 % of anything above 1000
    target = "kind: change_and_relative, period: 2017, change: 5, relative_change: 0"
    assert check_goal(check, direction="increase", baseline="1000", target=target) == []
    assert check_goal(check, direction="increase", baseline="999", target=target) == [
        "[contradiction] 5 is 0 % of a baseline between 1000.0 and ∞ (5 / 0.5 % and 5 / 0 %), but the baseline is 999"
    ]


def test_an_unknown_baseline_contradicts_nothing(check: Check) -> None:
    target = "kind: change_and_relative, period: 2017, change: 480, relative_change: 3"
    assert check_goal(check, direction="increase", baseline="not_known", target=target) == []


def test_a_level_is_the_baseline_and_the_change(check: Check) -> None:
    target = "kind: level, period: 2017, value: 1000, change: 138"
    assert check_goal(check, direction="increase", baseline="862", target=target) == []
    target = "kind: level, period: 2017, value: 1000, change: 140"
    assert check_goal(check, direction="increase", baseline="862", target=target) == [
        "[contradiction] the baseline is 862; with the change 140 it becomes 1002 to 1002, not 1000"
    ]


@pytest.mark.parametrize(("baseline", "fits"), [(858, False), (859, True), (862, True), (865, True), (866, False)])
def test_a_level_is_the_baseline_and_the_relative_change_within_rounding(
    check: Check, baseline: int, fits: bool
) -> None:
    # 1000 / 1.165 = 858.4, 1000 / 1.155 = 865.8
    target = "kind: level, period: 2017, value: 1000, relative_change: 16"
    found = check_goal(check, direction="increase", baseline=str(baseline), target=target)
    assert (
        found == []
        if fits
        else found[0].startswith(f"[contradiction] the baseline is {baseline}; a change of 16 % makes it ")
    )


def test_the_words_of_a_level_show_what_it_would_be(check: Check) -> None:
    # 800 x 1.155 = 924, 800 x 1.165 = 932
    target = "kind: level, period: 2017, value: 1000, relative_change: 16"
    assert check_goal(check, direction="increase", baseline="800", target=target) == [
        "[contradiction] the baseline is 800; a change of 16 % makes it 924.0 to 932.0, not 1000"
    ]


def test_shares_are_rounded_on_both_sides(check: Check) -> None:
    # 47 % may be 46.5 to 47.5, 5 points 4.5 to 5.5: together 51 to 53; 54 may be 53.5 and is out of reach
    target = "kind: level, period: 2017, value: {}, change: 5"
    for level in ("51", "52", "53"):
        found = check_goal(check, unit="percent", direction="increase", baseline="47", target=target.format(level))
        assert found == []
    for level in ("50", "54"):
        found = check_goal(check, unit="percent", direction="increase", baseline="47", target=target.format(level))
        assert found == [f"[contradiction] the baseline is 47; with the change 5 it becomes 51.0 to 53.0, not {level}"]


@pytest.mark.parametrize(
    ("direction", "key", "number", "against"),
    [
        ("increase", "change", "-1", True),
        ("increase", "relative_change", "-0.1", True),
        ("decrease", "change", "1", True),
        ("decrease", "relative_change", "0.1", True),
        ("increase", "change", "1", False),
        ("decrease", "relative_change", "-0.1", False),
        ("increase", "change", "0", False),
    ],
)
def test_a_change_goes_the_goals_way(check: Check, direction: str, key: str, number: str, against: bool) -> None:
    target = f"kind: {key}, period: 2017, {key}: {number}"
    found = check_goal(check, direction=direction, baseline="not_known", target=target)
    expected = f"[target_against_direction] the target {number} goes against the goal's direction '{direction}'"
    assert found == ([expected] if against else [])


def test_a_change_against_the_direction_has_its_place_and_mend(check: Check) -> None:
    new = "{kind: change, period: 2017, change: 40, standing: adopted}"
    found = check(swap={PLAN: (WITH_FIGURE + "            standing: adopted\n", f"          - {new}\n")})
    assert found.lines == [
        f"{found.place(PLAN, 'change: |40')} problem: the target 40 goes against the goal's direction 'decrease'. "
        "Correct the plus or minus, or the direction."
    ]


def test_a_goal_that_is_to_hold_may_change_either_way(check: Check) -> None:
    for change in ("-1", "1"):
        target = f"kind: change, period: 2017, change: {change}"
        assert check_goal(check, direction="hold\n        tolerance: 2", baseline="not_known", target=target) == []


def test_every_version_of_a_target_is_looked_at(check: Check) -> None:
    draft = "{kind: change, period: 2017, change: 5, standing: draft}"
    found = check(swap={PLAN: ("          - kind: at_most", f"          - {draft}\n          - kind: at_most")})
    assert found.codes == ["target_against_direction"]
