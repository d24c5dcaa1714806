"""Relations lead back in time, never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Check, WriteStrategy

MORE = "vocabulary/more.yaml"
MEND = "Remove one of them; relations lead to what came before."


@pytest.mark.parametrize(
    ("first", "second"),
    [("elaborates", "elaborates"), ("replaces", "elaborates"), ("draft_of", "replaces")],
)
def test_two_strategies_do_not_follow_each_other(
    check: Check, strategy: WriteStrategy, first: str, second: str
) -> None:
    found = check(
        {
            "strategy/a.yaml": strategy("a", more=f"{first}: [{{strategy: b}}]"),
            "strategy/b.yaml": strategy("b", more=f"{second}: [{{strategy: a}}]"),
        }
    )
    place = found.place("strategy/b.yaml", "strategy: |a}")
    assert found.lines == [f"{place} problem: the relations run in a circle: a → b → a. {MEND}"]


def test_a_strategy_does_not_follow_itself(check: Check, strategy: WriteStrategy) -> None:
    found = check({"strategy/a.yaml": strategy("a", more="replaces: [{strategy: a}]")})
    place = found.place("strategy/a.yaml", "strategy: |a}")
    assert found.lines == [f"{place} problem: the relations run in a circle: a → a. {MEND}"]


def test_two_ways_back_to_one_strategy_are_no_circle(check: Check, strategy: WriteStrategy) -> None:
    found = check(
        {
            "strategy/a.yaml": strategy("a", more="replaces: [{strategy: b}, {strategy: c}]"),
            "strategy/b.yaml": strategy("b", more="elaborates: [{strategy: plan}]"),
            "strategy/c.yaml": strategy("c", more="replaces: [{strategy: plan}]\nelaborates: [{strategy: b}]"),
        }
    )
    assert found.lines == []


@pytest.mark.parametrize("key", ["continues", "rewords", "replaces"])
def test_goals_do_not_come_from_each_other(check: Check, strategy: WriteStrategy, key: str) -> None:
    goals = [("one", f"{key}: [three]"), ("two", "rewords: [one]"), ("three", "rewords: [homes_kept, two]")]
    found = check({"strategy/a.yaml": strategy("a", *goals)})
    circles = [line for line in found.lines if "circle" in line]
    place = found.place("strategy/a.yaml", "rewords: [|one]")
    assert circles == [f"{place} problem: the relations run in a circle: one → three → two → one. {MEND}"]


def test_each_circle_is_reported_once(check: Check, strategy: WriteStrategy) -> None:
    goals = [("a", "rewords: [b]"), ("b", "rewords: [a]"), ("c", "rewords: [d, a]"), ("d", "rewords: [c, b]")]
    found = check({"strategy/a.yaml": strategy("s", *goals)})
    assert [each.what.render("en").split(": ")[1] for each in found.problems] == ["a → b → a", "c → d → c"]


def test_scopes_do_not_lie_within_each_other(check: Check) -> None:
    found = check(
        swap={"vocabulary/words.yaml": ("      - whole city", "      - whole city\n    within: administration")}
    )
    place = found.place("vocabulary/words.yaml", "within: |city")
    assert found.lines == [f"{place} problem: the relations run in a circle: city → administration → city. {MEND}"]


def test_codes_are_not_above_each_other(check: Check) -> None:
    more = """\
dimensions:
  - id: area
    title: {da: Område, en: Area}
    codes:
      - {code: a, label: {da: A, en: A}, parent: c}
      - {code: b, label: {da: B, en: B}, parent: a}
      - {code: c, label: {da: C, en: C}, parent: b}
      - {code: d, label: {da: D, en: D}, parent: c}
"""
    found = check({MORE: more})
    assert found.lines == [
        f"{found.place(MORE, 'parent: |a')} problem: the relations run in a circle: a → c → b → a. {MEND}"
    ]


def test_a_chain_of_three_thousand_goals_is_followed_to_its_end(check: Check, strategy: WriteStrategy) -> None:
    length = 3000
    goals = [(f"g{number}", f"rewords: [g{(number + 1) % length}]") for number in range(length)]
    text = strategy("a", *goals)
    (problem,) = check({"strategy/a.yaml": text}).problems
    assert (problem.code, problem.location.line) == ("circle", text.count("\n"))
    assert problem.what.render("en").startswith("the relations run in a circle: g0 → g1 → g2 → ")
    assert problem.what.render("en").endswith(" → g2998 → g2999 → g0")
    straight = text.replace("rewords: [g0]", "weight: 1")
    assert check({"strategy/a.yaml": straight}).lines == []


def test_a_goal_that_continues_another_has_its_words(check: Check, strategy: WriteStrategy) -> None:
    found = check({"strategy/a.yaml": strategy("a", ("other_words", "continues: [homes_kept]"))})
    place = found.place("strategy/a.yaml", "continues: [|homes_kept")
    assert found.lines == [
        f"{place} problem: 'homes_kept' has other words than this goal. "
        "Name it under 'rewords', or under 'replaces' if it is another goal."
    ]
    same = strategy("a", ("x", "continues: [homes_kept]")).replace(
        "{da: x, en: x}", "{da: Flere beholder deres bolig, en: E}"
    )
    assert check({"strategy/a.yaml": same}).lines == []


def test_words_that_are_ours_need_not_be_the_same(check: Check, strategy: WriteStrategy) -> None:
    goal = ("other_words", "continues: [homes_kept], wording: ours")
    assert check({"strategy/a.yaml": strategy("a", goal)}).lines == []
