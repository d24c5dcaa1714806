"""Judging the goals of a workspace: from declarations and measurements to the status of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl.judge.facts import Point, Question
from pejl.judge.judgement import Case, Footnote, Reason, Verdict, judge
from pejl.measure.asked import METHOD as SURVEY
from pejl.measure.asked import asked_of
from pejl.measure.intervals import poisson_interval
from pejl.measure.measurement import Measurement
from pejl.measure.published import version_on
from pejl.measure.rates import Rate, rate_of
from pejl.surveys.library import instruments_of
from pejl.workspace.base import LocalText
from pejl.workspace.goals import Goal, Target
from pejl.workspace.indicators import Indicator
from pejl.workspace.kinds import WITHOUT_NUMBER
from pejl.workspace.model import Workspace
from pejl.workspace.states import State
from pejl.workspace.strategies import Strategy

Totals = Mapping[str, Sequence[Measurement]]
Record = dict[str, Any]


def judge_workspace(workspace: Workspace, totals: Totals, release_id: str, last_day: date) -> Record:
    """Return the status of every goal of every strategy, as a release keeps it and `status` shows it."""
    builder = _Builder(workspace, totals, last_day)
    pairs = list(workspace.goals())
    verdicts, footnote = judge([builder.case(strategy, goal) for strategy, goal in pairs])
    goals = [builder.record(strategy, goal, verdict) for (strategy, goal), verdict in zip(pairs, verdicts, strict=True)]
    return {
        "workspace": workspace.settings.id,
        "release": release_id,
        "year": last_day.year,
        "footnote": _footnote(footnote),
        "strategies": [_strategy(strategy) for strategy in workspace.strategies],
        "goals": goals,
    }


def _footnote(footnote: Footnote) -> Record:
    return {
        "tests": footnote.tests,
        "signals": footnote.signals,
        "expected_false_signals": footnote.expected_false,
        "surviving_benjamini_hochberg": list(footnote.surviving),
    }


def _strategy(strategy: Strategy) -> Record:
    overall = strategy.overall_goal
    groups = [_group(overall.id, None, overall.title)] if overall is not None else []
    groups += [_group(part.id, part.number, part.title) for part in strategy.guideposts]
    groups += [_group(part.id, part.number, part.title) for part in strategy.visions]
    return {
        "id": strategy.id,
        "title": strategy.title.as_dict(),
        "status": strategy.status,
        "from": strategy.valid.from_.isoformat(),
        "to": strategy.valid.to.isoformat() if strategy.valid.to is not None else None,
        "groups": groups,
    }


def _group(group: str, number: int | None, title: LocalText) -> Record:
    return {"id": group, "number": number, "title": title.as_dict()}


@dataclass(frozen=True, slots=True)
class _Series:
    """The totals of a goal's indicator: in the goal's own scope, and in others."""

    own: tuple[Measurement, ...]
    others: tuple[Measurement, ...]


class _Builder:
    def __init__(self, workspace: Workspace, totals: Totals, last_day: date) -> None:
        self.workspace = workspace
        self.totals = totals
        self.last_day = last_day
        self.population = totals.get(workspace.settings.population or "", ())
        self.instruments = instruments_of(workspace.instruments)

    def series(self, goal: Goal) -> _Series:
        found = self.totals.get(goal.indicator or "", ())
        own = tuple(item for item in found if item.scope == goal.scope)
        return _Series(own, tuple(item for item in found if item.scope != goal.scope))

    def _indicator(self, goal: Goal) -> Indicator | None:
        return self.workspace.indicators_by_id.get(goal.indicator or "")

    def _kind(self, indicator: Indicator | None) -> str:
        if indicator is None:
            return ""
        return indicator.kind or self.workspace.units[indicator.unit].kind

    def case(self, strategy: Strategy, goal: Goal) -> Case:
        """Return `goal` as a case to be judged."""
        series, indicator = self.series(goal), self._indicator(goal)
        kind = self._kind(indicator)
        baseline = goal.baseline
        return Case(
            goal=goal.id,
            key=(goal.indicator or goal.id, goal.scope),
            question=_question(goal, goal.target),
            points=[_point(item, kind) for item in series.own],
            starts=strategy.valid.from_,
            ends=strategy.valid.to,
            horizon=self.last_day,
            breaks=tuple(item.at.start for item in indicator.breaks) if indicator is not None else (),
            baseline_period=baseline.period if baseline is not None else None,
            printed_baseline=_printed_baseline(goal, series, kind),
            other_scope=[_point(item, kind) for item in series.others if item.has_value],
            empty_state=goal.state or State.NOT_COLLECTED,
        )

    def record(self, strategy: Strategy, goal: Goal, verdict: Verdict) -> Record:
        """Return everything a reader may know of a judged goal."""
        series, indicator = self.series(goal), self._indicator(goal)
        unit = self.workspace.unit_of(goal)
        rates = self._rates(indicator, series, verdict)
        reasons = [
            *verdict.reasons,
            *_rate_reasons(indicator, verdict, rates),
            *_definition_reasons(indicator, verdict),
        ]
        target = goal.target
        return {
            "id": goal.id,
            "code": goal.code,
            "strategy": strategy.id,
            "group": strategy.goal_parents().get(goal.id),
            "title": goal.title.as_dict(),
            "wording": goal.wording,
            "indicator": goal.indicator,
            "asked": self._asked(indicator),
            "direction": goal.direction,
            "scope": goal.scope,
            "target_status": str(verdict.target_status),
            "development": str(verdict.development),
            "reasons": [{"code": item.code, "half": item.half, **item.values} for item in reasons],
            "latest": _point_record(verdict.latest, unit),
            "baseline": _point_record(verdict.baseline, unit)
            if verdict.baseline is not None
            else _no_point(goal, unit),
            "target": _target_record(target, verdict),
            "difference": _difference(verdict),
            "context": self._context(series, verdict, unit, rates),
            "series": [_measurement_record(item) for item in series.own],
        }

    def _asked(self, indicator: Indicator | None) -> Record | None:
        """Return what was asked and what counts, which stands wherever the figure does; None where nobody was asked."""
        if indicator is None or indicator.asking is None:
            return None
        return asked_of(self.instruments[indicator.asking.instrument], indicator.asking)

    def _rates(self, indicator: Indicator | None, series: _Series, verdict: Verdict) -> list[Rate]:
        """Return the rates of baseline and latest, if both are known: a rate alone compares with nothing."""
        if indicator is None or indicator.rate_per is None or verdict.baseline is None:
            return []
        periods = (verdict.baseline.period, verdict.latest.period)
        counted = [item for period in periods for item in series.own if item.period == period]
        rates = [rate_of(item, self.population, indicator.rate_per) for item in counted]
        found = [rate for rate in rates if rate is not None]
        return found if len(found) == len(periods) else []

    def _context(self, series: _Series, verdict: Verdict, unit: str | None, rates: Sequence[Rate]) -> list[Record]:
        after = [{"kind": "afterwards", **_point_record(point, unit)} for point in verdict.afterwards]
        others = [
            {"kind": "other_scope", "scope": item.scope, **_measurement_record(item)}
            for item in series.others
            if item.has_value
        ]
        per = [
            {
                "kind": "rate",
                "period": rate.period.text,
                "value": rate.value,
                "low": rate.low,
                "high": rate.high,
                "state": str(State.MEASURED),
                "n": rate.inhabitants,
                "unit": f"per_{rate.per}_inhabitants",
                "per": rate.per,
            }
            for rate in rates
        ]
        return [*after, *others, *per]


def _question(goal: Goal, target: Target) -> Question:
    return Question(
        direction=goal.direction,
        kind=target.kind,
        period=target.period,
        value=float(target.value) if target.value is not None else None,
        change=float(target.change) if target.change is not None else None,
        relative_change=float(target.relative_change) if target.relative_change is not None else None,
        strict=target.strict,
        tolerance=float(goal.tolerance) if goal.tolerance is not None else None,
    )


def _point(item: Measurement, kind: str) -> Point:
    return Point(
        period=item.period,
        state=item.state,
        value=item.value,
        kind=kind,
        low=item.low,
        high=item.high,
        n=item.denominator if item.denominator is not None else item.n,
        se=item.se,
        next_due=item.next_due,
        df=item.df,
        deff=item.deff,
        covariances=item.covariances,
        why_not=_why_not(item),
    )


def _why_not(item: Measurement) -> str:
    """Return the code of why an estimate from a survey has no value; the notes of other figures are their source's."""
    return item.note if item.method == SURVEY else ""


def _printed_baseline(goal: Goal, series: _Series, kind: str) -> Point | None:
    """Return the baseline as the document prints it, where the series has no figure for it."""
    baseline = goal.baseline
    if baseline is None or baseline.printed is None or baseline.period is None:
        return None
    if any(item.period == baseline.period and item.has_value for item in series.own):
        return None
    value = float(baseline.printed)
    low, high = poisson_interval(value) if kind == "count" else (None, None)
    return Point(baseline.period, State.MEASURED, value, kind, low, high, printed=True)


def _point_record(point: Point, unit: str | None) -> Record:
    return {
        "period": point.period.text,
        "value": point.value,
        "low": point.low,
        "high": point.high,
        "state": str(point.state),
        "n": _whole(point.n),
        "unit": unit,
        "next_due": point.next_due.text if point.next_due is not None else None,
        "why_not": point.why_not or None,
    }


def _no_point(goal: Goal, unit: str | None) -> Record:
    """Return the baseline of a goal that has none: its period, if the document names one."""
    period = goal.baseline.period if goal.baseline is not None else None
    nothing = dict.fromkeys(("value", "low", "high", "n", "next_due", "why_not"))
    state = str(goal.state or State.NOT_COLLECTED)
    return {"period": period.text if period is not None else None, "state": state, "unit": unit, **nothing}


def _measurement_record(item: Measurement) -> Record:
    return {
        "period": item.period.text,
        "value": item.value,
        "low": item.low,
        "high": item.high,
        "state": str(item.state),
        "n": _whole(item.n),
        "unit": item.unit,
        "next_due": item.next_due.text if item.next_due is not None else None,
        "why_not": _why_not(item) or None,
    }


def _target_record(target: Target, verdict: Verdict) -> Record:
    number = target.value if target.value is not None else target.change
    number = number if number is not None else target.relative_change
    due = target.period.end if target.period is not None else None
    if target.kind in WITHOUT_NUMBER:
        due = target.to_be_set_by
    return {
        "kind": str(target.kind),
        "period": target.period.text if target.period is not None else None,
        "value": _float(number),
        "due": due.isoformat() if due is not None else None,
        "standing": target.standing,
        "strict": target.strict,
        "change": _float(target.change),
        "relative_change": _float(target.relative_change),
        "level": verdict.level,
    }


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number


def _float(number: Any) -> float | None:
    return None if number is None else float(number)


def _difference(verdict: Verdict) -> Record:
    found = verdict.comparison
    return {
        "value": verdict.change,
        "low": found.low if found is not None else None,
        "high": found.high if found is not None else None,
        "ratio": found.ratio if found is not None else None,
        "ratio_low": found.ratio_low if found is not None else None,
        "ratio_high": found.ratio_high if found is not None else None,
        "p": found.p if found is not None else None,
        "p_adjusted": verdict.p_adjusted,
        "method": found.method if found is not None else None,
    }


def _rate_reasons(indicator: Indicator | None, verdict: Verdict, rates: Sequence[Rate]) -> list[Reason]:
    """Say where the rate per inhabitant is not known, and where it goes another way than the count."""
    if indicator is None or indicator.rate_per is None or verdict.comparison is None:
        return []
    if not rates:
        return [Reason("rate_unknown", "development")]
    before, after = rates[0], rates[-1]
    count_falls = verdict.comparison.difference < 0
    if (after.value < before.value) != count_falls:
        return [Reason("rate_differs", "development")]
    return []


def _definition_reasons(indicator: Indicator | None, verdict: Verdict) -> list[Reason]:
    """Say where the rule of counting is a proposal of ours and not the city's own."""
    if indicator is None or verdict.latest.value is None:
        return []
    used = version_on(indicator, verdict.latest.period.end)
    standing = next(item.standing for item in indicator.versions if item.version == used)
    return [Reason("definition_proposed", "development")] if standing == "proposal" else []
