"""Checking small workspaces, and finding again by hand where in a file a word stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problem

if TYPE_CHECKING:
    from tests.conftest import Content, MakeWorkspace, Swaps

LONG_AGO = date(2014, 2, 1)


@dataclass(frozen=True)
class Found:
    """What was found in the workspace in `root`, by place."""

    root: Path
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        """The codes, in the order of the places."""
        return [problem.code for problem in self.problems]

    @property
    def lines(self) -> list[str]:
        """Each problem as one line: place, severity, what, mend."""
        return [
            f"{each.location} {each.severity}: {each.what.render('en')}. {each.mend.render('en')}"
            for each in self.problems
        ]

    def place(self, file: str, words: str) -> str:
        """Return file, line and column of `words`, or of the sign behind the bar in them: "kind: |level".

        The words must stand in the file once.
        """
        before_bar, bar, after_bar = words.partition("|")
        words, offset = (before_bar + after_bar, len(before_bar)) if bar else (words, 0)
        text = (self.root / file).read_text(encoding="utf-8-sig")
        assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in '{file}', not once"
        before = text[: text.index(words) + offset]
        line_start = before.rfind("\n") + 1
        return f"{file}:{before.count(chr(10)) + 1}:{len(before) - line_start + 1}"


class Check(Protocol):
    """Writes a workspace as `make_workspace` does, and returns what a check of it finds on the day `as_of`."""

    def __call__(
        self,
        files: Mapping[str, Content] | None = None,
        *,
        swap: Swaps | None = None,
        as_of: date = LONG_AGO,
    ) -> Found: ...


@pytest.fixture
def check(make_workspace: MakeWorkspace) -> Check:
    def run(files: Mapping[str, Content] | None = None, *, swap: Swaps | None = None, as_of: date = LONG_AGO) -> Found:
        root = make_workspace(files, swap=swap)
        workspace, problems = load_workspace(root)
        check_workspace(workspace, problems, as_of)
        return Found(root, problems.sorted())

    return run


class WriteStrategy(Protocol):
    """Returns the text of a draft strategy: `goals` are pairs of an id and more of the goal, in one line of YAML."""

    def __call__(self, name: str, *goals: tuple[str, str], more: str = "") -> str: ...


@pytest.fixture
def strategy() -> WriteStrategy:
    def write(name: str, *goals: tuple[str, str], more: str = "") -> str:
        lines = [
            f"id: {name}",
            f"title: {{da: {name}, en: {name}}}",
            "status: draft",
            "valid: {from: 2014-01-01, to: 2017-12-31}",
            "committee: {da: Udvalget, en: The committee}",
            "sources: [{title: {da: Udkast, en: Draft}}]",
            *([more] if more else []),
            *(["sub_goals:"] if goals else []),
        ]
        for goal, rest in goals:
            own = "source: none, state: no_data, scope: city, direction: increase, "
            target = "" if "targets:" in rest else ", targets: [{kind: direction, standing: draft}]"
            lines.append(f"  - {{id: {goal}, title: {{da: {goal}, en: {goal}}}, {own}{rest or 'weight: 1'}{target}}}")
        return "\n".join(lines) + "\n"

    return write
