"""Asking people, in a run: which waves of which surveys have a sample and answers, and what their estimates rest on.

Nothing is drawn here and nobody is written to; samples and answers are read where they lie.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pejl.text import Message, message
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem, Problems, Severity
from pejl.workspace.surveys import Survey, Wave

if TYPE_CHECKING:
    from pathlib import Path

    from pejl.measure.asked import Asked, WaveData
    from pejl.workspace.instruments import Instrument

Record = dict[str, Any]
_Place = tuple[str, str]


class Asking:
    """What a workspace's surveys give in one run, up to `last_day`."""

    def __init__(self, workspace: Workspace, last_day: date) -> None:
        self.workspace = workspace
        self.last_day = last_day
        self._read: dict[_Place, WaveData | Message] = {}
        self._problems: dict[_Place, tuple[Problem, ...]] = {}

    def asks(self, indicator: Indicator) -> bool:
        """Tell whether an indicator is asked for in this workspace."""
        return indicator.source == "survey" and indicator.made_at == self.workspace.settings.place

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """For each indicator asked for here, the hash of all that its estimates rest on."""
        return {item.id: self._key(item) for item in self.workspace.indicators if self.asks(item)}

    @cached_property
    def hashes(self) -> dict[str, dict[str, dict[str, str]]]:
        """The hashes of samples and answers that are here, by survey, period and file."""
        return {
            survey.id: {wave.period.text: self._hashes(survey, wave) for wave in self._waves(survey)}
            for survey in self._surveys()
        }

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the answers, with file and row; what is not here is no problem."""
        for survey in self._surveys():
            for wave in self._waves(survey):
                self._wave(survey, wave)
                yield from self._problems.get((survey.id, wave.period.text), ())

    def latest_year(self) -> int | None:
        """Return the year of the last period for which answers are here."""
        years = [
            wave.period.end.year
            for survey in self._surveys()
            for wave in survey.waves
            if (self.workspace.root / wave.answers).is_file()
        ]
        return max(years, default=None)

    def measure(self, indicator: Indicator) -> Asked:
        """Return the estimates of an indicator, or for each wave why there are none."""
        from pejl.measure.asked import asked_measurements

        survey = self._survey(indicator)
        found: list[WaveData] = []
        missing: dict[str, Message] = {}
        for wave in self._waves(survey):
            data = self._wave(survey, wave)
            if isinstance(data, Message):
                missing[wave.period.text] = data
            else:
                found.append(data)
        instrument = self._instrument(indicator)
        return asked_measurements(self.workspace, indicator, instrument, found, self.last_day, missing)

    def told(self, indicator: Indicator) -> Record:
        """Return what was asked and what counts: readers are told wherever the figure stands."""
        from pejl.measure.asked import asked_of

        assert indicator.asking is not None
        return asked_of(self._instrument(indicator), indicator.asking)

    def account(self, indicator: Indicator, asked: Asked) -> Record:
        """Return how an indicator was asked for: samples, answers, response, weights."""
        from pejl.measure.asked import account_of

        survey = self._survey(indicator)
        return account_of(survey, asked, self.hashes[survey.id])

    def not_counted(self, asked: Asked) -> list[Message]:
        """Return why waves gave nothing, by period."""
        return [
            message("{period}: {why}", period=wave.period.text, why=wave.reason)
            for wave in asked.waves
            if wave.reason is not None
        ]

    def _survey(self, indicator: Indicator) -> Survey:
        assert indicator.asking is not None
        return self.workspace.surveys_by_id[indicator.asking.survey]

    def _instrument(self, indicator: Indicator) -> Instrument:
        from pejl.surveys.library import instruments_of

        assert indicator.asking is not None
        return instruments_of(self.workspace.instruments)[indicator.asking.instrument]

    def _surveys(self) -> Sequence[Survey]:
        """Return the surveys some indicator is asked for in here."""
        used = {item.asking.survey for item in self.workspace.indicators if self.asks(item) and item.asking is not None}
        return [survey for survey in self.workspace.surveys if survey.id in used]

    def _waves(self, survey: Survey) -> Sequence[Wave]:
        return [wave for wave in survey.waves if wave.period.end <= self.last_day]

    def _wave(self, survey: Survey, wave: Wave) -> WaveData | Message:
        place = (survey.id, wave.period.text)
        if place not in self._read:
            self._read[place] = self._look(survey, wave)
        return self._read[place]

    def _look(self, survey: Survey, wave: Wave) -> WaveData | Message:
        """Read a wave, or say why it cannot be used. Answers with a problem are not used at all."""
        from pejl.measure.asked import WaveData
        from pejl.surveys.answers import read_answers
        from pejl.surveys.sampling import SurveyRefusedError, read_sample

        folder = self._folder(survey, wave)
        if not folder.is_dir():
            return message("no sample has been drawn")
        try:
            sample = read_sample(folder)
        except SurveyRefusedError:  # its sentence names the folder, and readers see the reason
            return message("the sample that was drawn cannot be read")
        problems = Problems()
        answers = read_answers(self.workspace, survey, wave, sample, problems)
        noted = problems.sorted()
        self._problems[survey.id, wave.period.text] = noted
        if answers is None and not (self.workspace.root / wave.answers).exists():
            return message("the answers are not here yet: {file}", file=wave.answers)
        wrong = sum(problem.severity is Severity.PROBLEM for problem in noted)
        if wrong or answers is None:
            return message("the answers in {file} have problems: {count}", file=wave.answers, count=wrong)
        return WaveData(wave, sample, answers)

    def _folder(self, survey: Survey, wave: Wave) -> Path:
        from pejl.surveys.sampling import sample_folder

        return sample_folder(self.workspace.root, survey.id, str(wave.period))

    def _hashes(self, survey: Survey, wave: Wave) -> dict[str, str]:
        folder = self._folder(survey, wave)
        files = {"sample.csv": folder / "sample.csv", "draw.json": folder / "draw.json"}
        files["answers"] = self.workspace.root / wave.answers
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if path.is_file()}

    def _key(self, indicator: Indicator) -> str:
        survey = self._survey(indicator)
        rests_on = [
            survey.model_dump(mode="json", by_alias=True, fallback=str),
            self._instrument(indicator).model_dump(mode="json", by_alias=True, fallback=str),
            self.hashes[survey.id],
        ]
        return hashlib.sha256(json.dumps(rests_on, default=str, sort_keys=True).encode()).hexdigest()
