"""A small survey of three persons, and reading what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from tests.surveys.references import pd

from pejl.surveys.answers import Answers, read_answers
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problem, Problems

if TYPE_CHECKING:
    from tests.conftest import Content, MakeWorkspace

FILE = "data/answers.csv"
SURVEY = """\
id: voices
title: {da: Stemmer, en: Voices}
population: residents
purpose: {da: Statistik, en: Statistics}
legal_basis: {da: Frivilligt, en: Voluntary}
frame: everybody
instruments: [t_ils]
sampling: {seed: 1}
waves:
  - period: 2017
    frame_day: 2017-04-01
    opens: 2017-05-01
    closes: 2017-05-31
    answers: data/answers.csv
    format: pejl
"""
HEADER = "token,submitted,mode,by,t_ils.isolated,t_ils.company,t_ils.left_out\n"


@dataclass(frozen=True)
class Drawn:
    """A sample of the three, with a column to group them by."""

    rows: Any


def drawn(tokens: str = "aaa bbb ccc", **columns: list[object]) -> Drawn:
    return Drawn(pd.DataFrame({"token": tokens.split(), **columns}))


@dataclass(frozen=True)
class Read:
    """What was read, and what was found."""

    answers: Answers | None
    problems: tuple[Problem, ...]

    @property
    def found(self) -> Answers:
        assert self.answers is not None
        return self.answers

    @property
    def lines(self) -> list[str]:
        """Each problem as one line: place, code, severity, what, mend."""
        return [
            f"{each.location} {each.code} {each.severity}: {each.what.render('en')}. {each.mend.render('en')}"
            for each in self.problems
        ]

    @property
    def places(self) -> list[tuple[str, int | None, int | None]]:
        return [(each.code, each.location.line, each.location.column) for each in self.problems]

    def of(self, item: str, instrument: str = "t_ils") -> list[float]:
        found: list[float] = self.found.of(instrument, item).tolist()
        return found


class ReadAnswers(Protocol):
    """Reads a file of answers in a workspace with the survey above; `swap` changes words of the survey."""

    def __call__(
        self,
        content: Content,
        *swap: tuple[str, str],
        sample: Drawn | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Read: ...


@pytest.fixture
def read(make_workspace: MakeWorkspace) -> ReadAnswers:
    def run(
        content: Content, *swap: tuple[str, str], sample: Drawn | None = None, more: Mapping[str, str] | None = None
    ) -> Read:
        survey = SURVEY
        for old, new in swap:
            assert survey.count(old) == 1
            survey = survey.replace(old, new)
        files: dict[str, Content] = {"surveys/voices.yaml": survey, FILE: content, **(more or {})}
        root = make_workspace({name: text for name, text in files.items() if text is not None})
        workspace, problems = load_workspace(root)
        assert problems.sorted() == ()
        (loaded,) = workspace.surveys
        noted = Problems()
        found = read_answers(workspace, loaded, loaded.waves[0], sample or drawn(), noted)
        return Read(found, noted.sorted())

    return run
