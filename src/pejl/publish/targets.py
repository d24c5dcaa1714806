"""The sheet a committee needs to set the numbers: per goal, what is known and what a number would mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pejl.judge.facts import Point
from pejl.judge.visibility import Meaning, Visibility, meaning, visibility
from pejl.measure.asked import METHOD as SURVEY
from pejl.publish.numbers import ends, number_with_unit, signed
from pejl.publish.words import period_label, point_words, state_words, target_in_words
from pejl.release import Release
from pejl.text import Language, Message, format_date, format_number, format_percent_change, message
from pejl.workspace.base import LocalText
from pejl.workspace.goals import Goal
from pejl.workspace.model import Workspace
from pejl.workspace.period import Period
from pejl.workspace.states import State
from pejl.workspace.strategies import Strategy

if TYPE_CHECKING:
    from rich.console import RenderableType

Record = Mapping[str, Any]

COLUMNS: dict[str, Message] = {
    "goal": message("Goal"),
    "definition": message("Definition"),
    "weight": message("Weight"),
    "kind_of_data": message("Kind of data"),
    "timetable": message("Timetable"),
    "baseline": message("Baseline"),
    "variation": message("Normal variation"),
    "smallest": message("Smallest change one could see"),
    "target": message("Target"),
    "meaning": message("What the number would mean"),
    "owes": message("Who owes what, and when"),
}
NOT_FIXED = {
    "not_known": message("fixed, but not known here"),
    "not_set": message("not fixed yet"),
}


def targets_sheet(
    workspace: Workspace, release: Release, strategy: str | None, proposals: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Return a row of plain data for every goal of a strategy, or of all.

    Args:
        workspace: as declared now.
        release: whose figures are the baselines.
        strategy: the id of one strategy; all if None.
        proposals: levels to try, by goal id; they take the place of the declared target.
    """
    judged = {goal["id"]: goal for goal in release.status["goals"]}
    return [
        _Row(workspace, owner, goal, judged[goal.id], proposals.get(goal.id), _totals(release, goal)).record()
        for owner, goal in workspace.goals()
        if strategy in (None, owner.id) and goal.id in judged
    ]


def _totals(release: Release, goal: Goal) -> Sequence[Record]:
    """Return the totals of what measures a goal."""
    found = release.indicator(goal.indicator) if goal.indicator is not None else None
    return found["totals"] if found is not None else ()


class _Row:
    def __init__(
        self,
        workspace: Workspace,
        strategy: Strategy,
        goal: Goal,
        judged: Record,
        proposed: float | None,
        totals: Sequence[Record],
    ) -> None:
        self.workspace = workspace
        self.strategy = strategy
        self.goal = goal
        self.judged = judged
        self.proposed = proposed
        self.totals = totals
        self.indicator = workspace.indicators_by_id.get(goal.indicator or "")

    def record(self) -> dict[str, Any]:
        goal = self.goal
        baseline = self._baseline()
        seen = self._visibility(baseline)
        meant = self._meaning(baseline, seen)
        return {
            "strategy": self.strategy.id,
            "id": goal.id,
            "code": goal.code,
            "title": goal.title.as_dict(),
            "direction": goal.direction,
            "definition": self._definition(),
            "weight": _fixed(goal.weight),
            "kind_of_data": _fixed(goal.kind_of_data),
            "timetable": _fixed(goal.timetable),
            "baseline": baseline,
            "normal_variation": _span(seen.variation) if seen else None,
            "series_variation": _span(seen.series_variation) if seen else None,
            "smallest_visible_change": seen.smallest if seen else None,
            "smallest_likely_change": seen.smallest_likely if seen else None,
            "sample": seen.sample if seen else None,
            "target": self.judged["target"],
            "proposed_level": self.proposed,
            "meaning": _meaning_record(meant),
            "owed_by": self._owed_by(),
            "owed_until": self._owed_until(),
            "owed": self._owed(),
            "not_known_here": self._not_known_here(),
        }

    def _definition(self) -> dict[str, Any] | None:
        if self.indicator is None or not self.indicator.versions:
            return None
        version = self.indicator.versions[-1]
        return {
            "version": version.version,
            "standing": version.standing,
            "text": version.definition.as_dict(),
        }

    def _baseline(self) -> dict[str, Any]:
        """Return the figure a number can be set from: the baseline, or the latest where a break lies between."""
        baseline: dict[str, Any] = self.judged["baseline"]
        latest: dict[str, Any] = self.judged["latest"]
        unusable = baseline["value"] is None or self.judged["development"] == "not_comparable"
        return latest if unusable and latest["value"] is not None else baseline

    def _point(self, baseline: Record) -> Point | None:
        if self.indicator is None or baseline["value"] is None or baseline["period"] is None:
            return None
        kind = self.indicator.kind or self.workspace.units[self.indicator.unit].kind
        period = Period.parse(baseline["period"])
        own = self._estimate(baseline["period"])
        return Point(
            period, State(baseline["state"]), baseline["value"], kind,
            n=baseline["n"], se=own.get("se"), deff=own.get("deff"),
        )  # fmt: skip

    def _estimate(self, period: str) -> Record:
        """Return the estimate from a survey that a baseline is; empty where nobody was asked."""
        found = (item for item in self.totals if item["period"] == period and item["scope"] == self.goal.scope)
        return next((item for item in found if item["method"] == SURVEY), {})

    def _visibility(self, baseline: Record) -> Visibility | None:
        point = self._point(baseline)
        if point is None or self.goal.direction == "hold":
            return None
        return visibility(point, self.goal.direction, self._comparable(point))

    def _comparable(self, point: Point) -> list[float]:
        """Return the values up to the baseline's stretch without a break, in order of time."""
        assert self.indicator is not None
        breaks = [item.at.start for item in self.indicator.breaks]
        values = []
        for item in self.judged["series"]:
            period = Period.parse(item["period"])
            first, last = sorted((period, point.period))
            if item["value"] is not None and not any(first.start < day <= last.end for day in breaks):
                values.append(item["value"])
        return values

    def _meaning(self, baseline: Record, seen: Visibility | None) -> Meaning | None:
        point = self._point(baseline)
        level = self.proposed if self.proposed is not None else self.judged["target"]["level"]
        if point is None or seen is None or level is None:
            return None
        end = self.judged["target"]["period"]
        last = Period.parse(end).end if end else self.strategy.valid.to
        years = (last - point.period.end).days / 365.25 if last is not None else None
        return meaning(point, level, years if years and years > 0 else None, seen)

    def _owed_by(self) -> dict[str, Any] | None:
        owner: LocalText | None = self.goal.target.owed_by or self.goal.owed_by
        return owner.as_dict() if owner is not None else None

    def _owed_until(self) -> str | None:
        due = self.goal.target.to_be_set_by or self.goal.due
        return due.isoformat() if due is not None else None

    def _owed(self) -> list[str]:
        """Return what has yet to be made, as codes: a number, a way to measure."""
        owed = ["number"] if self.judged["target_status"] == "not_set" else []
        return [*owed, "method"] if self.goal.state is State.NO_METHOD else owed

    def _not_known_here(self) -> list[str]:
        """Return what may well exist but is not known here, as codes: a baseline, a definition. It is our lack."""
        if self.goal.state is State.NO_METHOD:
            return []
        lacking = ["baseline"] if self._baseline()["value"] is None else []
        return [*lacking, "definition"] if self.indicator is None else lacking


OWED_WORDS = {
    "number": message("a number"),
    "baseline": message("a baseline"),
    "method": message("a way to measure it"),
    "definition": message("a definition"),
}


def _fixed(value: object) -> Any:
    """Return a weight, kind of data or timetable as plain data: its text, or that it is not known or set."""
    if isinstance(value, LocalText):
        return value.as_dict()
    return str(value) if value is not None else None


def _span(span: tuple[float, float] | None) -> dict[str, float] | None:
    return None if span is None else {"low": span[0], "high": span[1]}


def _meaning_record(meant: Meaning | None) -> dict[str, Any] | None:
    if meant is None:
        return None
    return {
        "level": meant.level,
        "change": meant.change,
        "relative_change": meant.relative_change,
        "per_year": meant.per_year,
        "visible": meant.visible,
        "sample_needed": meant.sample_needed,
    }


def in_words(row: Record, language: Language) -> dict[str, str]:
    """Return a row in words, by the columns of the sheet."""
    unit = row["baseline"]["unit"]
    title = row["title"][language] or row["title"]["da"]
    return {
        "goal": f"{row['code']} {title}" if row["code"] else title,
        "definition": _definition_words(row, language),
        "weight": _fixed_words(row["weight"], language),
        "kind_of_data": _fixed_words(row["kind_of_data"], language),
        "timetable": _fixed_words(row["timetable"], language),
        "baseline": _baseline_words(row["baseline"], language),
        "variation": "; ".join(_variation_words(row, unit, language)) or "–",
        "smallest": "; ".join(_smallest_words(row, unit, language)) or "–",
        "target": target_in_words({**row, "latest": row["baseline"]}, language),
        "meaning": "; ".join(_meaning_words(row, unit, language)) or "–",
        "owes": _owes_words(row, language),
    }


def _definition_words(row: Record, language: Language) -> str:
    definition = row["definition"]
    if definition is None:
        return message("none yet").render(language)
    text: str = definition["text"][language] or definition["text"]["da"]
    if definition["standing"] == "proposal":
        return message("{text} (our proposal)", text=text).render(language)
    return text


def _fixed_words(value: Any, language: Language) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return str(value[language] or value["da"])
    return NOT_FIXED[value].render(language) if value in NOT_FIXED else str(value)


def _baseline_words(baseline: Record, language: Language) -> str:
    if baseline["value"] is not None:
        return point_words(baseline, language)
    if baseline["period"] is None:
        return message("the baseline is not known").render(language)
    return f"{period_label(baseline['period'], language)}: {state_words(baseline, language)}"


def _variation_words(row: Record, unit: str | None, language: Language) -> Iterator[str]:
    for name, template in (
        ("normal_variation", message("{low} to {high} by chance alone")),
        ("series_variation", message("{low} to {high} going by how the series has moved")),
    ):
        span = row[name]
        if span is not None:
            low, high = ends(span["low"], span["high"], unit, language)
            yield Message(template.id, {"low": low, "high": high}).render(language)


def _smallest_words(row: Record, unit: str | None, language: Language) -> Iterator[str]:
    smallest, likely, sample = (row[name] for name in ("smallest_visible_change", "smallest_likely_change", "sample"))
    if smallest is not None:
        yield message(
            "a measured change of {change} would be certain", change=_rounded(smallest, unit, language)
        ).render(language)
    if likely is not None:
        yield message(
            "a true change of {change} would be seen four times in five", change=_rounded(likely, unit, language)
        ).render(language)
    if sample is not None:
        answers = format_number(sample, language, 0)
        yield message("with {answers} answers each time", answers=answers).render(language)


def _rounded(change: float, unit: str | None, language: Language) -> str:
    return signed(round(change, 1), unit, language)


def _meaning_words(row: Record, unit: str | None, language: Language) -> Iterator[str]:
    meant = row["meaning"]
    if meant is None:
        return
    change = _rounded(meant["change"], unit, language)
    relative = meant["relative_change"]
    if relative is not None:
        change = f"{change} ({format_percent_change(relative, language, 1)})"
    yield message(
        "{level}, that is {change}",
        level=number_with_unit(round(meant["level"], 1), unit, language),
        change=change,
    ).render(language)
    if meant["per_year"] is not None:
        yield message("{change} a year", change=_rounded(meant["per_year"], unit, language)).render(language)
    if meant["visible"] is not None:
        seen = message("can be told from chance") if meant["visible"] else message("cannot be told from chance")
        yield seen.render(language)
    if meant["sample_needed"] is not None:
        answers = format_number(meant["sample_needed"], language, 0)
        yield message("{answers} answers are needed to see it", answers=answers).render(language)


def _owes_words(row: Record, language: Language) -> str:
    owed, lacking = (
        ", ".join(OWED_WORDS[code].render(language) for code in row[name]) for name in ("owed", "not_known_here")
    )
    owner = row["owed_by"]
    parts = [owed] if owed else []
    if owner is not None:
        parts.append(owner[language] or owner["da"])
    if row["owed_until"] is not None:
        due = format_date(Period.parse(row["owed_until"]).start, language)
        parts.append(message("by {due}", due=due).render(language))
    if lacking:
        parts.append(message("not known here: {lacking}", lacking=lacking).render(language))
    return "; ".join(parts) or "–"


def targets_csv(rows: Sequence[Record], language: Language) -> str:
    """Return the sheet as CSV, semicolon-separated in Danish (as Danish spreadsheets read it)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if language == "da" else ",", lineterminator="\n")
    header = [words.render(language) for words in COLUMNS.values()]
    writer.writerow((message("Strategy").render(language), "id", *header))
    for row in rows:
        writer.writerow((row["strategy"], row["id"], *in_words(row, language).values()))
    return buffer.getvalue()


def targets_markdown(rows: Sequence[Record], titles: Mapping[str, str], language: Language) -> str:
    """Return the sheet as Markdown: a heading for each strategy, a section for each goal."""
    lines: list[str] = []
    strategy = None
    for row in rows:
        if row["strategy"] != strategy:
            strategy = row["strategy"]
            lines += [f"# {titles[strategy]}", ""]
        words = in_words(row, language)
        lines += [f"## {words.pop('goal')}", ""]
        lines += [f"- **{COLUMNS[name].render(language)}:** {text}" for name, text in words.items()]
        lines.append("")
    return "\n".join(lines)


def targets_table(rows: Sequence[Record], titles: Mapping[str, str], language: Language) -> list[RenderableType]:
    """Return the sheet as a block of lines for each goal: eleven columns fit no screen."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    printed: list[RenderableType] = []
    strategy = None
    for row in rows:
        if row["strategy"] != strategy:
            strategy = row["strategy"]
            printed += [Text(titles[strategy], style="bold underline"), Text("")]
        words = in_words(row, language)
        title = words.pop("goal")
        table = Table(box=SIMPLE_HEAD, show_header=False, title=title, title_justify="left", expand=True)
        table.title_style = "bold"
        table.add_column(style="dim", ratio=1, overflow="fold")
        table.add_column(ratio=3, overflow="fold")
        for name, text in words.items():
            table.add_row(COLUMNS[name].render(language), Text(text))
        printed.append(table)
    return printed
