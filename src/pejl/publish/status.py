"""The status of a release: as JSON, as CSV, and as a table one would show to a politician."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pejl.judge.statuses import Development, TargetStatus
from pejl.publish.numbers import ends, number, number_with_unit
from pejl.publish.words import (
    DEVELOPMENT_SYMBOLS,
    NO_SYMBOL,
    TARGET_SYMBOLS,
    asked_words,
    decimals_beside,
    development_words,
    period_label,
    point_words,
    reason_words,
    rule_words,
    target_in_words,
    target_words,
)
from pejl.release import Release
from pejl.release.standing import STATE_WORDS, standing_of
from pejl.text import LANGUAGES, Language, Message, format_number, message

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

Record = Mapping[str, Any]

_POINT_COLUMNS = ("period", "value", "low", "high", "state", "n")
_STYLES = {
    Development.RIGHT_WAY: "green",
    Development.WRONG_WAY: "red",
    Development.STEADY: "green",
}


def goals_of(release: Release, strategy: str | None) -> list[dict[str, Any]]:
    """Return the judged goals of a strategy, or of all."""
    goals: list[dict[str, Any]] = release.status["goals"]
    return [goal for goal in goals if strategy is None or goal["strategy"] == strategy]


def status_json(release: Release, strategy: str | None) -> str:
    """Return the status as JSON; every reason comes with its words in both languages."""
    status = dict(release.status)
    status["goals"] = [
        {**goal, "reasons": [_with_words(reason) for reason in goal["reasons"]]} for goal in goals_of(release, strategy)
    ]
    return json.dumps(status, ensure_ascii=False, indent=1)


def _with_words(reason: Record) -> dict[str, Any]:
    text = {language: rule_words(reason, language) or reason_words(reason, language) for language in LANGUAGES}
    return {**reason, "text": text}


def status_csv(release: Release, strategy: str | None, language: Language) -> str:
    """Return the status as CSV, one row per goal, numbers with a decimal point."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    points = [f"{name}_{column}" for name in ("baseline", "latest") for column in _POINT_COLUMNS]
    writer.writerow(
        (
            "strategy",
            "id",
            "code",
            "title",
            "indicator",
            "unit",
            "target_kind",
            "target_value",
            "target_period",
            "target_standing",
            *points,
            "difference",
            "difference_low",
            "difference_high",
            "p",
            "p_adjusted",
            "target_status",
            "target_words",
            "development",
            "development_words",
        )
    )
    for goal in goals_of(release, strategy):
        target, difference = goal["target"], goal["difference"]
        writer.writerow(
            (
                goal["strategy"],
                goal["id"],
                goal["code"],
                _title(goal, language),
                goal["indicator"],
                goal["latest"]["unit"],
                target["kind"],
                target["value"],
                target["period"],
                target["standing"],
                *(goal[name][column] for name in ("baseline", "latest") for column in _POINT_COLUMNS),
                *(difference[name] for name in ("value", "low", "high", "p", "p_adjusted")),
                goal["target_status"],
                target_words(goal, language),
                goal["development"],
                development_words(goal, language),
            )
        )
    return buffer.getvalue()


def _title(record: Record, language: Language) -> str:
    title: dict[str, str | None] = record["title"]
    return title[language] or title["da"] or ""


def status_table(release: Release, strategy: str | None, language: Language) -> list[RenderableType]:
    """Return the status as things to print: for each strategy a table, then what one must know of it all."""
    from rich.text import Text

    goals = goals_of(release, strategy)
    face = release.workspace
    made_for = message("Release {release}, made for {year}", release=release.id, year=release.status["year"])
    standing = STATE_WORDS[standing_of(release).state]
    printed: list[RenderableType] = [
        Text(face["title"][language] or face["title"]["da"], style="bold"),
        Text(face["notice"][language] or face["notice"]["da"], style="italic"),
        Text(f"{made_for.render(language)} · {standing.render(language)}"),
        Text(""),
    ]
    for record in release.status["strategies"]:
        own = [goal for goal in goals if goal["strategy"] == record["id"]]
        if own:
            printed.extend(_strategy_tables(record, own, language))
        elif strategy in (None, record["id"]):
            nothing = message("{title}: no goals of its own", title=_title(record, language)).render(language)
            printed.extend((Text(nothing), Text("")))
    printed.extend(Text(line, style="dim") for line in footnotes(release, language))
    return printed


def _strategy_tables(record: Record, goals: Sequence[Record], language: Language) -> Iterator[RenderableType]:
    """Yield a heading and a table for each guidepost or vision; columns stand below each other throughout."""
    from rich.text import Text

    standing = _STATUS_WORDS[record["status"]].render(language)
    yield Text(f"{_title(record, language)} ({standing})", style="bold underline")
    groups = {group["id"]: group for group in record["groups"]}
    for name in dict.fromkeys(goal["group"] for goal in goals):
        if name in groups:
            yield Text("")
            yield Text(_group_title(groups[name], language), style="bold")
        yield _goal_table([goal for goal in goals if goal["group"] == name], language)
    yield Text("")


_STATUS_WORDS = {
    "draft": message("draft"),
    "adopted": message("adopted"),
    "ended": message("ended"),
}


def _group_title(group: Record, language: Language) -> str:
    number = f"{group['number']}. " if group["number"] is not None else ""
    return f"{number}{_title(group, language)}"


def _goal_table(goals: Sequence[Record], language: Language) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, header_style="dim", leading=1)
    table.add_column(message("Goal").render(language), ratio=5, overflow="fold")
    table.add_column(message("Target").render(language), ratio=3, overflow="fold")
    table.add_column(message("Figures").render(language), ratio=5, overflow="fold")
    table.add_column(message("Target reached?").render(language), ratio=4, overflow="fold")
    table.add_column(message("Development").render(language), ratio=4, overflow="fold")
    for goal in goals:
        table.add_row(*_cells(goal, language))
    return table


def _cells(goal: Record, language: Language) -> Iterator[RenderableType]:
    from rich.text import Text

    code = f"{goal['code']} " if goal["code"] else ""
    yield Text(f"{code}{_title(goal, language)}")
    yield Text(target_in_words(goal, language))
    yield Text("\n".join(figure_lines(goal, language)))
    target, development = TargetStatus(goal["target_status"]), Development(goal["development"])
    yield Text(f"{TARGET_SYMBOLS.get(target, NO_SYMBOL)} {target_words(goal, language, beside_figures=True)}")
    symbol = DEVELOPMENT_SYMBOLS.get(development, NO_SYMBOL)
    words = development_words(goal, language, beside_figures=True)
    yield Text(f"{symbol} {words}", style=_STYLES.get(development, ""))


def figure_lines(goal: Record, language: Language) -> list[str]:
    """Return the figures of a goal in lines: baseline, latest, then what is shown as context only."""
    baseline, latest = goal["baseline"], goal["latest"]
    lines = [point_words(baseline, language, (latest,))] if baseline["value"] is not None else []
    if baseline["period"] != latest["period"] or not lines:
        text = point_words(latest, language, (baseline,))
        beside_another = lines and latest["value"] is None and latest["state"] != "not_due"
        lines.append(f"{period_label(latest['period'], language)}: {text}" if beside_another else text)
    difference = goal["difference"]
    if difference["low"] is not None:
        lines.append(difference_words(goal, language))
    for kind, words in _CONTEXT_WORDS.items():
        found = [point for point in goal["context"] if point["kind"] == kind]
        if found:
            points = " · ".join(_short(point, language, found) for point in found)
            label = Message(words.id, {"per": format_number(found[0].get("per", 1), language)})
            lines.append(f"{label.render(language)}: {points}")
    if goal.get("asked") is not None:  # releases from before people were asked do not have it
        lines.append(asked_words(goal["asked"], language))
    proposed = [reason for reason in goal["reasons"] if reason["code"] == "definition_proposed"]
    lines.extend(f"({reason_words(reason, language)})" for reason in proposed)
    return lines


_CONTEXT_WORDS = {
    "afterwards": message("Afterwards"),
    "other_scope": message("As background only, about others"),
    "rate": message("Per {per} inhabitants"),
}


def _short(point: Record, language: Language, beside: Iterable[Record]) -> str:
    number = number_with_unit(point["value"], point["unit"], language, decimals_beside(point, beside))
    return f"{period_label(point['period'], language)}: {number}"


def difference_words(goal: Record, language: Language) -> str:
    """Return the difference with its 95 % interval."""
    difference = goal["difference"]
    unit = goal["latest"]["unit"]
    low, high = ends(difference["low"], difference["high"], unit, language, difference["value"])
    value = number(difference["value"], language, unit)
    words = message("Difference: {value} ({low} to {high})", value=value, low=low, high=high)
    return words.render(language)


def footnotes(release: Release, language: Language) -> list[str]:
    """Return what one must know of all verdicts together, and the remarks on single goals."""
    note = release.status["footnote"]
    lines = [
        message("The intervals in brackets after a figure are 95\N{NO-BREAK SPACE}% confidence intervals.").render(
            language
        )
    ]
    if note["tests"]:
        lines.append(
            message(
                "Comparisons tested in this release: {tests}. If nothing had changed, {expected} of them would still "
                "look like a change, on average. {signals} do; {surviving} remain after correction for many "
                "comparisons (Benjamini-Hochberg).",
                tests=note["tests"],
                expected=format_number(note["expected_false_signals"], language, 2),
                signals=note["signals"],
                surviving=len(note["surviving_benjamini_hochberg"]),
            ).render(language)
        )
    return lines
