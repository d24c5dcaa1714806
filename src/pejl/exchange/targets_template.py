"""The workbook in which targets are set: every goal with what is decided, and what is still owed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pejl.exchange.choices import STRICT
from pejl.exchange.sheets import DataSheet, Guide, Value, make_book
from pejl.exchange.targets_sheet import ENGLISH, FIXED, TargetColumns, target_columns
from pejl.text import Language, format_number, message
from pejl.workspace.base import LocalText
from pejl.workspace.goals import Goal, Target
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period, PeriodKind
from pejl.workspace.strategies import Strategy


def targets_template(workspace: Workspace, language: Language, year: int | None = None) -> bytes:
    """Return the workbook: a row for every goal, filled with the target that counts now.

    Args:
        workspace: as declared.
        language: of explanations and lists.
        year: only strategies that speak of this year; if not given, all that have not ended and were not adopted
            under another name, or all if there are none.
    """
    columns = target_columns(workspace, language)
    strategies = strategies_of(workspace, year)
    rows = [_row(workspace, columns, strategy, goal, language) for strategy in strategies for goal in strategy.goals()]
    data = DataSheet(message("Targets"), columns.columns, rows, frozen=2, free_rows=0)
    return make_book(_guide(workspace, columns, language), data, language)


def strategies_of(workspace: Workspace, year: int | None) -> list[Strategy]:
    """Return the strategies that speak of `year`; without a year those still open, or all."""
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return [
            item
            for item in workspace.strategies
            if item.valid.from_ <= last and (item.valid.to is None or item.valid.to >= first)
        ]
    open_ones = [item for item in workspace.strategies if item.status != "ended" and not item.draft_of]
    return open_ones or list(workspace.strategies)


def _guide(workspace: Workspace, columns: TargetColumns, language: Language) -> Guide:
    paragraphs = [
        message(
            "Write decisions about targets in the sheet 'Targets', and send the workbook back. White cells are "
            "yours; grey ones are for help. Every row is one goal, filled with what is written down now."
        ),
        message(
            "If the target of a goal was decided anew, change its kind, numbers, period and standing, and write the "
            "day of the decision and where it stands. The old target is kept as history. If what is written here is "
            "simply wrong, choose 'a correction' in the column 'What is this?'."
        ),
        message("Baseline, who owes it, weight, kind of data and timetable are changed where they stand."),
        message("A row you do not touch stays as it is; so does a row you delete."),
        message("Goals are not added here: their words belong to the strategy."),
        message(
            "Before anything is taken over, you are shown every change; whatever cannot be understood is named with "
            "its cell."
        ),
    ]
    kinds = [(label, _KIND_HELP[kind].render(language)) for kind, label in columns.kinds.labels.items()]
    return Guide(
        sheet=message("Read me first"),
        title=message("Targets of {title}", title=workspace.settings.title.text(language)),
        notice=workspace.settings.notice.text(language),
        paragraphs=paragraphs,
        words={message("The kinds of target").render(language): kinds},
    )


_KIND_HELP = {
    "level": message("A number to be reached, such as 1000 in 2017. It may carry the change printed beside it."),
    "at_least": message("A number it must not be below."),
    "at_most": message("A number it must not be above."),
    "change": message("So many more or fewer than at the baseline."),
    "relative_change": message("So many percent more or fewer than at the baseline."),
    "change_and_relative": message("Both are printed: a change, and the same in percent."),
    "direction": message("It is to rise or fall; no number belongs to it."),
    "not_set": message("There is to be a number, and nobody has set it yet. Write by when, and who owes it."),
    "not_known": message("A number was set, and we do not know it."),
}


def _row(
    workspace: Workspace, columns: TargetColumns, strategy: Strategy, goal: Goal, language: Language
) -> dict[str, Value]:
    target = goal.target
    unit = workspace.units.get(workspace.unit_of(goal) or "")
    shown = unit.label.text(language) if unit is not None else "–"
    baseline = goal.baseline
    start = baseline.value if baseline is not None else None
    number: object = columns.baseline.label(start) if isinstance(start, str) else start
    return {
        "code": Value(goal.code),
        "title": Value(goal.title.text(language)),
        "strategy": Value(strategy.name.text(language)),
        "unit": Value(shown),
        "now": Value(target_in_words(columns, target, shown, language)),
        "baseline_period": _period(baseline.period if baseline is not None else None),
        "baseline_value": _number(number),
        "kind": Value(columns.kinds.label(target.kind)),
        "value": _number(target.value),
        "strict": Value(columns.strict.label(STRICT) if target.strict else None),
        "change": _number(target.change),
        "relative_change": _number(target.relative_change),
        "period": _period(target.period),
        "standing": Value(columns.standings.label(target.standing)),
        "set_on": Value(target.set_on),
        "to_be_set_by": Value(target.to_be_set_by),
        **_text("owed_by", target.owed_by or goal.owed_by),
        "weight": _number(columns.not_fixed.label(goal.weight) if isinstance(goal.weight, str) else goal.weight),
        **{name: value for key in FIXED for name, value in _fixed(columns, key, getattr(goal, key)).items()},
        "goal": Value(goal.id),
    }


def _period(period: Period | None) -> Value:
    if period is None:
        return Value(None)
    return Value(int(period.text) if period.kind is PeriodKind.YEAR else period.text)


def _number(value: object) -> Value:
    if not isinstance(value, Decimal):
        return Value(value)
    decimals = max(-int(value.as_tuple().exponent), 0)
    return Value(value, "#,##0." + "0" * decimals if decimals else "#,##0")


def _text(name: str, text: LocalText | None) -> dict[str, Value]:
    return {name: Value(text.da if text else None), name + ENGLISH: Value(text.en if text else None)}


def _fixed(columns: TargetColumns, name: str, value: LocalText | str | None) -> dict[str, Value]:
    return {name: Value(columns.not_fixed.label(value))} if isinstance(value, str) else _text(name, value)


def target_in_words(columns: TargetColumns, target: Target, unit: str, language: Language) -> str:
    """Return what a target says, in a line: at most: 160 persons (2017), adopted."""
    numbers = [format_number(target.value, language)] if target.value is not None else []
    if target.change is not None:
        numbers.append(f"{format_number(target.change, language)} {unit}")
    elif numbers:
        numbers[0] += f" {unit}"
    if target.relative_change is not None:
        numbers.append(f"{format_number(target.relative_change, language)} %")
    words = ": ".join(part for part in (columns.kinds.label(target.kind), ", ".join(numbers)) if part)
    when = f" ({target.period.label(language)})" if target.period is not None else ""
    return f"{words}{when}, {columns.standings.label(target.standing)}"
