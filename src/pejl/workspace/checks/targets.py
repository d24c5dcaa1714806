"""Targets whose numbers contradict each other, beyond the rounding of what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pejl.text import Message, message
from pejl.workspace.goals import Baseline, Goal, Target
from pejl.workspace.model import Workspace
from pejl.workspace.printed import Span, after_relative_change, exactly, implied_baseline, printed
from pejl.workspace.problems import Location, Problems


def check_targets(workspace: Workspace, problems: Problems) -> None:
    """Note every target whose level, absolute change, relative change and baseline cannot all be true."""
    for _, goal in workspace.goals():
        baseline = _baseline(workspace, goal)
        for target in goal.targets:
            _direction(goal, target, problems)
            _numbers(workspace, goal, target, baseline, problems)


@dataclass(frozen=True, slots=True)
class _KnownBaseline:
    span: Span
    words: Message


def _baseline(workspace: Workspace, goal: Goal) -> _KnownBaseline | None:
    """Return the baseline the document prints, else the figure of the baseline's period."""
    declared = goal.baseline
    if declared is None:
        return None
    if declared.printed is not None:
        span = exactly(declared.printed) if _is_count(workspace, goal) else printed(declared.printed)
        return _KnownBaseline(span, message("the baseline is {value}", value=_plain(declared.printed)))
    return _baseline_figure(workspace, goal, declared)


def _baseline_figure(workspace: Workspace, goal: Goal, declared: Baseline) -> _KnownBaseline | None:
    if goal.indicator is None or declared.period is None:
        return None
    scopes = workspace.scopes
    for source in workspace.sources_by_series.get(goal.indicator, ()):
        for figure in source.uses[goal.indicator].totals:
            if (
                figure.period == declared.period
                and figure.value is not None
                and figure.scope in scopes
                and scopes[figure.scope].id == goal.scope
            ):
                value = Decimal(str(round(figure.value, figure.decimals))).quantize(Decimal(1).scaleb(-figure.decimals))
                span = exactly(value) if _is_count(workspace, goal) else printed(value)
                place = Location(source.file, figure.line)
                return _KnownBaseline(
                    span, message("the baseline is {value} ({place})", value=_plain(value), place=str(place))
                )
    return None


def _is_count(workspace: Workspace, goal: Goal) -> bool:
    """Tell whether the goal counts whole things; where nothing says, whole numbers are taken as counted."""
    unit = workspace.units.get(workspace.unit_of(goal) or "")
    return unit is None or unit.kind == "count"


def _direction(goal: Goal, target: Target, problems: Problems) -> None:
    for key in ("change", "relative_change"):
        number: Decimal | None = getattr(target, key)
        if number is None or goal.direction == "hold" or number == 0:
            continue
        if (number > 0) != (goal.direction == "increase"):
            problems.add(
                "target_against_direction",
                target.location(key),
                message(
                    "the target {number} goes against the goal's direction '{direction}'",
                    number=_plain(number),
                    direction=goal.direction,
                ),
                message("Correct the plus or minus, or the direction."),
                value=number,
            )


def _numbers(
    workspace: Workspace, goal: Goal, target: Target, baseline: _KnownBaseline | None, problems: Problems
) -> None:
    exact = _is_count(workspace, goal)
    change = None if target.change is None else exactly(target.change) if exact else printed(target.change)
    relative = None if target.relative_change is None else printed(target.relative_change)
    level = None if target.value is None else exactly(target.value) if exact else printed(target.value)
    start = baseline.span if baseline is not None else None

    def contradiction(key: str, what: Message) -> None:
        mend = message("One of the numbers is wrong: compare them with the printed document.")
        problems.add("contradiction", target.location(key), what, mend, value=getattr(target, key))

    if change is not None and relative is not None and target.change and target.relative_change is not None:
        implied = implied_baseline(change, relative)
        if implied is None:
            contradiction(
                "relative_change",
                message(
                    "a change of {change} cannot be {relative} % of any baseline",
                    change=_plain(target.change),
                    relative=_plain(target.relative_change),
                ),
            )
        elif baseline is not None and not implied.meets(baseline.span):
            contradiction("relative_change", _implied_words(target, relative, implied, baseline))
    if level is None or start is None or baseline is None:
        return
    if change is not None and not start.plus(change).meets(level):
        contradiction(
            "change",
            message(
                "{baseline}; with the change {change} it becomes {low} to {high}, not {level}",
                baseline=baseline.words,
                change=_plain(target.change),
                low=_plain(start.plus(change).low),
                high=_plain(start.plus(change).high),
                level=_plain(target.value),
            ),
        )
    if relative is not None and not (reached := after_relative_change(start, relative)).meets(level):
        contradiction(
            "relative_change",
            message(
                "{baseline}; a change of {relative} % makes it {low} to {high}, not {level}",
                baseline=baseline.words,
                relative=_plain(target.relative_change),
                low=_floor(reached.low),
                high=_ceiling(reached.high),
                level=_plain(target.value),
            ),
        )


def _implied_words(target: Target, relative: Span, implied: Span, baseline: _KnownBaseline) -> Message:
    assert target.change is not None
    ends = sorted((abs(relative.low), abs(relative.high)), reverse=True)
    if relative.low <= 0 <= relative.high:
        ends = [ends[0], Decimal(0)]
    return message(
        "{change} is {relative} % of a baseline between {low} and {high} "
        "({size} / {larger} % and {size} / {smaller} %), but {baseline}",
        change=_plain(target.change),
        relative=_plain(target.relative_change),
        low=_floor(implied.low),
        high=_ceiling(implied.high),
        size=_plain(abs(target.change)),
        larger=_plain(ends[0]),
        smaller=_plain(ends[1]),
        baseline=baseline.words,
    )


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _floor(number: Decimal) -> str:
    return _plain(number.quantize(Decimal("0.1"), ROUND_FLOOR))


def _ceiling(number: Decimal) -> str:
    if number.is_infinite():
        return "∞"
    return _plain(number.quantize(Decimal("0.1"), ROUND_CEILING))
