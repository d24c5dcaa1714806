"""Decisions written into strategy files: a new target below the old ones, everything else where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pejl.exchange.changes import Change, Plan
from pejl.exchange.choices import CORRECTION
from pejl.exchange.targets_sheet import ENGLISH, FIXED, NUMBERS, VERSIONED, TargetColumns
from pejl.exchange.yaml_edit import Data, YamlText
from pejl.exchange.yaml_edit import Path as YamlPath
from pejl.text import Language, format_date, format_number, message
from pejl.workspace.base import LocalText
from pejl.workspace.goals import Goal, Target
from pejl.workspace.kinds import TargetKind
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period
from pejl.workspace.problems import Location, Problems
from pejl.workspace.strategies import Strategy

if TYPE_CHECKING:
    from pejl.exchange.targets_import import GoalEntry

_BOM = "\ufeff"


class TargetsEdit:
    """Sets what was entered against what is declared, and writes the strategies anew."""

    def __init__(self, workspace: Workspace, columns: TargetColumns, problems: Problems, language: Language) -> None:
        self.workspace = workspace
        self.columns = columns
        self.problems = problems
        self.language = language
        self.texts: dict[str, tuple[bytes, str, YamlText]] = {}
        self.changes: list[Change] = []
        self.paths = {
            goal: (strategy.location().file, path)
            for strategy in workspace.strategies
            for goal, path in goal_paths(strategy).items()
        }

    def plan(self, entries: Sequence[GoalEntry]) -> Plan:
        """Return the changes and the new files; what cannot be written where it stands is noted as a problem."""
        for entry in entries:
            file, path = self.paths[entry.goal.id]
            _GoalEdit(self, entry, file, path).edit()
        files, before = {}, dict[str, bytes | None]()
        for file, (content, bom, text) in sorted(self.texts.items()):
            files[file], before[file] = (bom + text.edited()).encode("utf-8"), content
        return Plan(tuple(self.changes), files, before, self._origins(entries))

    def _origins(self, entries: Sequence[GoalEntry]) -> dict[tuple[str, int], Location]:
        """Return for every line of a goal, in the files as they would be, the row it was read from."""
        new = {file: YamlText(text.edited()) for file, (_, _, text) in self.texts.items()}
        return {
            (file, line): entry.places["kind"]
            for entry in entries
            for file, path in (self.paths[entry.goal.id],)
            if file in new
            for line in new[file].lines(path)
        }

    def text(self, file: str) -> YamlText:
        """Return the file, to be edited."""
        if file not in self.texts:
            content = (self.workspace.root / file).read_bytes()
            text = content.decode("utf-8")
            bom = _BOM if text.startswith(_BOM) else ""
            self.texts[file] = content, bom, YamlText(text.removeprefix(_BOM))
        return self.texts[file][2]

    def shown(self, value: object) -> str:
        """Return a value as readers are shown it."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return (message("yes") if value else message("no")).render(self.language)
        if isinstance(value, Decimal):
            return format_number(value, self.language, max(-int(value.as_tuple().exponent), 0))
        if isinstance(value, date):
            return format_date(value, self.language)
        if isinstance(value, Period):
            return value.label(self.language)
        if isinstance(value, tuple):
            return " / ".join(part for part in value if part) or "–"
        for choices in (self.columns.kinds, self.columns.standings, self.columns.not_fixed, self.columns.baseline):
            if value in choices.labels:
                return choices.label(str(value))
        return str(value)


def goal_paths(strategy: Strategy) -> dict[str, YamlPath]:
    """Return where in a strategy's file every goal stands, by id."""
    paths: dict[str, YamlPath] = {}
    if strategy.overall_goal is not None and strategy.overall_goal.operationalisation is not None:
        paths[strategy.overall_goal.operationalisation.id] = ("overall_goal", "operationalisation")
    paths |= {goal.id: ("sub_goals", item) for item, goal in enumerate(strategy.sub_goals)}
    for place, guidepost in enumerate(strategy.guideposts):
        paths |= {goal.id: ("guideposts", place, "goals", item) for item, goal in enumerate(guidepost.goals)}
    for place, vision in enumerate(strategy.visions):
        paths |= {goal.id: ("visions", place, "signs", item) for item, goal in enumerate(vision.signs)}
    return paths


class _GoalEdit:
    """The edits of one goal."""

    def __init__(self, edit: TargetsEdit, entry: GoalEntry, file: str, path: YamlPath) -> None:
        self.all = edit
        self.entry = entry
        self.goal: Goal = entry.goal
        self.file = file
        self.path = path
        current = entry.goal.target
        self.current: Target = current
        place = next(index for index, each in enumerate(self.goal.targets) if each is current)
        self.target_path: YamlPath = (*path, "targets", place)

    def edit(self) -> None:
        self._target()
        self._in_place()

    def _target(self) -> None:
        from pejl.exchange.targets_import import is_version

        entry, current = self.entry, self.current
        changed = [name for name in VERSIONED if entry.target[name] != getattr(current, name)]
        known = any(is_version(entry, index) for index in range(len(self.goal.targets)))
        if changed and entry.change_kind != CORRECTION and not known:
            self._append()
            return
        if changed and entry.change_kind == CORRECTION:
            for name in changed:
                self._set((*self.target_path, name), entry.target[name], getattr(current, name), name)
        if not known or changed == []:
            if "set_on" in entry.read and entry.set_on != current.set_on:
                self._set((*self.target_path, "set_on"), entry.set_on, current.set_on, "set_on")
            if "to_be_set_by" in entry.read and entry.to_be_set_by != current.to_be_set_by:
                path = (*self.target_path, "to_be_set_by")
                self._set(path, entry.to_be_set_by, current.to_be_set_by, "to_be_set_by")
        if (entry.source or entry.note != (None, None)) and not known:
            self.all.problems.add(
                "not_read",
                entry.places["source" if entry.source else "note"],
                message("source and note are read with a new decision alone"),
                message("Change the target, or write them into the strategy."),
                warning=True,
            )

    def _append(self) -> None:
        entry = self.entry
        new: dict[str, Data] = {"kind": entry.target["kind"]}
        if entry.target["period"] is not None:
            new["period"] = _period(entry.target["period"])
        new |= {name: entry.target[name] for name in NUMBERS if entry.target[name] is not None}
        if entry.target["strict"]:
            new["strict"] = True
        new["standing"] = entry.target["standing"]
        if entry.set_on is not None:
            new["set_on"] = entry.set_on
        if entry.target["kind"] == TargetKind.NOT_SET and entry.to_be_set_by is not None:
            new["to_be_set_by"] = entry.to_be_set_by
        if entry.source:
            new["sources"] = [{"title": {"da": entry.source}}]
        if entry.note[0]:
            new["note"] = _local(entry.note)
        self.all.text(self.file).append((*self.path, "targets"), new)
        version = Target.model_validate({**new, "sources": (), "note": None, **_kept(entry)}, strict=False)
        self._tell("kind", _words(self, self.current), _words(self, version))

    def _in_place(self) -> None:
        entry, goal = self.entry, self.goal
        self._baseline()
        if "weight" in entry.read and entry.weight != goal.weight:
            self._set_or_refuse_emptying("weight", entry.weight, goal.weight)
        for name in FIXED:
            if name in entry.read:
                self._text_of_goal(name)
        if "owed_by" in entry.read:
            self._owed_by()

    def _baseline(self) -> None:
        declared = self.goal.baseline
        old = (declared.period, declared.value) if declared is not None else (None, None)
        for part, name, was, now in zip(
            ("period", "value"), ("baseline_period", "baseline_value"), old, self.entry.baseline, strict=True
        ):
            if name not in self.entry.read or was == now:
                continue
            path = (*self.path, "baseline")
            if not self.all.text(self.file).has(path):
                both = zip(("period", "value"), self.entry.baseline, strict=True)
                new = {key: _plain(value) for key, value in both if value is not None}
                self.all.text(self.file).set(path, new)
                for key, value in zip(("baseline_period", "baseline_value"), self.entry.baseline, strict=True):
                    if value is not None:
                        self._tell(key, None, value)
                return
            self._set((*path, part), now, was, name)

    def _text_of_goal(self, name: str) -> None:
        now, old = self.entry.texts[name], getattr(self.goal, name)
        was = _pair(old) if old is None or isinstance(old, LocalText) else old
        if name + ENGLISH not in self.entry.read and isinstance(now, tuple) and isinstance(was, tuple):
            now = (now[0], was[1])
        if now == was:
            return
        if now == (None, None):
            self._set_or_refuse_emptying(name, None, old)
        elif isinstance(now, str):
            self._set((*self.path, name), now, was, name)
        else:
            self._set_text((*self.path, name), now, was, name)

    def _owed_by(self) -> None:
        now = self.entry.texts["owed_by"]
        assert isinstance(now, tuple)
        target, goal = self.current.owed_by, self.goal.owed_by
        was = _pair(target or goal)
        if "owed_by" + ENGLISH not in self.entry.read:
            now = (now[0], was[1])
        if now == was:
            return
        of_target = target is not None or (goal is None and self.current.kind is TargetKind.NOT_SET)
        path = (*(self.target_path if of_target else self.path), "owed_by")
        if now == (None, None):
            self._set(path, None, was, "owed_by")
        else:
            self._set_text(path, now, was, "owed_by")

    def _set_text(self, path: YamlPath, now: tuple[str | None, str | None], was: object, name: str) -> None:
        text = self.all.text(self.file)
        if text.has((*path, "da")):
            old = was if isinstance(was, tuple) else (None, None)
            for key, value, before in zip(("da", "en"), now, old, strict=True):
                if value != before:
                    self._write((*path, key), value, name)
        else:
            self._write(path, _local(now), name)
        self._tell(name, was, now)

    def _set_or_refuse_emptying(self, name: str, now: Any, was: Any) -> None:
        if now is None and was is not None:
            self.all.problems.add(
                "cell_empty",
                self.entry.places[name],
                message("the cell was emptied"),
                message("Write what was fixed, or the words: not fixed yet."),
            )
            return
        self._set((*self.path, name), now, was, name)

    def _set(self, path: YamlPath, now: Any, was: Any, name: str) -> None:
        self._write(path, now, name)
        self._tell(name, was, now)

    def _write(self, path: YamlPath, value: Any, name: str) -> None:
        text = self.all.text(self.file)
        try:
            if value is None:
                text.remove(path)
            else:
                text.set(path, _plain(value))
        except KeyError:
            self.all.problems.add(
                "cannot_be_written",
                self.entry.places[name],
                message("this cannot be changed here, as it stands in '{file}'", file=self.file),
                message("Change it in the file itself."),
            )

    def _tell(self, name: str, was: object, now: object) -> None:
        subject = " ".join(part for part in (self.goal.code, self.goal.title.text(self.all.language)) if part)
        place = self.entry.places[name].short
        title = self.all.columns.title(name)
        self.all.changes.append(Change(subject, title, self.all.shown(was), self.all.shown(now), place))


def _kept(entry: GoalEntry) -> dict[str, Any]:
    return {"period": entry.target["period"], "set_on": entry.set_on, "to_be_set_by": None}


def _words(edit: _GoalEdit, target: Target) -> str:
    from pejl.exchange.targets_template import target_in_words

    unit = edit.all.workspace.units.get(edit.all.workspace.unit_of(edit.goal) or "")
    label = unit.label.text(edit.all.language) if unit is not None else ""
    return target_in_words(edit.all.columns, target, label, edit.all.language)


def _pair(text: LocalText | None) -> tuple[str | None, str | None]:
    return (text.da, text.en) if text is not None else (None, None)


def _local(texts: tuple[str | None, str | None]) -> Data:
    return {key: text for key, text in zip(("da", "en"), texts, strict=True) if text is not None}


def _period(period: Period) -> Data:
    return int(period.text) if period.text.isdigit() else period.text


def _plain(value: Any) -> Data:
    if isinstance(value, Period):
        return _period(value)
    plain: Data = value
    return plain
