"""Targets go out into a workbook and come back: a decision is added below the old one, everything else stays."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.conftest import STRATEGY, MakeWorkspace
from tests.exchange.workbooks import changed, found, targets, targets_book, told, write

import pejl
from pejl.exchange.changes import apply
from pejl.exchange.targets_import import targets_plan
from pejl.exchange.targets_template import targets_template

HOMELESS, HOMES_KEPT = 2, 3


def test_the_same_workspace_gives_the_same_bytes(make_workspace: MakeWorkspace) -> None:
    workspace = pejl.open(make_workspace()).declared()
    assert targets_template(workspace, "da") == targets_template(workspace, "da")


def test_every_goal_stands_with_what_is_decided(make_workspace: MakeWorkspace) -> None:
    sheet = load_workbook(targets_book(make_workspace())).worksheets[1]
    listed = [dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in list(sheet.values)[1:]]
    assert [(row["No."], row["Kind of target"], row["Target"], row["To be reached in"]) for row in listed] == [
        ("1A", "at most", 160, 2017),
        ("1B", "set, but not known to us", None, None),
    ]
    assert listed[0]["Now"] == "at most: 160 persons (2017), adopted"
    assert (listed[0]["Baseline: period"], listed[0]["Id"]) == (2013, "fewer_homeless")


def test_a_workbook_imported_unchanged_changes_nothing(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = targets(targets_book(root), root)
    assert (plan.changes, plan.files, plan.problems) == ((), {}, ())


@pytest.mark.parametrize("year", [None, 2015, 2020])
def test_copenhagen_imported_unchanged_changes_nothing(city: Path, year: int | None) -> None:
    workspace = pejl.open(city).declared()
    book = city.parent / "targets.xlsx"
    book.write_bytes(targets_template(workspace, "en", year))
    plan = targets_plan(book, workspace, "en")
    assert (plan.changes, plan.files, plan.problems) == ((), {}, ())


DECISION = {
    ("Target", HOMELESS): "155",
    ("Decided on", HOMELESS): "01-05-2015",
    ("Source", HOMELESS): "Udvalgets møde: punkt 4",
    ("Note", HOMELESS): "Skærpet.",
    ("Note, in English", HOMELESS): "Tightened.",
}


def test_a_new_decision_stands_below_the_old_one(make_workspace: MakeWorkspace) -> None:
    commented = STRATEGY.replace("            value: 160\n", "            value: 160   # as printed\n")
    root = make_workspace({"strategy/plan.yaml": commented})
    plan = targets(write(targets_book(root), DECISION), root)
    assert told(plan) == [
        ("Kind of target", "at most: 160 persons (2017), adopted", "at most: 155 persons (2017), adopted")
    ]
    assert [code for _, code in found(plan)] == ["missing_translation"]
    apply(root, plan)
    old = "            standing: adopted\n      - id: homes_kept"
    new = """\
            standing: adopted
          - kind: at_most
            period: 2017
            value: 155
            standing: adopted
            set_on: 2015-05-01
            sources:
              - title:
                  da: "Udvalgets møde: punkt 4"
            note:
              da: Skærpet.
              en: Tightened.
      - id: homes_kept"""
    assert (root / "strategy/plan.yaml").read_text() == commented.replace(old, new)
    goal = pejl.open(root).declared().goals_by_id["fewer_homeless"]
    assert (goal.target.value, goal.target.set_on, len(goal.targets)) == (Decimal(155), date(2015, 5, 1), 2)


def test_a_decision_read_twice_is_written_once(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    book = write(targets_book(root), DECISION)
    apply(root, targets(book, root))
    again = targets(book, root)
    assert (again.changes, again.files) == ((), {})


def test_a_decision_needs_its_day(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = targets(write(targets_book(root), {("Target", HOMELESS): 155}), root)
    assert found(plan) == [("Targets!P2", "decision_without_day")]


def test_a_correction_mends_what_stands_there(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    correction = {("Target", HOMELESS): 161, ("What is this?", HOMELESS): "a correction of what is written here"}
    plan = targets(write(targets_book(root), correction), root)
    assert told(plan) == [("Target", "160", "161")]
    assert plan.files["strategy/plan.yaml"].decode() == STRATEGY.replace("value: 160", "value: 161")


def test_what_belongs_to_the_goal_is_written_where_it_stands(make_workspace: MakeWorkspace) -> None:
    given = "        weight: 10  # percent\n        timetable: not_known\n"
    text = STRATEGY.replace("        direction: decrease\n", f"        direction: decrease\n{given}")
    root = make_workspace({"strategy/plan.yaml": text})
    values = {
        ("Weight", HOMELESS): "12,5",
        ("Timetable", HOMELESS): "Hvert år",
        ("Timetable, in English", HOMELESS): "Every year",
        ("Kind of data", HOMELESS): "not fixed yet",
        ("Baseline: number", HOMELESS): 200,
        ("Baseline: period", HOMES_KEPT): 2013,
        ("Who owes it", HOMES_KEPT): "Centret",
        ("Who owes it, in English", HOMES_KEPT): "The centre",
    }
    plan = targets(write(targets_book(root), values), root)
    assert found(plan) == []
    apply(root, plan)
    written = (root / "strategy/plan.yaml").read_text()
    assert "        weight: 12.5  # percent\n        timetable:\n          da: Hvert år\n" in written
    assert "        baseline:\n          period: 2013\n          value: 200\n        targets:" in written
    goals = pejl.open(root).declared().goals_by_id
    assert goals["fewer_homeless"].kind_of_data == "not_set"
    assert goals["homes_kept"].owed_by is not None
    assert goals["homes_kept"].owed_by.as_dict() == {"da": "Centret", "en": "The centre"}
    kept = [line for line in text.splitlines() if line in written.splitlines()]
    assert len(text.splitlines()) - len(kept) == 2, "only the weight and the timetable are other lines"


def test_crlf_and_flow_style_are_kept(make_workspace: MakeWorkspace) -> None:
    flow = STRATEGY.replace(
        "        targets:\n          - kind: not_known\n            standing: adopted\n",
        "        targets: [{ kind: not_known, standing: adopted }]\n",
    ).replace("\n", "\r\n")
    root = make_workspace({"strategy/plan.yaml": flow.encode()})
    values = {
        ("Kind of target", HOMES_KEPT): "at least",
        ("Target", HOMES_KEPT): "95 %",
        ("To be reached in", HOMES_KEPT): "2017",
        ("Decided on", HOMES_KEPT): datetime(2015, 5, 1),
    }
    plan = targets(write(targets_book(root), values), root)
    assert found(plan) == []
    new = ", {kind: at_least, period: 2017, value: 95, standing: adopted, set_on: 2015-05-01}]"
    assert plan.files["strategy/plan.yaml"].decode() == flow.replace(
        "standing: adopted }]", f"standing: adopted }}{new}"
    )


def test_everything_that_is_wrong_is_named_with_its_cell(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    wrong = {
        ("Kind of target", HOMELESS): "a change",
        ("Baseline: number", HOMELESS): "ukendt",
        ("Standing", HOMES_KEPT): "måske",
        ("Weight", HOMES_KEPT): "tung",
        ("Decided on", HOMES_KEPT): "i maj",
        ("Timetable, in English", HOMES_KEPT): "Every year",
    }
    assert sorted(found(targets(write(targets_book(root), wrong), root))) == [
        ("Targets!G2", "bad_cell"),
        ("Targets!O3", "not_on_the_list"),
        ("Targets!P3", "bad_cell"),
        ("Targets!W3", "bad_cell"),
        ("Targets!Z3", "cell_empty"),
    ]
    wrong.pop(("Baseline: number", HOMELESS))
    places = found(targets(write(targets_book(root), {("Kind of target", HOMELESS): "a change"}), root))
    assert sorted(places)[:2] == [("Targets!J2", "not_of_this_kind"), ("Targets!L2", "cell_empty")]


def test_a_goal_nobody_knows_and_one_that_stands_twice_are_problems(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    assert found(targets(write(targets_book(root), {("Id", HOMELESS): "fewer_homles"}), root)) == [
        ("Targets!AB2", "unknown_goal")
    ]
    assert found(targets(write(targets_book(root), {("Id", HOMES_KEPT): "fewer_homeless"}), root)) == [
        ("Targets!AB3", "row_twice")
    ]


def test_what_check_refuses_is_named_with_the_row(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    late = {**DECISION, ("To be reached in", HOMELESS): 2030}
    plan = targets(write(targets_book(root), late), root)
    assert ("Targets!I2", "target_outside_strategy") in found(plan)
    assert not plan.ok


def test_a_row_that_is_not_there_changes_nothing(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = targets(changed(targets_book(root), lambda sheet: sheet.delete_rows(2)), root)
    assert (plan.changes, plan.problems) == ((), ())


def test_an_open_strategy_is_shown_and_a_year_chooses_others(city: Path) -> None:
    workspace = pejl.open(city).declared()
    from pejl.exchange.targets_template import strategies_of

    assert [item.id for item in strategies_of(workspace, 2020)] == [
        "social_strategy_2018_2022_draft",
        "social_strategy_2018_2022",
    ]
    assert strategies_of(workspace, 1990) == []
