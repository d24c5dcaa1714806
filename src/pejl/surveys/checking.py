"""Do surveys, instruments and the indicators that ask fit together? All that can be known without rows and answers.

It stands here and not among the checks of the workspace, because it needs the library of instruments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from pejl.surveys.answers.layouts import plain
from pejl.surveys.instrument_checks import check_instrument
from pejl.text import Message, message
from pejl.workspace.base import Declared
from pejl.workspace.indicators import Indicator
from pejl.workspace.instruments import Instrument
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Location, Problems, did_you_mean
from pejl.workspace.surveys import Asking, Reaching, Sampling, Survey, Wave, Weights

ESTIMATED = ("share", "mean")
"""The kinds of unit an answer can be estimated in."""


def check_surveys(workspace: Workspace, library: Mapping[str, Instrument], problems: Problems) -> None:
    """Note what does not fit together in the workspace's instruments, surveys, and indicators that ask.

    Args:
        workspace: as loaded.
        library: the instruments that come with Pejl, by id.
        problems: takes what is found.
    """
    _Checker(workspace, library, problems).check()


class _Checker:
    def __init__(self, workspace: Workspace, library: Mapping[str, Instrument], problems: Problems) -> None:
        self.workspace, self.library, self.problems = workspace, library, problems
        self.instruments = {**{each.id: each for each in workspace.instruments}, **library}

    def check(self) -> None:
        workspace = self.workspace
        self._unique(workspace.instruments)
        self._unique(workspace.surveys)
        for instrument in workspace.instruments:
            if instrument.id in self.library:
                self._note(
                    instrument,
                    "id",
                    "instrument_of_library",
                    message("'{id}' is an instrument of the library, which nothing replaces", id=instrument.id),
                    message("Give it another name; or remove it and use the library's."),
                    instrument.id,
                )
            check_instrument(instrument, self.problems)
        for survey in workspace.surveys:
            self._survey(survey)
        for indicator in workspace.indicators:
            if indicator.asking is not None:
                self._asking(indicator, indicator.asking)

    def _survey(self, survey: Survey) -> None:
        workspace = self.workspace
        self._names(survey, "population", [survey.population], workspace.populations, "vocabulary", "indicators")
        self._names(survey, "frame", [survey.frame], workspace.models, "models")
        self._names(survey, "instruments", survey.instruments, self.instruments, "instruments")
        for place, name in enumerate(survey.instruments):
            if name in survey.instruments[:place]:
                self._note(
                    survey,
                    "instruments",
                    "asked_twice",
                    message("'{id}' is asked twice", id=name),
                    message("Remove one of the two."),
                    name,
                    item=place,
                )
        if any(wave.format != "pejl" for wave in survey.waves):
            self._alike(survey)
        if survey.most_variation is not None and survey.most_variation <= 0:
            self._range(survey, "most_variation", message("Write a share above 0, for example 0.3."))
        self._sampling(survey.sampling)
        self._weights(survey.weights)
        if survey.reaching is not None:
            self._reaching(survey.reaching)
        self._waves(survey)

    def _alike(self, survey: Survey) -> None:
        """Tools for questionnaires may drop signs from names: then two questions must not differ by these alone."""
        first: dict[str, str] = {}
        for place, name in enumerate(survey.instruments):
            instrument = self.instruments.get(name)
            for item in instrument.items if instrument is not None else ():
                full = f"{name}.{item.id}"
                other = first.setdefault(plain(full), full)
                if other != full:
                    self._note(
                        survey,
                        "instruments",
                        "items_alike",
                        message("'{one}' and '{other}' have the same name in LimeSurvey", one=other, other=full),
                        message("Give one of the questions another name."),
                        full,
                        item=place,
                    )

    def _sampling(self, sampling: Sampling) -> None:
        if sampling.allocation == "neyman":
            for key, missing in (("spread_of", sampling.spread_of is None), ("strata", not sampling.strata)):
                if missing:
                    self._note(
                        sampling,
                        "allocation",
                        "neyman_needs",
                        message("'allocation: neyman' needs '{key}'", key=key),
                        message("Add '{key}', or write 'allocation: proportional'.", key=key),
                        "neyman",
                    )
        elif sampling.spread_of is not None:
            self._note(
                sampling,
                "spread_of",
                "spread_unused",
                message("'spread_of' is used by 'allocation: neyman' only"),
                message("Remove it, or write 'allocation: neyman'."),
                sampling.spread_of,
                warning=True,
            )
        if sampling.size is None:
            if sampling.least or sampling.allocation == "neyman":
                self._note(
                    sampling,
                    "least" if sampling.least else "allocation",
                    "everybody_asked",
                    message("without 'size' everybody is asked, and there is nothing to share out"),
                    message("Add 'size', or remove 'least' and 'allocation'."),
                    warning=True,
                )
        elif sampling.least > sampling.size:
            self._note(
                sampling,
                "least",
                "least_above_size",
                message("'least' is {least}, and only {size} are drawn", least=sampling.least, size=sampling.size),
                message("Draw more, or ask for fewer in each stratum."),
                sampling.least,
            )

    def _weights(self, weights: Weights) -> None:
        if weights.post_stratify and weights.rake:
            self._note(
                weights,
                "rake",
                "two_calibrations",
                message("'post_stratify' and 'rake' cannot both be used"),
                message("Keep one of them: 'rake' where the combinations are too many."),
            )
        if weights.trim is not None and weights.trim <= 1:
            self._range(weights, "trim", message("Write how many medians the largest weight may be, above 1."))

    def _reaching(self, reaching: Reaching) -> None:
        register = self.workspace.registers_by_id.get(reaching.register_)
        self._names(reaching, "register", [reaching.register_], self.workspace.registers_by_id, "registers")
        if register is None:
            return
        columns = {column.name: column for column in register.columns}
        keys = ("address_key", "protected_address", "outside_digital_post", "guardianship", "easy_read")
        for key in keys:
            name = getattr(reaching, key)
            self._names(reaching, key, [name], columns, "registers")
            if name not in columns:
                continue
            kind = columns[name].type
            if key == "address_key" and kind == "cpr":
                self._note(
                    reaching,
                    key,
                    "address_key_cpr",
                    message("'{column}' is a CPR number; letters are sent by another key", column=name),
                    message("Name the column that the mail system knows people by."),
                    name,
                )
            if key != "address_key" and kind != "boolean":
                self._note(
                    reaching,
                    key,
                    "not_true_or_false",
                    message("'{column}' must be true or false, and is {type}", column=name, type=kind),
                    message("Declare it as boolean in the register's contract."),
                    name,
                )

    def _waves(self, survey: Survey) -> None:
        before: list[Wave] = []
        for wave in survey.waves:
            if wave.closes < wave.opens:
                self._note(
                    wave,
                    "closes",
                    "closes_before_opens",
                    message("the wave closes before it opens"),
                    message("Correct one of the two days."),
                    wave.closes,
                )
            if wave.frame_day > wave.opens:
                self._note(
                    wave,
                    "frame_day",
                    "frame_after_opening",
                    message("the frame is read on a day after the wave opens"),
                    message("People are drawn before they are asked: correct one of the two days."),
                    wave.frame_day,
                )
            self._answers_file(wave, before)
            self._in_time(wave, before)
            self._overlap(wave, before)
            before.append(wave)

    def _answers_file(self, wave: Wave, before: Iterable[Wave]) -> None:
        path = PurePosixPath(wave.answers)
        inside = path.is_absolute() or (path.parts[:1] == ("data",) and ".." not in path.parts)
        if not inside:
            self._note(
                wave,
                "answers",
                "answers_outside_data",
                message("answers lie in the folder 'data', or at a whole path"),
                message("Write for example: data/answers/2017.csv."),
                wave.answers,
            )
        if any(each.answers == wave.answers for each in before):
            self._note(
                wave,
                "answers",
                "answers_shared",
                message("an earlier wave has its answers in the same file"),
                message("Give every wave a file of its own."),
                wave.answers,
            )

    def _in_time(self, wave: Wave, before: list[Wave]) -> None:
        if any(each.period == wave.period for each in before):
            self._note(
                wave,
                "period",
                "duplicate_wave",
                message("there is a wave of {period} already", period=str(wave.period)),
                message("Correct one of the two periods."),
                wave.period,
            )
        elif before and wave.period < before[-1].period:
            self._note(
                wave,
                "period",
                "waves_out_of_order",
                message("the wave of {period} stands after a later one", period=str(wave.period)),
                message("List waves in the order of time."),
                wave.period,
            )
        if before and wave.opens <= before[-1].closes:
            self._note(
                wave,
                "opens",
                "waves_overlap",
                message("the wave opens before the one above it has closed"),
                message("Correct one of the days: an answer must belong to one wave."),
                wave.opens,
            )

    def _overlap(self, wave: Wave, before: list[Wave]) -> None:
        if (wave.again is None) != (wave.overlaps is None):
            self._note(
                wave,
                "again" if wave.again is not None else "overlaps",
                "again_and_overlaps",
                message("'again' and 'overlaps' belong together"),
                message("Give both, or neither."),
            )
        if wave.again is not None and not 0 < wave.again <= 1:
            self._range(wave, "again", message("Write the share of the earlier sample, above 0 and at most 1."))
        if wave.overlaps is not None and all(each.period != wave.overlaps for each in before):
            periods = ", ".join(str(each.period) for each in before)
            self._note(
                wave,
                "overlaps",
                "overlaps_unknown",
                message("'overlaps' names no earlier wave of this survey"),
                message("Name one of: {periods}.", periods=periods)
                if before
                else message("Remove it: none is earlier."),
                wave.overlaps,
            )

    def _asking(self, indicator: Indicator, asking: Asking) -> None:
        workspace = self.workspace
        self._names(asking, "survey", [asking.survey], workspace.surveys_by_id, "surveys")
        self._names(asking, "instrument", [asking.instrument], self.instruments, "instruments")
        self._names(asking, "by", asking.by, workspace.dimensions, "vocabulary")
        survey, instrument = workspace.surveys_by_id.get(asking.survey), self.instruments.get(asking.instrument)
        if survey is not None and instrument is not None and instrument.id not in survey.instruments:
            self._note(
                asking,
                "instrument",
                "not_in_survey",
                message("'{id}' is not asked in the survey '{survey}'", id=instrument.id, survey=survey.id),
                did_you_mean(instrument.id, survey.instruments, message("Add it to the survey's instruments.")),
                instrument.id,
            )
        if asking.cut_off is not None and asking.band is not None:
            self._note(
                asking,
                "band",
                "cut_off_and_band",
                message("'cut_off' and 'band' cannot both be given"),
                message("Keep one of them."),
                asking.band,
            )
        if instrument is None:
            return
        self._names(asking, "cut_off", [asking.cut_off], [each.id for each in instrument.cut_offs], "instruments")
        self._names(asking, "band", [asking.band], [each.id for each in instrument.bands], "instruments")
        self._kind(indicator, asking, instrument)

    def _kind(self, indicator: Indicator, asking: Asking, instrument: Instrument) -> None:
        """Note a unit that what is asked cannot be given in."""
        unit = self.workspace.units.get(indicator.unit)
        kind = indicator.kind or (unit.kind if unit is not None else None)
        if kind is None:
            return
        one_side, rule = asking.cut_off is not None or asking.band is not None, instrument.score.rule
        if rule == "none":
            what = message("'{id}' has no score, so nothing can be estimated from it", id=instrument.id)
            mend = message("Ask with an instrument whose score has a rule.")
        elif kind not in ESTIMATED:
            what = message(
                "an indicator from a survey is a share or a mean, and the unit is of the kind {kind}", kind=kind
            )
            mend = message("Choose a unit of the kind share or mean.")
        elif kind == "share" and not one_side and rule != "top_box":
            what = message("a share needs 'cut_off' or 'band': which scores count")
            mend = message("Add one of them; or choose a unit of the kind mean.")
        elif kind == "mean" and (one_side or rule == "top_box"):
            what = message("a mean is of the scores themselves, and here is a share of persons")
            mend = message("Choose a unit of the kind share; or remove 'cut_off' and 'band'.")
        else:
            return
        self._note(indicator, "unit", "asked_in_wrong_unit", what, mend, indicator.unit)

    def _unique(self, declared: Iterable[Instrument] | Iterable[Survey]) -> None:
        first: dict[str, Location] = {}
        for each in declared:
            where = each.location("id")
            if each.id in first:
                self.problems.add(
                    "duplicate_id",
                    where,
                    message("'{id}' is taken already, at {place}", id=each.id, place=str(first[each.id])),
                    message("Give one of the two another name."),
                    value=each.id,
                )
            first.setdefault(each.id, where)

    def _names(
        self, owner: Declared, key: str, names: Iterable[str | None], known: Collection[str], *folders: str
    ) -> None:
        """Note each name that leads nowhere, unless a file of the folders it would stand in could not be read."""
        if not self.workspace.unread.isdisjoint(folders):
            return
        for place, name in enumerate(names):
            if name is None or name in known or name in self.workspace.set_aside:
                continue
            self._note(
                owner,
                key,
                "broken_reference",
                message("'{key}' names '{name}', which is declared nowhere", key=key, name=name),
                did_you_mean(name, known, message("Declare it, or name another.")),
                name,
                item=place,
            )

    def _range(self, owner: Declared, key: str, mend: Message) -> None:
        value = getattr(owner, key)
        what = message("'{key}' is outside what is allowed: '{value}'", key=key, value=value)
        self._note(owner, key, "out_of_range", what, mend, value)

    def _note(
        self, owner: Declared, key: str, code: str, what: Message, mend: Message, value: object = None,
        *, item: int | None = None, warning: bool = False,
    ) -> None:  # fmt: skip
        self.problems.add(code, owner.location(key, item), what, mend, value=value, warning=warning)
