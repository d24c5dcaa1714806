"""A strategy on a page, how strategies follow each other, and what became of the goals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.site.pages.town import both

from pejl.publish.diff import diff_record
from pejl.release import current_release
from pejl.release.public import PublicRelease
from pejl.site.pages import hearing, strategies
from pejl.site.pages.contents import Contents
from pejl.site.pages.lineage import relations
from pejl.site.pages.strategy import StrategyPage, select
from pejl.site.pages.strategy_diff import diff
from pejl.site.pages.wording import Record
from pejl.workspace.loading import load_workspace


@pytest.fixture
def shown(contents: Contents) -> StrategyPage:
    return select(contents, "plan", "en")


def test_a_strategy_shows_the_overall_goal_and_the_outcomes_that_count(shown: StrategyPage) -> None:
    assert shown.overall is not None
    assert shown.overall.operationalisation is not None
    assert shown.overall.operationalisation.id == "fewer_vulnerable"
    assert shown.overall.outcomes == (both("Fri"), both("Mere selv"), both("Stabilt"))


def test_visions_come_with_reason_headings_and_signs(shown: StrategyPage) -> None:
    first, second = shown.visions
    assert first.reason == both("Fordi alle skal bo.")
    assert [(title["da"], [card.id for card in cards]) for title, cards in first.headings] == [
        ("Egen bolig", ["sign_homeless"])
    ]
    assert [card.id for card in second.cards] == ["sign_lonely"]


def test_a_strategy_says_what_it_replaces_and_which_draft_it_had(contents: Contents) -> None:
    assert [(each.words.render("en"), each.strategy) for each in relations(contents, "plan")] == [
        ("replaces", "old_plan"),
        ("was drafted in", "plan_draft"),
    ]


def test_the_replaced_strategy_says_by_what(contents: Contents) -> None:
    assert [(each.words.render("en"), each.strategy) for each in relations(contents, "old_plan")] == [
        ("is replaced by", "plan")
    ]


def test_strategies_stand_in_time_the_newest_first(contents: Contents) -> None:
    found = [(entry.line.id, entry.line.standing) for entry in strategies.select(contents).entries]
    assert found == [("plan", "in_force"), ("plan_draft", "draft"), ("old_plan", "over")]


def test_only_strategies_whose_goals_are_linked_are_laid_side_by_side(contents: Contents) -> None:
    found = strategies.select(contents).comparisons
    assert [(each.old[0], each.new[0], each.words.render("en")) for each in found] == [("old_plan", "plan", "replaces")]
    assert [(words.render("en"), count) for words, count in found[0].counts] == [("unchanged", 1), ("new goal", 2)]
    assert found[0].changes[0][1].target_changed


def test_people_are_told_how_they_were_heard(contents: Contents) -> None:
    shown = hearing.select(contents)
    assert [each["title"]["da"] for each in shown.hearings] == ["Møde"]
    assert [(each.strategy, len(each.formats)) for each in shown.involved] == [("old_plan", 1)]


def ids(goals: Iterable[Record]) -> list[str]:
    return [goal["id"] for goal in goals]


def test_what_became_of_goals_agrees_with_the_command_on_copenhagen(copenhagen_root: Path) -> None:
    workspace, _ = load_workspace(copenhagen_root)
    release = current_release(copenhagen_root)
    assert release is not None
    published = {each["id"]: each for each in PublicRelease(release.folder / "public", release.id).strategies}
    compared = 0
    for old in workspace.strategies:
        for new in workspace.strategies:
            expected = diff_record(old, new)["changes"]
            found = diff(published[old.id], published[new.id])
            assert [
                (str(change.kind), ids(change.old), ids(change.new), change.target_changed) for change in found
            ] == [(each["kind"], ids(each["old"]), ids(each["new"]), each["target_changed"]) for each in expected]
            compared += len(found)
    assert compared > 100
