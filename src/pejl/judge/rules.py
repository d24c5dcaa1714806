"""The table of verdict rules, as data: read from the top, the first that holds decides.

The documentation renders this table; the tests go through it row by row. A change of a verdict is a change here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pejl.judge.facts import Facts
from pejl.judge.statuses import Development, TargetStatus
from pejl.text import Message, message
from pejl.workspace.kinds import TargetKind

S = TypeVar("S", TargetStatus, Development)


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """One row: `holds` decides on the facts, `when` says it in words, `code` is the reason given."""

    code: str
    status: S
    when: Message
    holds: Callable[[Facts], bool]


def _always(_facts: Facts) -> bool:
    """The last row of a table holds for whatever is left."""
    return True


TARGET_RULES: tuple[Rule[TargetStatus], ...] = (
    Rule(
        "target_not_set",
        TargetStatus.NOT_SET,
        message("no number is set for the target"),
        lambda facts: facts.question.kind is TargetKind.NOT_SET,
    ),
    Rule(
        "target_not_known",
        TargetStatus.NOT_KNOWN,
        message("the target is set, but the number is not known here"),
        lambda facts: facts.question.kind is TargetKind.NOT_KNOWN,
    ),
    Rule(
        "target_is_direction",
        TargetStatus.DIRECTION_ONLY,
        message("the goal is a direction without a number"),
        lambda facts: facts.question.kind is TargetKind.DIRECTION,
    ),
    Rule(
        "figure_withheld",
        TargetStatus.WITHHELD,
        message("the figure the target is judged by is not shown, to protect people's anonymity"),
        lambda facts: facts.latest.value is None and facts.withheld,
    ),
    Rule(
        "baseline_withheld",
        TargetStatus.WITHHELD,
        message("the target is a change, and the baseline is not shown, to protect people's anonymity"),
        lambda facts: facts.needs_baseline and facts.baseline_withheld,
    ),
    Rule(
        "only_other_scope",
        TargetStatus.UNKNOWN,
        message("the only figures are about another group of people or employees"),
        lambda facts: not facts.has_latest and facts.only_other_scope,
    ),
    Rule(
        "no_figure",
        TargetStatus.UNKNOWN,
        message("there is no figure within the strategy's years"),
        lambda facts: not facts.has_latest,
    ),
    Rule(
        "baseline_unknown",
        TargetStatus.UNKNOWN,
        message("the target is a change, and the baseline is not known"),
        lambda facts: facts.needs_baseline and not facts.has_baseline,
    ),
    Rule(
        "break",
        TargetStatus.UNKNOWN,
        message("comparability was broken between the baseline (or the strategy's start) and the latest figure"),
        lambda facts: bool(facts.breaks_between),
    ),
    Rule(
        "other_kind_of_period",
        TargetStatus.UNKNOWN,
        message("the target is a change, and baseline and latest figure cover periods of different kinds"),
        lambda facts: facts.needs_baseline and facts.other_kind_of_period,
    ),
    Rule(
        "reached_for_certain",
        TargetStatus.REACHED,
        message("the latest figure reaches the target, and so does its whole interval"),
        lambda facts: facts.point_meets and facts.certain_about_level,
    ),
    Rule(
        "reached",
        TargetStatus.REACHED,
        message("the latest figure reaches the target; the uncertainty does not exclude that it is not reached"),
        lambda facts: facts.point_meets,
    ),
    Rule(
        "no_figure_for_deadline",
        TargetStatus.UNKNOWN,
        message("the deadline has passed, and there is no figure for it"),
        lambda facts: not facts.deadline_ahead and not facts.measured_at_deadline,
    ),
    Rule(
        "not_reached_for_certain",
        TargetStatus.NOT_REACHED,
        message("the deadline has passed, and neither the latest figure nor any of its interval reaches the target"),
        lambda facts: not facts.deadline_ahead and facts.certain_about_level,
    ),
    Rule(
        "not_reached",
        TargetStatus.NOT_REACHED,
        message(
            "the deadline has passed, and the latest figure does not reach the target; the uncertainty does not "
            "exclude that it is reached"
        ),
        lambda facts: not facts.deadline_ahead,
    ),
    Rule(
        "nothing_after_baseline",
        TargetStatus.TOO_EARLY,
        message("the deadline is ahead, and there is no figure after the baseline yet"),
        lambda facts: facts.has_baseline and not facts.later_than_baseline,
    ),
    Rule(
        "pace_without_baseline",
        TargetStatus.UNKNOWN,
        message("the deadline is ahead, and without a baseline the pace cannot be judged"),
        lambda facts: facts.expected_change is None,
    ),
    Rule(
        "pace_uncertain",
        TargetStatus.TOO_EARLY,
        message("the deadline is ahead, and the uncertainty is too large to tell whether the pace is enough"),
        lambda facts: facts.pace_uncertain,
    ),
    Rule(
        "on_pace",
        TargetStatus.ON_TRACK,
        message("the deadline is ahead, and the change so far is at least what an even pace asks for"),
        lambda facts: facts.on_pace,
    ),
    Rule(
        "behind_pace",
        TargetStatus.BEHIND,
        message("the deadline is ahead, and the change so far is less than an even pace asks for"),
        _always,
    ),
)

DEVELOPMENT_RULES: tuple[Rule[Development], ...] = (
    Rule(
        "withheld",
        Development.WITHHELD,
        message("the latest figure or the baseline is not shown, to protect people's anonymity"),
        lambda facts: facts.withheld,
    ),
    Rule(
        "only_other_scope",
        Development.UNKNOWN,
        message("the only figures are about another group of people or employees"),
        lambda facts: not facts.has_latest and facts.only_other_scope,
    ),
    Rule(
        "no_figure",
        Development.UNKNOWN,
        message("there is no figure within the strategy's years"),
        lambda facts: not facts.has_latest,
    ),
    Rule(
        "nothing_to_compare",
        Development.UNKNOWN,
        message("there is no earlier figure to compare with"),
        lambda facts: not facts.has_baseline,
    ),
    Rule(
        "nothing_after_baseline",
        Development.UNKNOWN,
        message("there is no figure after the baseline"),
        lambda facts: not facts.later_than_baseline,
    ),
    Rule(
        "break",
        Development.NOT_COMPARABLE,
        message("comparability was broken between the two figures"),
        lambda facts: bool(facts.breaks_between),
    ),
    Rule(
        "other_kind_of_period",
        Development.NOT_COMPARABLE,
        message("the two figures cover periods of different kinds"),
        lambda facts: facts.other_kind_of_period,
    ),
    Rule(
        "uncertainty_unknown",
        Development.UNKNOWN,
        message("the uncertainty of the figures is not known"),
        lambda facts: facts.comparison is None,
    ),
    Rule(
        "within_tolerance",
        Development.STEADY,
        message("the goal is to hold, and the change is surely smaller than the tolerance"),
        lambda facts: facts.question.direction == "hold" and facts.within_tolerance,
    ),
    Rule(
        "outside_tolerance",
        Development.WRONG_WAY,
        message("the goal is to hold, and the change is surely larger than the tolerance"),
        lambda facts: facts.question.direction == "hold" and facts.outside_tolerance,
    ),
    Rule(
        "tolerance_undecided",
        Development.NO_CLEAR_CHANGE,
        message("the goal is to hold, and the interval does not tell whether the change is within the tolerance"),
        lambda facts: facts.question.direction == "hold",
    ),
    Rule(
        "interval_holds_zero",
        Development.NO_CLEAR_CHANGE,
        message("the 95\N{NO-BREAK SPACE}% interval of the difference does not exclude that nothing changed"),
        lambda facts: not facts.change_is_sure,
    ),
    Rule(
        "change_right",
        Development.RIGHT_WAY,
        message("the 95\N{NO-BREAK SPACE}% interval of the difference lies wholly on the side the goal wants"),
        lambda facts: facts.improves,
    ),
    Rule(
        "change_wrong",
        Development.WRONG_WAY,
        message("the 95\N{NO-BREAK SPACE}% interval of the difference lies wholly on the other side"),
        _always,
    ),
)


def first_that_holds(rules: tuple[Rule[S], ...], facts: Facts) -> Rule[S]:
    """Return the first of `rules` that holds; the last of each table always does."""
    return next(rule for rule in rules if rule.holds(facts))
