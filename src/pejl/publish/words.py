"""Verdicts, states and targets in words, from the plain data of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pejl.judge.rules import DEVELOPMENT_RULES, TARGET_RULES
from pejl.judge.statuses import DEVELOPMENT_WORDS, SIGN_WORDS, TARGET_WORDS, Development, TargetStatus
from pejl.publish.numbers import ends, number_with_unit, shared_decimals, shared_end_decimals, signed, span
from pejl.text import Language, Message, format_date, format_percent_change, message
from pejl.workspace.kinds import WITHOUT_NUMBER, TargetKind
from pejl.workspace.period import Period
from pejl.workspace.states import State

Record = Mapping[str, Any]

STATE_WORDS: dict[State, Message] = {
    State.MEASURED: message("measured"),
    State.ESTIMATE: message("estimate"),
    State.NO_DATA: message("no data for the period"),
    State.NOT_DUE: message("not measured in this period"),
    State.NO_METHOD: message("cannot be measured yet"),
    State.NOT_COLLECTED: message("not fetched for this presentation"),
    State.WITHHELD: message("not shown, to protect people's anonymity"),
}

WHY_NOT_WORDS: dict[str, Message] = {
    "too_few_answers": message("not shown: too few answered"),
    "too_uncertain": message("not shown: the answers leave too much to chance"),
    "rounded_away": message("not shown: too few people"),
}
"""Why a figure has no number: for an estimate from a survey by the code that stands as its note."""

REASON_WORDS: dict[str, Message] = {
    "only_other_scope": message("the only figures are about others than those the goal is about"),
    "no_figure": message("{state}"),
    "baseline_withheld": message("this concerns the baseline"),
    "baseline_unknown": message("the baseline is not known"),
    "break": message("break in the series {breaks}"),
    "other_kind_of_period": message("the two figures cover periods of different kinds"),
    "reached_for_certain": message("and that is certain"),
    "reached": message("but that is not certain"),
    "no_figure_for_deadline": message("there is no figure for the period the target is for"),
    "not_reached_for_certain": message("and that is certain"),
    "not_reached": message("but that is not certain"),
    "nothing_after_baseline": message("no figure after {baseline} yet"),
    "pace_without_baseline": message("without a baseline the pace cannot be judged"),
    "pace_uncertain": message("the uncertainty is too large to tell the pace"),
    "nothing_to_compare": message("there is no earlier figure to compare with"),
    "uncertainty_unknown": message("the uncertainty of the figures is not known"),
    "within_tolerance": message("the change is surely smaller than the tolerance"),
    "outside_tolerance": message("the change is surely larger than the tolerance"),
    "tolerance_undecided": message("the interval does not tell whether the change is within the tolerance"),
    "baseline_chosen": message("the document names no baseline; compared with {baseline}"),
    "baseline_printed": message("the baseline is known from the document only"),
    "estimate": message("one of the figures is the source's estimate"),
    "reached_before_deadline": message("the deadline is still ahead"),
    "later_figure_missing": message("{period}: {state}"),
    "rate_unknown": message("the number of inhabitants is not known here, so no rate is shown"),
    "rate_differs": message("per inhabitant it goes another way than the number does"),
    "definition_proposed": message("the rule of counting is a proposal"),
}
_RULES: dict[tuple[str, str], Message] = {
    **{("target", rule.code): rule.when for rule in TARGET_RULES},
    **{("development", rule.code): rule.when for rule in DEVELOPMENT_RULES},
}
DIRECTION_WORDS = {
    "increase": message("is to rise"),
    "decrease": message("is to fall"),
    "hold": message("is to stay as it is"),
}
CERTAINTY = frozenset({"reached_for_certain", "reached", "not_reached_for_certain", "not_reached"})
REMARKS = (
    "baseline_chosen",
    "baseline_printed",
    "estimate",
    "reached_before_deadline",
    "later_figure_missing",
    "rate_unknown",
    "rate_differs",
    "definition_proposed",
)
TARGET_SYMBOLS = {
    TargetStatus.REACHED: "●",
    TargetStatus.NOT_REACHED: "○",
    TargetStatus.ON_TRACK: "◕",
    TargetStatus.BEHIND: "◔",
    TargetStatus.TOO_EARLY: "◌",
    TargetStatus.DIRECTION_ONLY: "→",
    TargetStatus.WITHHELD: "▨",
}
DEVELOPMENT_SYMBOLS = {
    Development.RIGHT_WAY: "▲",
    Development.WRONG_WAY: "▼",
    Development.NO_CLEAR_CHANGE: "≈",
    Development.STEADY: "=",
    Development.NOT_COMPARABLE: "≠",
    Development.WITHHELD: "▨",
}
NO_SYMBOL = "·"


def period_label(text: str | None, language: Language) -> str:
    """Return a period of a release as readers expect it, or a dash."""
    return Period.parse(text).label(language) if text else "–"


def state_words(record: Record, language: Language) -> str:
    """Return which kind of nothing (or of number) a point is, with when it is measured next."""
    words = STATE_WORDS[State(record["state"])].render(language)
    if record["state"] == State.NOT_DUE and record.get("next_due"):
        return message(
            "not measured {when}, next {next}",
            when=Period.parse(record.get("period") or record.get("latest")).when(language),
            next=Period.parse(record["next_due"]).label(language),
        ).render(language)
    why_not = record.get("why_not") or (record.get("note") if record.get("method") == "survey" else None)
    return WHY_NOT_WORDS[why_not].render(language) if why_not else words


def asked_words(asked: Record, language: Language) -> str:
    """Return what was asked with, and which answers count, in a line."""

    def said(text: Record) -> str:
        return str(text[language] or text["da"])

    counts = asked["cut_off"] or asked["band"]
    title, version = said(asked["title"]), asked["version"]
    if counts is None:
        return message("Asked with: {title}, version {version}", title=title, version=version).render(language)
    return message(
        "Asked with: {title}, version {version}; counted: {counts}",
        title=title,
        version=version,
        counts=said(counts["title"]),
    ).render(language)


def rule_words(reason: Record, language: Language) -> str | None:
    """Return the rule behind a reason as it stands in the table of rules; None for a remark."""
    words = _RULES.get((reason["half"], reason["code"]))
    return words.render(language) if words is not None else None


def reason_words(reason: Record, language: Language) -> str | None:
    """Return a reason in words; None for reasons that the verdict's own words already say."""
    words = REASON_WORDS.get(reason["code"])
    if words is None:
        return None
    values = dict(reason)
    for name in ("latest", "baseline", "period"):
        values[name] = period_label(reason.get(name), language)
    if "state" in reason:
        values["state"] = state_words(reason, language)
    values["breaks"] = ", ".join(_break_words(day, language) for day in reason.get("breaks", ()))
    return Message(words.id, values).render(language)


def _break_words(day: str, language: Language) -> str:
    """Return when a break is: the year where it is the first day of one, else the day."""
    return Period.parse(day[:4] if day.endswith("-01-01") else day).when(language)


def why_words(goal: Record, half: str, language: Language, *, beside_figures: bool = False) -> str | None:
    """Return why a half of the verdict, `target` or `development`, is as it is; None where there is no more to say.

    `beside_figures`: as for `target_words`.
    """
    rule = next(reason for reason in goal["reasons"] if reason["half"] == half)
    if beside_figures and rule["code"] == "no_figure":
        return None
    if rule["code"] == "no_figure" and goal["latest"]["value"] is None:
        return state_words(goal["latest"], language)
    return reason_words(rule, language)


def target_words(goal: Record, language: Language, *, beside_figures: bool = False) -> str:
    """Return the target half of the verdict in words, with why where there is more to say.

    `beside_figures`: the figures stand right beside and say already which kind of nothing there is.
    """
    words = TARGET_WORDS[TargetStatus(goal["target_status"])].render(language)
    why = why_words(goal, "target", language, beside_figures=beside_figures)
    if goal["reasons"][0]["code"] in CERTAINTY:
        return f"{words}, {why}"
    return f"{words}: {why}" if why else words


def development_words(goal: Record, language: Language, *, beside_figures: bool = False) -> str:
    """Return the development half in words; for a sign of success, whether the sign is seen.

    `beside_figures`: as for `target_words`.
    """
    development = Development(goal["development"])
    words = DEVELOPMENT_WORDS[development]
    if goal["target_status"] == TargetStatus.DIRECTION_ONLY:
        words = SIGN_WORDS.get(development, words)
    why = why_words(goal, "development", language, beside_figures=beside_figures)
    if development is Development.NOT_COMPARABLE and why:
        return message("cannot be compared: {why}", why=why).render(language)
    return f"{words.render(language)}: {why}" if why else words.render(language)


def remarks(goal: Record, language: Language) -> list[str]:
    """Return what else a reader must know of a verdict."""
    found = [reason_words(reason, language) for reason in goal["reasons"] if reason["code"] in REMARKS]
    return [words for words in found if words]


def target_in_words(goal: Record, language: Language) -> str:
    """Return the target itself: the number, by when, and whether it is adopted or only proposed."""
    target = goal["target"]
    unit = goal["latest"]["unit"]
    kind = TargetKind(target["kind"])
    words = _target_number(kind, target, goal["direction"], unit, language)
    if target["period"] and kind not in WITHOUT_NUMBER:
        when = Period.parse(target["period"]).when(language)
        words = message("{target} {when}", target=words, when=when).render(language)
    if kind is TargetKind.NOT_SET and target["due"]:
        words = message("{target} (due by {due})", target=words, due=format_date(_day(target["due"]), language)).render(
            language
        )
    if target["standing"] == "proposed":
        return message("{target} (proposed)", target=words).render(language)
    return words


def _day(text: str) -> Any:
    return Period.parse(text).start


def _target_number(kind: TargetKind, target: Record, direction: str, unit: str | None, language: Language) -> str:
    value = target["value"]
    match kind:
        case TargetKind.LEVEL:
            return number_with_unit(value, unit, language)
        case TargetKind.AT_LEAST:
            template = message("over {number}") if target["strict"] else message("at least {number}")
        case TargetKind.AT_MOST:
            template = message("below {number}") if target["strict"] else message("at most {number}")
        case TargetKind.CHANGE:
            return signed(value, unit, language)
        case TargetKind.RELATIVE_CHANGE:
            return format_percent_change(value, language)
        case TargetKind.CHANGE_AND_RELATIVE:
            relative = format_percent_change(target["relative_change"], language)
            return f"{signed(value, unit, language)} ({relative})"
        case TargetKind.DIRECTION:
            return DIRECTION_WORDS[direction].render(language)
        case TargetKind.NOT_SET:
            return message("no number set").render(language)
        case TargetKind.NOT_KNOWN:
            return message("set, not known here").render(language)
    return Message(template.id, {"number": number_with_unit(value, unit, language)}).render(language)


def decimals_beside(point: Record, others: Iterable[Record]) -> int:
    """Return the decimals of a figure that stands beside others: all of its unit are shown with as many."""
    alike = (each["value"] for each in (point, *others) if each["unit"] == point["unit"] and each["value"] is not None)
    return shared_decimals(alike, point["unit"])


def point_words(point: Record, language: Language, beside: Iterable[Record] = ()) -> str:
    """Return a figure with period and interval, or the kind of nothing it is; `beside` are figures it is read with."""
    if point["value"] is None:
        return state_words(point, language)
    decimals = decimals_beside(point, beside)
    number = number_with_unit(point["value"], point["unit"], language, decimals)
    text = f"{period_label(point['period'], language)}: {number}"
    if point["low"] is not None and point["high"] is not None:
        both = (point["low"], point["high"])
        low, high = ends(*both, point["unit"], language, decimals=shared_end_decimals([both], point["unit"], decimals))
        text += f" ({span(low, high, language)})"
    return text
