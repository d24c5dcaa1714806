"""Whatever stands in the files of a workspace: it is read or refused with places, and never ends in a fault."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pejl.text import LANGUAGES
from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problem

CITY = Path(__file__).parents[2] / "workspaces" / "copenhagen"
FILES = (
    "pejl.toml",
    "vocabulary/target_groups.yaml",
    "vocabulary/units.yaml",
    "vocabulary/scopes.yaml",
    "vocabulary/dimensions.yaml",
    "indicators/lonely.yaml",
    "indicators/satisfied_cooperation.yaml",
    "indicators/homeless.yaml",
    "figures/published.csv",
    "strategy/social_strategy_2015.yaml",
)
GOALS = "strategy/goals.yaml"
RICH = """\
id: rich
title: {da: Rig, en: Rich}
status: draft
valid:
  from: 2014-01-01
  to: 2017-12-31
committee: {da: Udvalget, en: The committee}
sources:
  - title: {da: Udkast, en: Draft}
elaborates:
  - strategy: social_strategy_2015
overall_goal:
  id: overall
  title: {da: Over, en: Over}
  operationalisation:
    id: fewer
    title: {da: Færre, en: Fewer}
    source: none
    state: not_collected
    scope: city
    direction: decrease
    baseline: {period: 2013, value: not_known}
    targets:
      - {kind: relative_change, period: 2017, relative_change: -5, standing: draft}
  sub_goals: [homes]
themes:
  - id: theme
    number: 1
    title: {da: Tema, en: Theme}
    description: {da: Tema, en: Theme}
    serves: [homes]
    challenges: [{target_group: mental_illness_2014, text: {da: U, en: C}}]
    focus_areas: {open: true, items: [{da: F, en: F}]}
    discussion: 2015-Q1
visions:
  - id: vision
    number: 1
    title: {da: Vision, en: Vision}
    reason: {da: Fordi, en: Because}
    headings: [{id: heading, title: {da: H, en: H}}]
    signs:
      - id: lonely_sign
        title: {da: Færre ensomme, en: Fewer lonely}
        indicator: lonely
        scope: social_administration
        direction: decrease
        weight: 1.5
        kind_of_data: not_known
        timetable: {da: Hvert år, en: Yearly}
        targets: [{kind: direction, standing: draft}]
        headings: [{heading: heading, why: {da: V, en: W}}]
sub_goals:
  - id: homes
    title: {da: Boliger, en: Homes}
    source: none
    state: not_collected
    unit: persons
    scope: city
    direction: increase
    baseline: {period: 2013, value: 833}
    targets:
      - kind: change_and_relative
        period: 2017
        change: 150
        relative_change: 18
        standing: draft
"""
NASTY = [
    "", " ", "\t", "-", "- ", ":", ": ", "?", "? ", "[", "]", "{", "}", "[]", "{}", "&a ", "*a", "!x ",
    "!!map ", "|", ">", "'", '"', "#", "%", "@", "`", "---\n", "...\n", "<<: ", "null", "~", "true", "no", "0",
    "-1", "9" * 30, "1e999", "1.5", "2014-13-45", "2017", "2017-Q9", "1800", "2016/2017", "0000-00-00", "æøå",
    "\x00", "\x07", "\x1b[0m", "\u2028", "\x85", "\ufeff", "\U0001f600", "x" * 300, ",", ";", '""', "\r",
    "\r\n", "\n", "\n\n", "a: b: c", "id: homes", "[homes, homes]", "{da: x}", "{{0}}", "{key}", "%s",
    "not_set", "level", "homes", "rich",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz") / "city"
    for file in FILES:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CITY / file, root / file)
    (root / GOALS).write_text(RICH, encoding="utf-8")
    return root


def check(root: Path) -> tuple[Problem, ...]:
    workspace, problems = load_workspace(root)
    check_workspace(workspace, problems, date(2016, 1, 1))
    found = problems.sorted()
    for problem in found:
        assert problem.location.file
        assert problem.location.column is None or (problem.location.line or 0) >= 1 <= problem.location.column
        for lang in LANGUAGES:
            assert problem.what.render(lang)
            assert problem.mend.render(lang)
            assert problem.as_dict(lang)["file"] == problem.location.file
        assert problem.value is None or len(problem.value) <= 60
        problem.what.render("en").encode()
    return found


def place(root: Path, file: str, content: bytes) -> tuple[Problem, ...]:
    """Return what is found with other content in one file; the file is restored."""
    before = (root / file).read_bytes()
    try:
        (root / file).write_bytes(content)
        return check(root)
    finally:
        (root / file).write_bytes(before)


def test_the_texts_that_are_changed_are_right_to_begin_with(folder: Path) -> None:
    assert {each.code for each in check(folder) if each.severity == "problem"} == {"broken_reference", "unknown_series"}
    assert [each for each in check(folder) if each.location.file == GOALS] == []


files = st.sampled_from([*FILES, GOALS, GOALS, GOALS])


@settings(max_examples=80)
@given(files, st.binary(max_size=200))
@example(GOALS, b"\xef\xbb\xbf")
@example(GOALS, b"\xff\xfe\x00")
@example("figures/published.csv", b"\xef\xbb\xbfseries,period,value,unit,state,scope,source\n,,,,,,\n")
def test_any_bytes_are_read_or_refused(folder: Path, file: str, content: bytes) -> None:
    assert place(folder, file, content)


@settings(max_examples=100)
@given(files, st.text(max_size=200) | st.lists(st.sampled_from(NASTY), max_size=30).map("".join))
def test_any_text_is_read_or_refused(folder: Path, file: str, text: str) -> None:
    place(folder, file, text.encode("utf-8", "replace"))


@settings(max_examples=120)
@given(files, st.data())
def test_a_right_text_with_a_few_slips_is_read_or_refused(folder: Path, file: str, data: st.DataObject) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)) | st.just(start))
        text = text[:start] + data.draw(st.sampled_from(NASTY)) + text[end:]
    place(folder, file, text.encode("utf-8", "replace"))


@settings(max_examples=120)
@given(files, st.data())
def test_a_right_text_with_another_value_at_a_key_is_read_or_refused(
    folder: Path, file: str, data: st.DataObject
) -> None:
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].partition(": ")
        match data.draw(st.sampled_from(["value", "value", "drop", "repeat", "indent", "move"])):
            case "value":
                lines[number] = f"{key}{colon or ': '}{data.draw(st.sampled_from(NASTY))}"
            case "drop":
                lines[number] = ""
            case "repeat":
                lines[number] += "\n" + lines[number]
            case "indent":
                lines[number] = " " * data.draw(st.integers(1, 4)) + lines[number]
            case _:
                lines[number] = lines[data.draw(st.integers(0, len(lines) - 1))]
    place(folder, file, "\n".join(lines).encode("utf-8", "replace"))
