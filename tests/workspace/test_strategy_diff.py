"""Two strategies side by side: what became of every goal, by the links the goals declare."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pejl.workspace.loading import load_workspace
from pejl.workspace.strategy_diff import Change, ChangeKind, diff_strategies

if TYPE_CHECKING:
    from tests.conftest import MakeWorkspace
    from tests.workspace.conftest import WriteStrategy

Row = tuple[str, list[str], list[str]]
Compare = Callable[[str, str], list[Change]]


@pytest.fixture
def compare(make_workspace: MakeWorkspace) -> Compare:
    def run(old: str, new: str) -> list[Change]:
        workspace, problems = load_workspace(make_workspace({"strategy/o.yaml": old, "strategy/n.yaml": new}))
        assert problems.sorted() == ()
        strategies = workspace.strategies_by_id
        return diff_strategies(strategies["old"], strategies["new"])

    return run


def rows(changes: list[Change]) -> list[Row]:
    return [(str(each.kind), [goal.id for goal in each.old], [goal.id for goal in each.new]) for each in changes]


def titled(text: str, **titles: str) -> str:
    for goal, title in titles.items():
        text = text.replace(f"{{da: {goal}, en: {goal}}}", f'{{da: "{title}", en: E}}')
    return text


def test_each_goal_has_one_fate_and_the_fates_come_in_order(compare: Compare, strategy: WriteStrategy) -> None:
    old = strategy("old", *((name, "population: residents") for name in ("kept", "worded", "moved", "split", "gone")))
    new = strategy(
        "new",
        ("fresh", ""),
        ("half_one", "replaces: [split]"),
        ("kept_on", "population: residents, continues: [kept]"),
        ("half_two", "replaces: [split]"),
        ("moved_on", "rewords: [moved]"),
        ("worded_on", "population: residents, rewords: [worded]"),
    )
    assert rows(compare(old, titled(new, kept_on="kept"))) == [
        ("unchanged", ["kept"], ["kept_on"]),
        ("reworded", ["worded"], ["worded_on"]),
        ("changed_population", ["moved"], ["moved_on"]),
        ("replaced", ["split"], ["half_one", "half_two"]),
        ("new", [], ["fresh"]),
        ("ended", ["gone"], []),
    ]


@pytest.mark.parametrize("title", ["Flere bor selv", "flere  bor selv.", "FLERE BOR SELV"])
def test_a_full_stop_spaces_and_capitals_are_no_other_words(
    compare: Compare, strategy: WriteStrategy, title: str
) -> None:
    old = titled(strategy("old", ("one", "")), one="Flere bor selv")
    new = titled(strategy("new", ("two", "rewords: [one]")), two=title)
    assert rows(compare(old, new)) == [("unchanged", ["one"], ["two"])]


def test_one_other_word_is_another_wording(compare: Compare, strategy: WriteStrategy) -> None:
    old = titled(strategy("old", ("one", "")), one="Flere har en god livskvalitet")
    new = titled(strategy("new", ("two", "rewords: [one]")), two="Flere oplever at have en god livskvalitet")
    assert rows(compare(old, new)) == [("reworded", ["one"], ["two"])]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("{kind: direction, standing: draft}", "{kind: direction, standing: adopted}", False),
        ("{kind: not_set, standing: draft}", "{kind: level, period: 2017, value: 5, standing: draft}", True),
        (
            "{kind: level, period: 2017, value: 5, standing: draft}",
            "{kind: level, period: 2016, value: 5, standing: draft}",
            True,
        ),
        (
            "{kind: at_most, period: 2017, value: 5, standing: draft}",
            "{kind: at_most, period: 2017, value: 5, strict: true, standing: draft}",
            True,
        ),
        (
            "{kind: change, period: 2017, change: 5, standing: draft}",
            "{kind: change, period: 2017, change: 5.0, standing: draft}",
            False,
        ),
    ],
)
def test_another_number_or_deadline_is_told(
    compare: Compare, strategy: WriteStrategy, before: str, after: str, changed: bool
) -> None:
    old = titled(strategy("old", ("one", f"targets: [{before}]")), one="Same")
    new = titled(strategy("new", ("two", f"rewords: [one], targets: [{after}]")), two="Same")
    (change,) = compare(old, new)
    assert (change.kind, change.target_changed) == (ChangeKind.UNCHANGED, changed)


def test_links_to_other_strategies_do_not_count(compare: Compare, strategy: WriteStrategy) -> None:
    old = strategy("old", ("one", ""))
    new = strategy("new", ("two", "rewords: [homes_kept]"), ("three", "replaces: [fewer_homeless]"))
    assert rows(compare(old, new)) == [("new", [], ["two"]), ("new", [], ["three"]), ("ended", ["one"], [])]


def test_a_strategy_beside_itself_shows_nothing_carried_on(compare: Compare, strategy: WriteStrategy) -> None:
    assert rows(compare(strategy("old"), strategy("new"))) == []


def test_two_goals_that_become_one_are_one_change(compare: Compare, strategy: WriteStrategy) -> None:
    old = strategy("old", ("one", ""), ("two", ""))
    new = strategy("new", ("both", "replaces: [one, two]"))
    assert rows(compare(old, new)) == [("replaced", ["one", "two"], ["both"])]


def test_only_a_new_heading_without_a_sign_is_told(compare: Compare, strategy: WriteStrategy) -> None:
    vision = (
        "visions:\n  - {{id: {0}_v, number: 1, title: {{da: A, en: A}}, reason: {{da: A, en: A}}, headings: [{1}]}}"
    )
    care, home = "{id: %s_care, title: {da: Omsorg, en: Care}}", "{id: %s_home, title: {da: Bolig, en: A home}}"
    old = strategy("old", more=vision.format("old", care % "old"))
    new = strategy("new", more=vision.format("new", f"{care % 'new'}, {home % 'new'}"))
    (change,) = compare(old, new)
    assert (change.kind, change.old, change.new) == (ChangeKind.HEADING_WITHOUT_SIGN, (), ())
    assert change.heading is not None
    assert change.heading.title.as_dict() == {"da": "Bolig", "en": "A home"}
