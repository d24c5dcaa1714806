"""Judging goals: choose the two figures, compare them once, go through the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pejl.judge.comparison import Comparison, compare_counts, compare_shares, compare_with_standard_errors
from pejl.judge.facts import Facts, Point, Question
from pejl.judge.multiplicity import benjamini_hochberg, expected_false_signals
from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES, first_that_holds
from pejl.judge.statuses import Development, TargetStatus
from pejl.workspace.period import Period
from pejl.workspace.states import State

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the code of a rule or of a remark, which half it belongs to, and the values its words need."""

    code: str
    half: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A goal to be judged: its question, and the totals of its series in the goal's own scope, by period.

    `key` names the series and scope, so that goals that ask the same of the same figures share one test.
    `baseline_period` and `printed_baseline` are what the document says. `breaks` are days. `other_scope` are
    points about somebody else. `empty_state` holds where the series has no row within the strategy's years.
    """

    goal: str
    key: tuple[str, ...]
    question: Question
    points: Sequence[Point]
    starts: date
    ends: date | None
    horizon: date
    breaks: tuple[date, ...] = ()
    baseline_period: Period | None = None
    printed_baseline: Point | None = None
    other_scope: Sequence[Point] = ()
    empty_state: State = State.NOT_COLLECTED


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both halves, the figures they rest on, and why."""

    goal: str
    target_status: TargetStatus
    development: Development
    reasons: tuple[Reason, ...]
    baseline: Point | None
    latest: Point
    level: float | None
    change: float | None
    comparison: Comparison | None
    p_adjusted: float | None
    afterwards: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """What the number of tests means: how many false signals to expect, and which signals survive correction."""

    tests: int
    signals: int
    expected_false: float
    surviving: tuple[str, ...]


def judge(cases: Sequence[Case]) -> tuple[list[Verdict], Footnote]:
    """Return a verdict for each case, and the footnote on all their tests together.

    One test is made for each pair of figures, however many goals share it. The Benjamini-Hochberg adjusted p
    stands beside each; it decides nothing.
    """
    chosen = [(case, *_choose(case)) for case in cases]
    tests: dict[tuple[object, ...], Comparison] = {}
    for case, baseline, latest in chosen:
        found = _comparison(case, baseline, latest)
        if found is not None and baseline is not None:
            tests.setdefault(_test_key(case, baseline, latest), found)
    adjusted = dict(zip(tests, benjamini_hochberg([test.p for test in tests.values()]), strict=True))
    verdicts = []
    for case, baseline, latest in chosen:
        key = _test_key(case, baseline, latest) if baseline is not None else ()
        verdicts.append(_verdict(case, baseline, latest, tests.get(key), adjusted.get(key)))
    return verdicts, _footnote(tests, adjusted)


def _test_key(case: Case, baseline: Point, latest: Point) -> tuple[object, ...]:
    return (*case.key, baseline.period.text, baseline.value, latest.period.text)


def _footnote(tests: Mapping[tuple[object, ...], Comparison], adjusted: Mapping[tuple[object, ...], float]) -> Footnote:
    signals = [key for key, test in tests.items() if not test.low <= 0 <= test.high]
    surviving = tuple(sorted({str(key[0]) for key, p in adjusted.items() if p <= 1 - LEVEL}))
    return Footnote(len(tests), len(signals), expected_false_signals(len(tests), LEVEL), surviving)


def _choose(case: Case) -> tuple[Point | None, Point]:
    """Return the baseline (None where there is none) and the latest figure within the strategy's years.

    Where the document names no baseline, it is the last figure before the strategy's first day, else the first
    within its years.
    """
    within = [point for point in case.points if _within(case, point.period)]
    usable = [point for point in within if point.value is not None or point.state is State.WITHHELD]
    latest = max(usable, key=lambda point: _order(point.period)) if usable else _nothing(case, within)
    baseline = _declared_baseline(case) if _baseline_declared(case) else _own_baseline(case, usable)
    if baseline is not None and latest.value is not None and baseline.period == latest.period:
        return (baseline if _baseline_declared(case) else None), latest
    return baseline, latest


def _order(period: Period) -> tuple[date, date]:
    return period.end, period.start


def _within(case: Case, period: Period) -> bool:
    return period.end >= case.starts and (case.ends is None or period.end <= case.ends)


def _nothing(case: Case, within: Sequence[Point]) -> Point:
    """Return the point that says which kind of nothing there is."""
    if within:
        return max(within, key=lambda point: _order(point.period))
    last = case.ends if case.ends is not None and case.ends < case.horizon else case.horizon
    return Point(Period.year(last.year), case.empty_state, None, "")


def _baseline_declared(case: Case) -> bool:
    return case.baseline_period is not None or case.printed_baseline is not None


def _declared_baseline(case: Case) -> Point | None:
    if case.printed_baseline is not None:
        return case.printed_baseline
    return next((point for point in case.points if point.period == case.baseline_period), None)


def _own_baseline(case: Case, usable: Sequence[Point]) -> Point | None:
    before = [point for point in case.points if point.period.end < case.starts and point.value is not None]
    if before:
        return max(before, key=lambda point: _order(point.period))
    measured = [point for point in usable if point.value is not None]
    return min(measured, key=lambda point: _order(point.period)) if measured else None


def _comparison(case: Case, baseline: Point | None, latest: Point) -> Comparison | None:
    """Return the one comparison of the two figures, or None where it may not or cannot be made."""
    if baseline is None or baseline.value is None or latest.value is None or not baseline.period < latest.period:
        return None
    facts = _facts(case, baseline, latest, None)
    if facts.breaks_between or facts.other_kind_of_period:
        return None
    return compare_points(baseline, latest)


def compare_points(before: Point, after: Point) -> Comparison | None:
    """Return how `after` differs from `before`, in the unit of the points; None where uncertainty is unknown."""
    if before.value is None or after.value is None:
        return None
    if before.se is not None and after.se is not None and before.se + after.se > 0:
        known = [point.df for point in (before, after) if point.df is not None]
        together = _possible(after.covariance_with(before), before.se, after.se)
        df = min(known) if known else None
        return compare_with_standard_errors(before.value, before.se, after.value, after.se, together, LEVEL, df)
    if before.kind == after.kind == "count" and before.value.is_integer() and after.value.is_integer():
        return compare_counts(before.value, after.value, level=LEVEL)
    if before.kind == after.kind == "share" and before.n and after.n:
        return in_percent(compare_shares(before.value / 100, before.n, after.value / 100, after.n, level=LEVEL))
    return None


def _possible(covariance: float, se_before: float, se_after: float) -> float:
    """Return an estimated covariance, cut to what leaves the difference some uncertainty.

    Two estimates never move quite as one, though an estimate of their covariance can say so by chance.
    """
    most = 0.99 * se_before * se_after
    return min(max(covariance, -most), most)


def in_percent(found: Comparison) -> Comparison:
    """Return a comparison of shares 0-1 in percentage points."""
    return replace(found, difference=found.difference * 100, low=found.low * 100, high=found.high * 100)


def _facts(case: Case, baseline: Point | None, latest: Point, found: Comparison | None) -> Facts:
    return Facts(
        question=case.question,
        baseline=baseline,
        latest=latest,
        comparison=found,
        breaks=case.breaks,
        starts=case.starts,
        horizon=case.horizon,
        only_other_scope=bool(case.other_scope) and not any(point.value is not None for point in case.points),
    )


def _verdict(
    case: Case,
    baseline: Point | None,
    latest: Point,
    found: Comparison | None,
    p_adjusted: float | None,
) -> Verdict:
    facts = _facts(case, baseline, latest, found)
    target = first_that_holds(TARGET_RULES, facts)
    development = first_that_holds(DEVELOPMENT_RULES, facts)
    reasons = [
        Reason(target.code, "target", _values(facts)),
        Reason(development.code, "development", _values(facts)),
        *_chosen_baseline(case, facts),
        *(Reason(code, half, _values(facts)) for code, half, holds in _REMARKS if holds(facts)),
        *_later_missing(case, latest),
    ]
    comparable = found is not None or development.code == "uncertainty_unknown"
    return Verdict(
        goal=case.goal,
        target_status=target.status,
        development=development.status,
        reasons=tuple(reasons),
        baseline=baseline,
        latest=latest,
        level=facts.level,
        change=facts.change if comparable else None,
        comparison=found,
        p_adjusted=p_adjusted,
        afterwards=tuple(_afterwards(case)),
    )


def _values(facts: Facts) -> dict[str, object]:
    """Return what the words of a reason may name: periods, the state of a missing figure, breaks."""
    values: dict[str, object] = {"latest": facts.latest.period.text, "state": str(facts.latest.state)}
    if facts.baseline is not None:
        values["baseline"] = facts.baseline.period.text
    if facts.breaks_between:
        values["breaks"] = [day.isoformat() for day in facts.breaks_between]
    if facts.latest.next_due is not None:
        values["next_due"] = facts.latest.next_due.text
    return values


_REMARKS: tuple[tuple[str, str, Callable[[Facts], bool]], ...] = (
    ("baseline_printed", "development", lambda facts: facts.baseline is not None and facts.baseline.printed),
    (
        "estimate",
        "development",
        lambda facts: any(
            point is not None and point.state is State.ESTIMATE for point in (facts.baseline, facts.latest)
        ),
    ),
    (
        "reached_before_deadline",
        "target",
        lambda facts: facts.deadline_ahead and facts.point_meets and not facts.breaks_between,
    ),
)


def _chosen_baseline(case: Case, facts: Facts) -> Iterable[Reason]:
    """Say so where the document names no baseline, and another figure had to stand in for it."""
    if facts.has_baseline and facts.has_latest and not _baseline_declared(case):
        yield Reason("baseline_chosen", "development", _values(facts))


def _later_missing(case: Case, latest: Point) -> Iterable[Reason]:
    """Say so where a later figure within the strategy's years exists, or should, and is not here."""
    if latest.value is None:
        return
    for point in case.points:
        missing = point.value is None and point.state is not State.NOT_DUE
        if missing and latest.period < point.period and _within(case, point.period):
            values = {"period": point.period.text, "state": str(point.state)}
            yield Reason("later_figure_missing", "development", values)


def _afterwards(case: Case) -> Iterable[Point]:
    if case.ends is None:
        return []
    ends = case.ends
    after = (point for point in case.points if point.period.end > ends and point.value is not None)
    return sorted(after, key=lambda point: _order(point.period))
