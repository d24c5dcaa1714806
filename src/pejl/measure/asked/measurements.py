"""Estimates from surveys as measurements, with all that judging and explaining them takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pejl.measure.asked.estimating import DomainEstimate, WaveEstimates, estimate_wave
from pejl.measure.asked.overlap import covariances
from pejl.measure.asked.scoring import values_of
from pejl.measure.asked.waves import WaveData
from pejl.measure.asked.weighing import CannotWeighError, Weighed, weigh
from pejl.measure.measurement import Covariances, Measurement
from pejl.measure.published import not_due, version_on
from pejl.surveys.answers import response_rates
from pejl.workspace.indicators import Indicator
from pejl.workspace.instruments import Instrument
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period
from pejl.workspace.states import State
from pejl.workspace.surveys import Survey

if TYPE_CHECKING:
    from pejl.text import Message

METHOD = "survey"
TOO_FEW, TOO_UNCERTAIN = "too_few_answers", "too_uncertain"


@dataclass(frozen=True, slots=True, eq=False)
class AskedWave:
    """A wave of an indicator: its data and estimates, or why there are none (`reason`)."""

    period: Period
    data: WaveData | None = None
    weighed: Weighed | None = None
    found: WaveEstimates | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What asking gave: the measurements of an indicator, and the waves they come from."""

    measurements: tuple[Measurement, ...] = ()
    waves: tuple[AskedWave, ...] = field(default=())


def asked_measurements(
    workspace: Workspace,
    indicator: Indicator,
    instrument: Instrument,
    waves: Sequence[WaveData],
    last_day: date | None,
    missing: Mapping[str, Message] | None = None,
) -> Asked:
    """Return the measurements of an indicator from the waves of its survey.

    A domain with fewer than `least_answers` answers, or with a coefficient of variation above `most_variation`, has
    no value; its note is `too_few_answers` or `too_uncertain`.

    Args:
        workspace: checked.
        indicator: asked for in a survey.
        instrument: the one it asks with.
        waves: those with answers, of any period.
        last_day: waves of periods ending after this day are left out; None takes all.
        missing: for waves without answers, by period, why; they are not collected.
    """
    asking = indicator.asking
    assert asking is not None
    survey = workspace.surveys_by_id[asking.survey]
    given = {data.period: data for data in waves}
    found = []
    for wave in sorted(survey.waves, key=lambda each: each.period.end):
        if last_day is not None and wave.period.end > last_day:
            continue
        data = given.get(wave.period.text)
        if data is not None:
            found.append(_asked_wave(workspace, indicator, instrument, data))
        elif missing is not None and wave.period.text in missing:
            found.append(AskedWave(wave.period, reason=missing[wave.period.text]))
    builder = _Builder(indicator, instrument, survey)
    measurements = [item for place, wave in enumerate(found) for item in builder.measurements(wave, found[:place])]
    measurements.extend(not_due(indicator, measurements, last_day))
    measurements.sort(key=lambda item: (item.period.end, item.period.start, item.scope, item.dimensions))
    return Asked(tuple(measurements), tuple(found))


def is_share(workspace: Workspace, indicator: Indicator) -> bool:
    """Tell whether an indicator is a share of those asked, rather than a mean."""
    return (indicator.kind or workspace.units[indicator.unit].kind) == "share"


def _asked_wave(workspace: Workspace, indicator: Indicator, instrument: Instrument, data: WaveData) -> AskedWave:
    asking = indicator.asking
    assert asking is not None
    survey = workspace.surveys_by_id[asking.survey]
    try:
        weighed = weigh(survey, data)
        share = is_share(workspace, indicator)
        values = values_of(instrument, asking, data.answers)[weighed.places]
        found = estimate_wave(weighed, values, share=share, by=asking.by)
    except CannotWeighError as error:
        return AskedWave(data.wave.period, data, reason=error.what)
    return AskedWave(data.wave.period, data, weighed, found)


class _Builder:
    def __init__(self, indicator: Indicator, instrument: Instrument, survey: Survey) -> None:
        assert indicator.asking is not None, "only indicators that are asked for come here"
        self.indicator = indicator
        self.asking = indicator.asking
        self.instrument = instrument
        self.survey = survey

    def measurements(self, wave: AskedWave, earlier: Sequence[AskedWave]) -> Iterator[Measurement]:
        """Yield the measurements of a wave: the total first, then its domains."""
        if wave.found is None or wave.data is None:
            yield self._measurement(wave, DomainEstimate((), 0, None, 0, *_NOTHING), State.NOT_COLLECTED, None)
            return
        rates = self._rates(wave.data)
        estimates = wave.found.estimates or (DomainEstimate((), 0, None, 0, *_NOTHING),)
        for one in estimates:
            rate = rates.get(one.dimensions)
            note = self._why_not(one)
            if note:
                empty = DomainEstimate(one.dimensions, one.n, one.hits, one.df, *_NOTHING)
                yield self._measurement(wave, empty, State.NO_DATA, rate, note)
            else:
                together = self._covariances(one, wave, earlier)
                yield self._measurement(wave, one, State.MEASURED, rate, covariances=together)

    def _why_not(self, one: DomainEstimate) -> str:
        if one.n < self.survey.least_answers or one.value is None or one.se is None:
            return TOO_FEW
        most = self.survey.most_variation
        if most is not None and one.se > float(most) * abs(one.value):
            return TOO_UNCERTAIN
        return ""

    def _rates(self, data: WaveData) -> dict[object, float | None]:
        """Return the response rates in percent, by dimensions."""
        rates: dict[object, float | None] = {}
        for by in ((), *((column,) for column in self.asking.by)):
            for rate in response_rates(data.answers, data.sample, by):
                dimensions = tuple(zip(by, map(str, rate.group), strict=True))
                rates[dimensions] = rate.rr1 * 100 if rate.rr1 is not None else None
        return rates

    def _covariances(self, one: DomainEstimate, wave: AskedWave, earlier: Sequence[AskedWave]) -> Covariances:
        column, code = one.dimensions[0] if one.dimensions else (None, None)
        pairs = []
        for other in earlier:
            if other.found is None or wave.found is None or column not in other.found.spreads:
                continue
            together = covariances(other.found.spreads[column], wave.found.spreads[column])
            pairs += [
                (other.period.text, value)
                for domain, value in together.items()
                if (None if domain is None else str(domain)) == code
            ]
        return tuple(pairs)

    def _measurement(
        self,
        wave: AskedWave,
        one: DomainEstimate,
        state: State,
        rate: float | None,
        note: str = "",
        covariances: Covariances = (),
    ) -> Measurement:
        measured = state is State.MEASURED
        asked = wave.found is not None
        return Measurement(
            indicator=self.indicator.id,
            version=version_on(self.indicator, wave.period.end),
            period=wave.period,
            dimensions=one.dimensions,
            scope=self.indicator.scope,
            unit=self.indicator.unit,
            state=state,
            method=METHOD,
            value=one.value,
            low=one.low,
            high=one.high,
            n=float(one.n) if asked else None,
            numerator=float(one.hits) if one.hits is not None else None,
            denominator=float(one.n) if one.hits is not None else None,
            se=one.se,
            decimals=1,
            basis=one.basis,
            note=note,
            df=one.df if measured else None,
            deff=one.deff,
            response_rate=rate,
            instrument=f"{self.instrument.id} {self.instrument.version}",
            covariances=covariances,
        )


_NOTHING = (None, None, None, None, None, None)
