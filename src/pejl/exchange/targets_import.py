"""Targets out of a workbook: every row understood or refused with its cell, and set against what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pejl.exchange.books import Cell, read_book
from pejl.exchange.changes import Plan
from pejl.exchange.choices import CORRECTION, NEW_DECISION, Choices
from pejl.exchange.columns import Row, find_table
from pejl.exchange.places import CellPlace
from pejl.exchange.targets_edit import TargetsEdit
from pejl.exchange.targets_sheet import ENGLISH, FIXED, NUMBERS, TEXTS, VERSIONED, TargetColumns, target_columns
from pejl.exchange.values import number
from pejl.text import Language, message
from pejl.workspace.goals import Goal
from pejl.workspace.kinds import CHANGES, LEVELS, WITHOUT_NUMBER, TargetKind
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems, did_you_mean

Texts = tuple[str | None, str | None]
"""A text in Danish and in English."""


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """A row of the workbook, understood. Texts are pairs of Danish and English, or one of the words for "not fixed"."""

    goal: Goal
    change_kind: str
    target: Mapping[str, Any]
    set_on: date | None
    to_be_set_by: date | None
    source: str | None
    note: Texts
    baseline: tuple[object, Decimal | str | None]
    weight: Decimal | str | None
    texts: Mapping[str, Texts | str]
    read: frozenset[str]
    places: Mapping[str, CellPlace]


def targets_plan(path: Path, workspace: Workspace, language: Language) -> Plan:
    """Return what the workbook at `path` would change in the strategies of `workspace`.

    Args:
        path: the workbook.
        workspace: as declared, without problems.
        language: in which the changes are told.
    """
    problems = Problems()
    sheets = read_book(path, problems)
    columns = target_columns(workspace, language)
    table = find_table(sheets, columns.columns, path.name, problems) if sheets is not None else None
    if table is None:
        return Plan(problems=problems.sorted())
    reader = _Reader(workspace, columns)
    entries = [entry for row in table.rows(problems, columns.columns) if (entry := reader.entry(row)) is not None]
    plan = TargetsEdit(workspace, columns, problems, language).plan(entries)
    return Plan(plan.changes, plan.files, plan.before, plan.origins, problems.sorted())


class _Reader:
    def __init__(self, workspace: Workspace, columns: TargetColumns) -> None:
        self.workspace = workspace
        self.columns = columns
        self.first: dict[str, CellPlace] = {}

    def entry(self, row: Row) -> GoalEntry | None:
        goal = self._goal(row)
        if goal is None:
            return None
        percent = self._percent(goal)
        numbers = {name: row.decimal(name, percent=percent or name == "relative_change") for name in NUMBERS}
        target = {
            **numbers,
            "kind": row.choice("kind", self.columns.kinds),
            "strict": row.choice("strict", self.columns.strict) is not None,
            "period": row.period("period"),
            "standing": row.choice("standing", self.columns.standings),
        }
        days = {name: row.day(name) for name in ("set_on", "to_be_set_by")}
        baseline = (
            row.period("baseline_period"),
            self._number_or_word(row, "baseline_value", self.columns.baseline, percent=percent),
        )
        weight = self._number_or_word(row, "weight", self.columns.not_fixed, percent=True)
        change_kind = row.choice("change_kind", self.columns.change) or NEW_DECISION
        entry = GoalEntry(
            goal,
            change_kind,
            target,
            days["set_on"],
            days["to_be_set_by"],
            row.text("source"),
            self._texts(row, "note"),
            baseline,
            weight,
            {name: self._fixed_or_texts(row, name) for name in TEXTS},
            frozenset(row.columns),
            {each.name: row.place(each.name) for each in self.columns.columns},
        )
        if not row.troubled:
            self._fits(row, entry)
        return None if row.troubled else entry

    def _goal(self, row: Row) -> Goal | None:
        written = row.text("goal")
        if written is None:
            if "goal" not in row.troubled:
                row.note(
                    "goal",
                    "cell_empty",
                    message("the row names no goal"),
                    message("Write the goal's id, or empty the whole row."),
                )
            return None
        goal = self.workspace.goals_by_id.get(written)
        if goal is None:
            row.note(
                "goal",
                "unknown_goal",
                message("there is no goal '{id}'", id=written),
                did_you_mean(written, self.workspace.goals_by_id, message("Write the goal's id as it was.")),
                written,
            )
        elif written in self.first:
            row.note(
                "goal",
                "row_twice",
                message("the same goal stands at {place} already", place=self.first[written].short),
                message("Keep one of them."),
                written,
            )
            return None
        else:
            self.first[written] = row.place("goal")
        return goal

    def _percent(self, goal: Goal) -> bool:
        unit = self.workspace.units.get(self.workspace.unit_of(goal) or "")
        return unit is not None and unit.kind in ("share", "transition")

    def _number_or_word(self, row: Row, name: str, words: Choices, *, percent: bool) -> Decimal | str | None:
        def read(cell: Cell) -> Decimal | str:
            word = words.find(cell.text) if isinstance(cell.value, str) else None
            return word if word is not None else number(cell.value, cell.number_format, percent=percent)

        return row.understood(name, read)

    def _texts(self, row: Row, name: str) -> Texts:
        return row.text(name), row.text(name + ENGLISH)

    def _fixed_or_texts(self, row: Row, name: str) -> Texts | str:
        danish, english = self._texts(row, name)
        word = self.columns.not_fixed.find(danish) if danish is not None and name in FIXED else None
        if word is not None:
            return word
        if danish is None and english is not None:
            row.note(
                name,
                "cell_empty",
                message("there is a text in English alone"),
                message("Write it in Danish, too."),
                english,
            )
        return danish, english

    def _fits(self, row: Row, entry: GoalEntry) -> None:
        """Note what a target of its kind lacks or cannot have, and decisions without a day."""
        written, current = entry.target["kind"], entry.goal.target
        for name in ("kind", "standing"):
            if entry.target[name] is None:
                row.note(name, "cell_empty", message("the cell was emptied"), message("Choose from the list."))
        if row.troubled:
            return
        kind = TargetKind(written)
        for name in _needed(kind):
            if entry.target[name] is None:
                row.note(
                    name,
                    "cell_empty",
                    message("a target of the kind '{kind}' needs this", kind=self.columns.kinds.label(kind)),
                    message("Fill it in, or choose another kind."),
                )
        for name in _refused(kind):
            if entry.target[name] is not None:
                row.note(
                    name,
                    "not_of_this_kind",
                    message("a target of the kind '{kind}' has none of this", kind=self.columns.kinds.label(kind)),
                    message("Empty the cell, or choose another kind."),
                    entry.target[name],
                )
        changed = any(entry.target[name] != getattr(current, name) for name in VERSIONED)
        decided_anew = changed and entry.change_kind != CORRECTION
        if decided_anew and entry.target["standing"] == "adopted":
            known = {item.set_on for item in entry.goal.targets if item.standing == "adopted"}
            same = any(is_version(entry, index) for index in range(len(entry.goal.targets)))
            if (entry.set_on is None or entry.set_on in known) and not same:
                row.note(
                    "set_on",
                    "decision_without_day",
                    message("the target was changed, but not the day of the decision"),
                    message("Write the day of the new decision; or choose that this is a correction."),
                    entry.set_on,
                )


def is_version(entry: GoalEntry, index: int) -> bool:
    """Tell whether an entry says just what one version of the goal's target says already."""
    version = entry.goal.targets[index]
    return all(entry.target[name] == getattr(version, name) for name in VERSIONED) and entry.set_on == version.set_on


def _needed(kind: TargetKind) -> tuple[str, ...]:
    if kind in LEVELS:
        return "value", "period"
    if kind in CHANGES:
        numbers = {
            TargetKind.CHANGE: ("change",),
            TargetKind.RELATIVE_CHANGE: ("relative_change",),
            TargetKind.CHANGE_AND_RELATIVE: ("change", "relative_change"),
        }
        return (*numbers[kind], "period")
    return ()


def _refused(kind: TargetKind) -> tuple[str, ...]:
    return ("value",) if kind in CHANGES else NUMBERS if kind in WITHOUT_NUMBER else ()
