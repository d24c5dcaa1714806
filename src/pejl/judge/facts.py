"""The facts a verdict rests on: a question (goal) and the points of its series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pejl.judge.comparison import Comparison
from pejl.workspace.kinds import CHANGES, LEVELS, Direction, TargetKind
from pejl.workspace.period import Period
from pejl.workspace.states import State


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series, without regard to where it came from. Percent is 0-100.

    `kind` is the unit's kind (count, share, mean …); `printed` marks a baseline known only from the document. An
    estimate from a survey has the degrees of freedom of its sample, `df`, the design effect, and the covariances with
    the values of earlier periods, by period; `why_not` is the code of why it has no value.
    """

    period: Period
    state: State
    value: float | None
    kind: str
    low: float | None = None
    high: float | None = None
    n: float | None = None
    se: float | None = None
    next_due: Period | None = None
    printed: bool = False
    df: int | None = None
    deff: float | None = None
    covariances: tuple[tuple[str, float], ...] = ()
    why_not: str = ""

    def covariance_with(self, earlier: Point) -> float:
        """Return the covariance with an earlier value; 0 where none of the same people were asked."""
        return dict(self.covariances).get(earlier.period.text, 0.0)


@dataclass(frozen=True, slots=True)
class Question:
    """What a goal asks: direction, target with its deadline, tolerance for goals that are to hold."""

    direction: Direction
    kind: TargetKind
    period: Period | None = None
    value: float | None = None
    change: float | None = None
    relative_change: float | None = None
    strict: bool = False
    tolerance: float | None = None


@dataclass(frozen=True)
class Facts:
    """All that the rules look at.

    `baseline` and `latest` are the points compared; `latest.value` is None where there is no figure, and its
    state says which kind of nothing. `breaks` are the days from which figures are no longer comparable with
    earlier ones. `starts` is the first day of the strategy, `horizon` the last day the release speaks of.
    `only_other_scope`: there are figures, but about somebody else.
    """

    question: Question
    baseline: Point | None
    latest: Point
    comparison: Comparison | None
    breaks: tuple[date, ...]
    starts: date
    horizon: date
    only_other_scope: bool = False

    @cached_property
    def has_latest(self) -> bool:
        """There is a figure to judge."""
        return self.latest.value is not None

    @cached_property
    def has_baseline(self) -> bool:
        """There is a figure to compare with."""
        return self.baseline is not None and self.baseline.value is not None

    @cached_property
    def breaks_between(self) -> tuple[date, ...]:
        """The breaks between the baseline (or the strategy's start) and the latest figure."""
        start = self.baseline.period.start if self.baseline is not None else self.starts
        return tuple(day for day in self.breaks if start < day <= self.latest.period.end)

    @cached_property
    def other_kind_of_period(self) -> bool:
        """Baseline and latest speak of periods of different kinds, such as a quarter and a year."""
        return self.baseline is not None and self.baseline.period.kind is not self.latest.period.kind

    @cached_property
    def withheld(self) -> bool:
        """The latest figure, or the baseline, is withheld to protect people."""
        return self.latest.state is State.WITHHELD or self.baseline_withheld

    @cached_property
    def baseline_withheld(self) -> bool:
        """The baseline is withheld to protect people."""
        return self.baseline is not None and self.baseline.state is State.WITHHELD

    @cached_property
    def needs_baseline(self) -> bool:
        """The target is a change, so that it is a level only where the baseline is known."""
        return self.question.kind in CHANGES

    @cached_property
    def level(self) -> float | None:
        """The level that reaches the target; None where it cannot be known.

        An absolute change outranks a relative one, which papers print rounded.
        """
        question = self.question
        if question.kind in LEVELS:
            return question.value
        if not self.needs_baseline or self.baseline is None or self.baseline.value is None:
            return None
        if question.change is not None:
            return self.baseline.value + question.change
        assert question.relative_change is not None
        return self.baseline.value * (1 + question.relative_change / 100)

    @cached_property
    def seeks_more(self) -> bool:
        """More is better, as far as the target is concerned."""
        if self.question.kind is TargetKind.AT_LEAST:
            return True
        if self.question.kind is TargetKind.AT_MOST:
            return False
        return self.question.direction == "increase"

    def meets(self, value: float | None) -> bool:
        """Tell whether `value` reaches the level of the target."""
        level, question = self.level, self.question
        if value is None or level is None:
            return False
        if question.direction == "hold" and question.kind is TargetKind.LEVEL:
            return abs(value - level) <= (question.tolerance or 0.0)
        if question.strict:
            return value > level if self.seeks_more else value < level
        return value >= level if self.seeks_more else value <= level

    @cached_property
    def point_meets(self) -> bool:
        """The latest figure reaches the level."""
        return self.meets(self.latest.value)

    @cached_property
    def certain_about_level(self) -> bool:
        """The whole interval says the same of the target as the figure does.

        For a level it is the interval of the latest figure; for a change that of the difference, or of the ratio,
        because the baseline is uncertain too.
        """
        ends = self._ends()
        return ends is not None and all(self.meets(end) == self.point_meets for end in ends)

    def _ends(self) -> tuple[float, float] | None:
        """Return the ends of the interval, as levels to be held against the target."""
        if not self.needs_baseline:
            low, high = self.latest.low, self.latest.high
            return None if low is None or high is None else (low, high)
        found = self.comparison
        if found is None or self.baseline is None or self.baseline.value is None:
            return None
        if self.question.change is not None:
            return self.baseline.value + found.low, self.baseline.value + found.high
        if found.ratio_low is None or found.ratio_high is None:
            return None
        return self.baseline.value * found.ratio_low, self.baseline.value * found.ratio_high

    @cached_property
    def deadline_ahead(self) -> bool:
        """The target's period ends after the last day the release speaks of."""
        return self.question.period is not None and self.question.period.end > self.horizon

    @cached_property
    def measured_at_deadline(self) -> bool:
        """The latest figure is for the target's period, or later."""
        return self.question.period is None or self.latest.period.end >= self.question.period.end

    @cached_property
    def later_than_baseline(self) -> bool:
        """The latest figure is later than the baseline."""
        return self.baseline is not None and self.baseline.period < self.latest.period

    @cached_property
    def expected_change(self) -> float | None:
        """The change from baseline to level that an even pace would have brought by now, in days of the way."""
        if self.level is None or self.baseline is None or self.baseline.value is None:
            return None
        if self.question.period is None:
            return None
        whole = (self.question.period.end - self.baseline.period.end).days
        gone = (self.latest.period.end - self.baseline.period.end).days
        return (self.level - self.baseline.value) * gone / whole if whole > 0 else None

    @cached_property
    def change(self) -> float | None:
        """The latest figure minus the baseline."""
        if self.baseline is None or self.baseline.value is None or self.latest.value is None:
            return None
        return self.latest.value - self.baseline.value

    @cached_property
    def on_pace(self) -> bool:
        """The change so far is at least what an even pace asks for."""
        if self.expected_change is None or self.change is None:
            return False
        return self.change >= self.expected_change if self.seeks_more else self.change <= self.expected_change

    @cached_property
    def pace_uncertain(self) -> bool:
        """The interval of the change holds the needed pace or, though on pace, no change at all."""
        found, needed = self.comparison, self.expected_change
        if found is None or needed is None:
            return False
        return found.low <= (0.0 if self.on_pace else needed) <= found.high

    @cached_property
    def change_is_sure(self) -> bool:
        """The 95 % interval of the difference excludes no change."""
        return self.comparison is not None and not self.comparison.low <= 0.0 <= self.comparison.high

    @cached_property
    def improves(self) -> bool:
        """The change goes the way the goal wants."""
        return self.change is not None and (self.change > 0) == (self.question.direction == "increase")

    @cached_property
    def within_tolerance(self) -> bool:
        """The whole interval of the difference lies within the tolerance: the change is surely small."""
        tolerance = self.question.tolerance
        if self.comparison is None or tolerance is None:
            return False
        return -tolerance <= self.comparison.low and self.comparison.high <= tolerance

    @cached_property
    def outside_tolerance(self) -> bool:
        """The whole interval of the difference lies outside the tolerance: the change is surely too large."""
        tolerance = self.question.tolerance
        if self.comparison is None or tolerance is None:
            return False
        return self.comparison.high < -tolerance or self.comparison.low > tolerance
