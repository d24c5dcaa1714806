"""How an indicator was asked for, as plain data: what `explain` shows, and what stays in the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pejl.measure.asked.measurements import Asked, AskedWave
from pejl.measure.asked.weighing import ANSWERED, Weighed
from pejl.surveys.answers import MODES, response_rates
from pejl.text import LANGUAGES
from pejl.workspace.instruments import Instrument
from pejl.workspace.surveys import Asking, Survey

if TYPE_CHECKING:
    from pejl.measure.asked.waves import WaveData

Record = dict[str, Any]


def asked_of(instrument: Instrument, asking: Asking) -> Record:
    """Return what is asked and what counts, as readers must be told wherever the figure stands."""
    cut_off = next((each for each in instrument.cut_offs if each.id == asking.cut_off), None)
    band = next((each for each in instrument.bands if each.id == asking.band), None)
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "title": instrument.title.as_dict(),
        "credit": instrument.credit.as_dict(),
        "licence": instrument.licence.as_dict(),
        "rule": instrument.score.rule,
        "boxes": list(instrument.score.boxes),
        "cut_off": None
        if cut_off is None
        else {"id": cut_off.id, "title": cut_off.title.as_dict(), **_ends(cut_off.at_least, cut_off.at_most)},
        "band": None
        if band is None
        else {"id": band.id, "title": band.title.as_dict(), **_ends(band.lowest, band.highest)},
    }


def _ends(at_least: Any, at_most: Any) -> Record:
    return {name: None if end is None else float(end) for name, end in (("at_least", at_least), ("at_most", at_most))}


def account_of(survey: Survey, asked: Asked, hashes: Mapping[str, Mapping[str, str]]) -> Record:
    """Return how the waves of an indicator went: who was drawn, who answered how, and with which weights.

    Args:
        survey: the survey.
        asked: what it gave.
        hashes: for each period, of the files of the sample and of the answers, by name.
    """
    return {
        "survey": survey.id,
        "title": survey.title.as_dict(),
        "waves": [_wave(wave, hashes.get(wave.period.text, {})) for wave in asked.waves],
    }


def _wave(wave: AskedWave, hashes: Mapping[str, str]) -> Record:
    data = wave.data
    return {
        "period": wave.period.text,
        "files": dict(hashes),
        "reason": None if wave.reason is None else {name: wave.reason.render(name) for name in LANGUAGES},
        "drawn": _drawn(data) if data is not None else None,
        "answers": _answers(data) if data is not None else None,
        "strata": _strata(data) if data is not None else [],
        "weights": _weights(wave.weighed) if wave.weighed is not None else None,
    }


def _drawn(data: WaveData) -> Record:
    record = data.sample.record
    return {
        "frame": record.frame,
        "frame_day": record.frame_day,
        "frame_rows": record.frame_rows,
        "persons": len(data.sample.rows),
        "again": int(data.sample.rows["again"].sum()),
        "allocation": record.allocation,
        "clusters": record.clusters,
        "seed": record.seed,
    }


def _answers(data: WaveData) -> Record:
    (rate,) = response_rates(data.answers, data.sample)
    answered = [status in ANSWERED for status in data.answers.status.tolist()]
    modes = Counter(mode for mode, given in zip(data.answers.mode.tolist(), answered, strict=True) if given)
    counts = {name: getattr(rate, name) for name in ("complete", "partial", "refused", "no_answer", "ineligible")}
    return {
        **counts,
        "by_proxy": rate.proxy,
        "modes": {mode: modes[mode] for mode in MODES if modes[mode]},
        "mode_unknown": modes[""],
        "rr1": rate.rr1,
        "rr2": rate.rr2,
    }


def _strata(data: WaveData) -> list[Record]:
    """Return the strata as drawn, with how many of each answered."""
    values = {each.number: [str(value) for value in each.values] for each in data.sample.record.strata_drawn}
    population = {each.number: each.persons for each in data.sample.record.strata_drawn}
    return [
        {
            "stratum": dict(zip(data.sample.record.strata, values[int(str(rate.group[0]))], strict=True)),
            "persons": population[int(str(rate.group[0]))],
            "drawn": rate.drawn,
            "complete": rate.complete,
            "rr1": rate.rr1,
            "rr2": rate.rr2,
        }
        for rate in response_rates(data.answers, data.sample, "stratum")
    ]


def _weights(weighed: Weighed) -> Record:
    return {
        "steps": [{"name": step.name, "columns": list(step.columns), **asdict(step.report)} for step in weighed.steps],
        "lone_strata": weighed.lone_strata,
    }
