"""Pages of one choice: which there are, and what each finds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pejl.release.public import PublicRelease
from pejl.site.pages import filters
from pejl.site.pages.contents import Contents

PAGES: Mapping[filters.Kind, list[str]] = {
    "target": ["not_reached", "not_set", "reached", "direction_only"],
    "development": ["no_clear_change", "unknown", "right_way"],
    "target_group": ["adults"],
    "guidepost": ["g1"],
    "vision": ["v1", "v2"],
}


@pytest.mark.parametrize("kind", filters.KINDS)
def test_there_is_a_page_for_every_value_that_finds_a_goal_of_no_draft(town: PublicRelease, kind: filters.Kind) -> None:
    assert [each["value"] for each in filters.every(kind)(town)] == PAGES[kind]


def test_the_strategy_in_force_comes_first_then_the_others(contents: Contents) -> None:
    shown = filters.select(contents, "target_group", "adults", "en")
    assert [(each.strategy.id, each.goals) for each in shown.chosen] == [("plan", 1), ("old_plan", 1)]
    assert shown.choice.goals == 2
    assert shown.choice.title == {"da": "Voksne", "en": "Voksne (en)"}


def test_goals_of_drafts_are_not_found(contents: Contents) -> None:
    shown = filters.select(contents, "target", "direction_only", "en")
    found = [card.id for each in shown.chosen for section in each.sections for card in section.cards]
    assert found == ["sign_lonely"]


def test_verdicts_can_be_chosen_in_the_order_of_the_glossary(contents: Contents) -> None:
    beside = filters.select(contents, "target", "reached", "en").beside
    assert [(each.value, each.goals) for each in beside] == [
        ("reached", 1),
        ("not_reached", 1),
        ("not_set", 1),
        ("direction_only", 1),
    ]


def test_beside_a_vision_stand_those_of_its_own_strategy(contents: Contents) -> None:
    beside = filters.select(contents, "vision", "v1", "en").beside
    assert [(each.value, each.number, each.goals) for each in beside] == [("v1", 1, 1), ("v2", 2, 1)]


def test_the_front_page_offers_what_finds_goals_of_its_strategy(contents: Contents) -> None:
    offered = {kind: [choice.value for choice in found] for kind, found in filters.choices(contents, "plan", "en")}
    assert offered == {
        "target": ["reached", "not_set", "direction_only"],
        "development": ["right_way", "unknown"],
        "target_group": ["adults"],
        "guidepost": [],
        "vision": ["v1", "v2"],
    }
