"""What the workspace says on its face, and what must never stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from pejl.workspace.base import Declared, LocalText

if TYPE_CHECKING:
    from pathlib import Path

    from pejl.workspace.model import Workspace
    from pejl.workspace.problems import Problem

NOTICE = "Ikke en hjemmeside fra Københavns Kommune. Demonstration ud fra offentlige dokumenter og tal."


def texts(root: Declared) -> Iterator[LocalText]:
    if isinstance(root, LocalText):
        yield root
    for name in type(root).model_fields:
        value = getattr(root, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Declared):
                yield from texts(item)


def titles(root: Declared) -> Iterator[str]:
    title = getattr(root, "title", None)
    if isinstance(title, LocalText):
        yield title.da
    for name in type(root).model_fields:
        value = getattr(root, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Declared):
                yield from titles(item)


def test_the_workspace_says_that_it_is_not_the_citys_own(city: Workspace, folder: Path) -> None:
    assert city.settings.own is False
    assert city.settings.notice.da == NOTICE
    assert city.settings.notice.en is not None
    assert city.settings.notice.en.startswith("Not a website of the City of Copenhagen.")
    assert NOTICE in (folder / "README.md").read_text(encoding="utf-8")
    assert city.settings.municipality.da == "Københavns Kommune"


def test_everything_is_told_in_danish_and_in_english(city: Workspace) -> None:
    assert city.settings.languages == ("da", "en")
    roots = (city.settings, *city.vocabularies, *city.strategies, *city.indicators)
    assert [text.da for root in roots for text in texts(root) if text.en is None] == []


def test_a_check_finds_four_warnings_and_no_problem(warnings: tuple[Problem, ...]) -> None:
    assert {str(warning.severity) for warning in warnings} == {"warning"}
    assert Counter((warning.code, warning.value) for warning in warnings) == {
        ("number_not_set", "sub_ninth_grade"): 1,
        ("heading_without_sign", "heading_home"): 1,
        ("scope_mismatch", "social_administration"): 2,
    }


def test_the_scope_mismatches_are_those_of_sick_leave(warnings: tuple[Problem, ...]) -> None:
    told = [warning.what.render("en") for warning in warnings if warning.code == "scope_mismatch"]
    assert (
        told
        == ["the goal is about 'social_administration', the figures of 'sick_days_per_fte' about 'whole_municipality'"]
        * 2
    )


def test_every_goal_without_an_indicator_says_which_kind_of_nothing_it_has(city: Workspace) -> None:
    states = Counter(str(goal.state) for _, goal in city.goals() if goal.indicator is None)
    # drafts and adopted: 7 and 15 of 2014, 9 and 10 of 2018; and the sign on associations, twice
    assert states == {"not_collected": 41, "no_method": 2}
    assert all(goal.source == "none" for _, goal in city.goals() if goal.indicator is None)


def test_every_strategy_names_a_source(city: Workspace) -> None:
    assert all(strategy.sources for strategy in city.strategies)


def test_no_number_looks_like_a_persons(folder: Path) -> None:
    found = [
        (path.name, match)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "releases" not in path.parts
        for match in re.findall(r"(?<![\d.])\d{6}[ -]?\d{4}(?!\d)", path.read_text(encoding="utf-8"))
    ]
    assert found == []


NOISE = [
    *("gben", "kgb", "kpb", "seerl", "szer", "saerl", "veerd", "veere", "vaer", "fgl", "fpl", "bgrn", "hjzel"),
    *("feell", "faell", "fzell", "stgt", "stpt", "hgr", "mgd", "lgs", "teet", "meel", "sacial", "kammun", "persana"),
    *("beskaef", "beskeef", "netvaerk", "netveerk", "ogsa ", " pa ", " sa ", " ag ", " far ", "|", "@", "»", "¢", "§§"),
]


def test_no_title_holds_what_a_scan_mistook(city: Workspace) -> None:
    printed = [title for strategy in city.strategies for title in titles(strategy)]
    assert len(printed) > 140
    found = [(title, noise) for title in printed for noise in NOISE if noise in f" {title.lower()} "]
    assert found == []


def test_titles_hold_only_letters_and_signs_of_danish(city: Workspace) -> None:
    allowed = re.compile(r"[A-Za-zÆØÅæøåé0-9 .,:;%()/’\"–-]+")
    printed = [title for strategy in city.strategies for title in titles(strategy)]
    assert [title for title in printed if not allowed.fullmatch(title)] == []


@pytest.mark.parametrize("sign", [".", " "])
def test_no_title_of_a_goal_ends_in_a_full_stop_or_space(city: Workspace, sign: str) -> None:
    assert [goal.title.da for _, goal in city.goals() if goal.title.da.endswith(sign)] == []
    assert [goal.title.da for _, goal in city.goals() if "  " in goal.title.da] == []


def test_people_in_homelessness_are_called_so_in_our_own_words(city: Workspace) -> None:
    ours = [goal.title.da for _, goal in city.goals() if goal.wording == "ours"]
    ours += [indicator.title.da for indicator in city.indicators]
    assert [words for words in ours if re.search(r"\bhjemløse\b", words, re.IGNORECASE)] == []
