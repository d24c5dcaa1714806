"""Every problem of a workspace in one pass: each at its place with its mend; and nothing is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pejl.text import LANGUAGES
from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.conftest import MakeWorkspace

    from pejl.workspace.problems import Problem

# What is wrong with a line stands behind it: "wrong: " and the codes of its problems.

STRATEGY = """\
id: next
title: {da: Næste plan}  # wrong: missing_translation
status: adopted
valid: {from: 2014-01-01, to: 2017-12-31}
adopted_on: 2014-01-15
comittee: {da: Udvalget, en: The committee}  # wrong: unknown_key
committee: {da: Udvalget, en: The committee}
sources: [{title: {da: Planen, en: The plan}}]
replaces: [{strategy: plann}]  # wrong: broken_reference
elaborates: [{strategy: next}]  # wrong: circle
visions:
  - id: v
    number: 1
    title: {da: Et liv, en: A life}
    reason: {da: Fordi, en: Because}
    headings:
      - {id: home, title: {da: Bolig, en: A home}}  # wrong: heading_without_sign
sub_goals:
  - id: one
    title: {da: Mere, en: More}
    source: none
    state: not_collected
    scope: administration
    direction: increase
    baseline: {period: 2015, value: 900}  # wrong: baseline_after_start
    targets:
      - kind: change_and_relative
        period: 2018  # wrong: target_outside_strategy
        change: 150
        relative_change: 18  # wrong: contradiction
        standing: adopted
      - {kind: change, period: 2017, change: -5, standing: draft}  # wrong: target_against_direction
      - kind: not_set  # wrong: number_not_set
        standing: proposed
        to_be_set_by: 2015-05-01
  - id: homes_kept
    title: {da: Andet, en: Other}
    source: none
    state: no_method
    due: 2015-05-01  # wrong: method_overdue
    scope: city
    direction: increase
    targets: [{kind: direction, standing: adopted}]
    continues: [fewer_homeless]  # wrong: continued_with_other_words
  - id: three
    title: {da: Tre, en: Three}
    source: none  # wrong:
    scope: city
    direction: incraese  # wrong: invalid_value
    targets: [{kind: direction, standing: adopted}]
  - id: four  # wrong: missing_key
    title: {da: Fire, en: Four}
    source: none
    state: no_data
    direction: increase
    targets: [{kind: direction, standing: adopted}]
  - id: five  # wrong: contradictory
    title: {da: Fem, en: Five}
    scope: city
    direction: increase
    targets: [{kind: direction, standing: adopted}]
  - id: six
    title: {da: Seks, en: Six}
    indicator: unmeasured  # wrong: series_without_figures
    scope: city
    scope: city  # wrong: duplicate_key
    direction: decrease
    targets: [{kind: direction, standing: adopted}]
  - id: seven
    title: {da: Syv, en: Seven}
    indicator: homeless
    scope: administration  # wrong: scope_mismatch
    direction: decrease
    targets: [{kind: direction, standing: adopted}]
"""

INDICATOR = """\
id: unmeasured
title: {da: Uden tal, en: Without figures}
unit: person  # wrong: broken_reference
scope: city
rate_per: 0  # wrong: invalid_value
published_by: {da: Lilleby, en: Lilleby}
versions: [{version: x, definition: {da: D, en: D}}]
"""

FIGURES = """\
series,period,distrikt,value,unit,state,scope,source
homeless,2018,total,1x,persons,measured,city,wrong: bad_number
homeless,20188,total,1,persons,measured,city,wrong: bad_period
homeless,2018,total,1,persons,mesured,city,wrong: bad_state
homeless,2018,total,,persons,measured,city,wrong: value_missing
homeless,2018,total,1,persons,no_data,city,wrong: value_unexpected
homeless,2018,total,1,,measured,city,wrong: missing_value
homeless,2018,total,1,persons,measured,wrong: wrong_width
homeless,2018,total,1,persons,measured,city,
homeless,2018,total,2,persons,measured,city,wrong: duplicate_value
homeless,2017,total,3,persons,measured,city,wrong: duplicate_value
homeles,2018,total,3,persons,measured,city,wrong: unknown_series
homeless,2019,total,4,percent,measured,city,wrong: other_unit
homeless,2020,total,5,persons,measured,town,wrong: unknown_scope
homeless,2021,total,-6,persons,measured,city,wrong: value_outside_unit
homeless,2022,total,1.482,persons,measured,city,wrong: not_whole
homeless,2023,north,7,persons,measured,city,wrong: undeclared_dimension
"""

FILES: dict[str, str | bytes | None] = {
    "strategy/next.yaml": STRATEGY,
    "strategy/broken.yaml": "a: [1, 2  \nb: 3  # wrong: yaml_syntax\n",
    "strategy/alias.yaml": "a: &x 1  # wrong: alias\n",
    "strategy/tag.yaml": "a: !!str 1  # wrong: tag\n",
    "strategy/two.yaml": "a: 1\n---  # wrong: several_documents\nb: 1\n",
    "strategy/deep.yaml": "a: " + "[" * 50 + "  # wrong: too_deep\n",
    "strategy/list.yaml": "- a  # wrong: not_a_mapping\n",
    "strategy/key.yaml": "? [a]  # wrong: key_not_text\n: 1\n",
    "strategy/bell.yaml": "a: \x07  # wrong: control_character\n",
    "strategy/empty.yaml": "# wrong: empty_file\n",
    "strategy/latin.yaml": b"a: \xe6  # wrong: not_utf8\n",
    "vocabulary/more.yaml": "units: [{id: people, label: {da: P, en: P}, kind: cuont}]  # wrong: invalid_value\n",
    "indicators/unmeasured.yaml": INDICATOR,
    "figures/more.csv": FIGURES,
    "figures/open.csv": 'series,period,value,unit,state,scope,source\nx,2017,"1,  wrong: csv_syntax\n',
    "figures/short.csv": "series,period\n",
    "figures/twice.csv": "series,series\n",
}
UNMARKED = [
    ("figures/more.csv", 1, "unknown_column"),
    ("figures/short.csv", 1, "missing_column"),
    ("figures/twice.csv", 1, "bad_column"),
    ("strategy/plan.yaml", 40, "duplicate_id"),
    ("vocabulary/words.yaml", 2, "duplicate_id"),
]
"""Problems of lines that have no room for a mark; the goal of line 40 is also one of the new strategy, and an alias of
the unit of line 2 is also a new unit, whose own slip must not hide that.
"""
NO_PLACE = {
    "strategy/binary.yaml": b"\x00\x01",
    "strategy/other.yml": b"a: 1\n",
}
WHOLE_FILES = [
    ("strategi", "unknown_folder"),
    ("strategy/binary.yaml", "binary_file"),
    ("strategy/folder.yaml", "not_a_file"),
    ("strategy/huge.yaml", "too_large"),
    ("strategy/other.yml", "wrong_suffix"),
]
BEHIND_UNREAD_FILES = {("strategy/next.yaml", "broken_reference"), ("strategy/next.yaml", "series_without_figures")}
"""What is named here may stand in the files that cannot be read, so it is not called missing."""
WARNINGS = {
    "missing_translation",
    "heading_without_sign",
    "scope_mismatch",
    "method_overdue",
    "unknown_folder",
}
AS_OF = date(2016, 1, 1)


def expected(root: Path) -> list[tuple[str, int, str]]:
    """Return file, line and code of everything that is wrong, as the marks in the texts say."""
    found = [*UNMARKED]
    for path in sorted(root.rglob("*.*")):
        if path.is_file() and path.stat().st_size < 100_000:
            for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
                for codes in re.findall(rb"wrong: ([a-z_ 08]+)", line):
                    file = path.relative_to(root).as_posix()
                    found.extend((file, number, code) for code in codes.decode().split())
    return found


@pytest.fixture
def all_wrong(make_workspace: MakeWorkspace) -> Path:
    root = make_workspace({**FILES, **NO_PLACE})
    (root / "strategy" / "folder.yaml").mkdir()
    (root / "strategi").mkdir()
    (root / "strategy" / "huge.yaml").touch()
    os.truncate(root / "strategy" / "huge.yaml", 200_000_000)
    return root


def check_all(root: Path) -> tuple[Problem, ...]:
    workspace, problems = load_workspace(root)
    check_workspace(workspace, problems, AS_OF)
    return problems.sorted()


def placed(problems: Iterable[Problem]) -> Counter[tuple[str, int, str]]:
    return Counter(
        (each.location.file, each.location.line, each.code) for each in problems if each.location.line is not None
    )


def test_a_workspace_with_everything_wrong_reports_everything(all_wrong: Path) -> None:
    found = check_all(all_wrong)
    awaited = Counter(each for each in expected(all_wrong) if (each[0], each[2]) not in BEHIND_UNREAD_FILES)
    assert sorted((awaited - placed(found)).elements()) == []
    assert sorted((placed(found) - awaited).elements()) == []
    assert [(each.location.file, each.code) for each in found if each.location.line is None] == WHOLE_FILES
    assert {each.code for each in found if each.severity == "warning"} == WARNINGS


def test_what_leads_nowhere_is_reported_where_every_file_can_be_read(make_workspace: MakeWorkspace) -> None:
    files = ("strategy/next.yaml", "vocabulary/more.yaml", "indicators/unmeasured.yaml")
    root = make_workspace({file: FILES[file] for file in files})
    awaited = Counter(each for each in expected(root) if not each[0].startswith("figures"))
    assert {(file, code) for file, _, code in awaited} > BEHIND_UNREAD_FILES
    assert placed(check_all(root)) == awaited


def test_every_problem_with_a_line_has_a_column_and_all_have_a_mend(all_wrong: Path) -> None:
    found = check_all(all_wrong)
    assert [str(each.location) for each in found if each.location.line and not each.location.column] == []
    for lang in LANGUAGES:
        mends = {each.mend.render(lang) for each in found if each.what.render(lang)}
        assert [mend for mend in mends if not mend.endswith((".", "?", ",note"))] == []


def test_a_check_changes_nothing_in_the_workspace(all_wrong: Path) -> None:
    before = {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in all_wrong.rglob("*")}
    check_all(all_wrong)
    assert {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in all_wrong.rglob("*")} == before


def test_the_command_says_the_same_as_plain_data_and_ends_with_one(all_wrong: Path) -> None:
    command = [sys.executable, "-m", "pejl", "check", str(all_wrong), "--as-of", str(AS_OF)]
    plain = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False)
    told = json.loads(plain.stdout)
    assert (plain.returncode, plain.stderr) == (1, "")
    assert told["problems"] == [each.as_dict("en") for each in check_all(all_wrong)]
    assert told["ok"] is False
    words = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = words.stdout.splitlines()
    assert words.returncode == 1
    assert len(lines) == len(told["problems"]) + 1
    assert lines[-1] == f"Problems: {told['counts']['problems']}, warnings: {told['counts']['warnings']}."


GOAL = """\
  - id: {id}
    title:
      da: Mål {n}
      en: Goal {n}
    source: none
    state: {state}
    unit: persons
    population: {population}
    scope: {scope}
    direction: {direction}
    baseline:
      period: {start}
      value: 833
    targets:
      - kind: change_and_relative
        period: {period}
        change: {change}
        relative_change: {relative}
        standing: draft
    {key}: not_known
"""
RIGHT = {
    "state": "not_collected",
    "population": "residents",
    "scope": "city",
    "direction": "increase",
    "start": "2013",
    "period": "2017",
    "change": "150",
    "relative": "18",
    "key": "weight",
}
WRONG = [
    ("state", "measurd", "invalid_value", 6),
    ("population", "resdents", "broken_reference", 8),
    ("scope", "ctiy", "broken_reference", 9),
    ("direction", "incraese", "invalid_value", 10),
    ("start", "2016", "baseline_after_start", 12),
    ("period", "2019", "target_outside_strategy", 16),
    ("change", "15O", "invalid_value", 17),
    ("relative", "28", "contradiction", 18),
    ("key", "wieght", "unknown_key", 20),
    ("key", "weight: 1\n    weight", "duplicate_key", 21),
]


def test_ten_thousand_lines_with_five_hundred_problems_are_reported_whole(make_workspace: MakeWorkspace) -> None:
    head = minimal_head()
    awaited, lines = [], head.count("\n")
    goals = []
    for number in range(500):
        what, wrong, code, line = WRONG[number % len(WRONG)]
        unique = wrong if what in ("period", "start", "relative", "change") or "\n" in wrong else f"{wrong}_{number}"
        goal = GOAL.format(id=f"goal_{number}", n=number, **{**RIGHT, what: unique})
        awaited.append(("strategy/large.yaml", lines + line, code))
        lines += goal.count("\n")
        goals.append(goal)
    text = head + "".join(goals)
    assert text.count("\n") > 10_000
    found = check_all(make_workspace({"strategy/large.yaml": text}))
    assert len(found) == 500
    assert placed(found) == Counter(awaited)
    assert len({str(each.location) for each in found}) == 500


def minimal_head() -> str:
    return (
        "id: large\n"
        "title: {da: Stor, en: Large}\n"
        "status: draft\n"
        "valid: {from: 2014-01-01, to: 2017-12-31}\n"
        "committee: {da: Udvalget, en: The committee}\n"
        "sources: [{title: {da: Udkast, en: Draft}}]\n"
        "sub_goals:\n"
    )


def test_five_hundred_slips_in_names_are_each_told_what_was_meant(make_workspace: MakeWorkspace) -> None:
    goals = [
        GOAL.format(id=f"fewer_citizens_in_homelessness_{number}", n=number, **RIGHT)
        + f"    rewords: [fewer_citizens_in_homelesness_{number}]\n"
        for number in range(500)
    ]
    found = check_all(make_workspace({"strategy/large.yaml": minimal_head() + "".join(goals)}))
    assert [each.code for each in found] == ["broken_reference"] * 500
    meant = {each.mend.render("en") for each in found}
    assert meant == {f"Did you mean 'fewer_citizens_in_homelessness_{number}'?" for number in range(500)}


@pytest.mark.parametrize(
    ("written", "slip", "code"),
    [
        ("direction: decrease", "direction: decrese", "invalid_value"),
        ("direction: decrease", "directoin: decrease", "unknown_key"),
        ("direction: decrease", "directoin: decrese", "unknown_key invalid_value"),
    ],
)
def test_a_slip_does_not_hide_what_else_is_wrong_in_the_same_goal(
    make_workspace: MakeWorkspace, written: str, slip: str, code: str
) -> None:
    """The goal's target is for a year after its strategy's end: said beside the slip, at its own place."""
    plan = "strategy/plan.yaml"
    root = make_workspace(swap={plan: [(written, slip), ("            period: 2017", "            period: 2030")]})
    workspace, problems = load_workspace(root)
    check_workspace(workspace, problems, date(2016, 1, 1))
    found = {problem.code: problem.location for problem in problems.sorted()}
    lines = (root / plan).read_text().splitlines()
    assert set(found) == {*code.split(), "target_outside_strategy"}
    assert found["target_outside_strategy"].line == 1 + lines.index("            period: 2030")
