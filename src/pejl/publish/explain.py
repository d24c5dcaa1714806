"""From a number back to where it comes from: source, definition, interval, rule."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pejl.publish.explain_asking import asked_lines
from pejl.publish.explain_counting import counted_lines
from pejl.publish.numbers import PERCENT, number_with_unit
from pejl.publish.words import development_words, period_label, point_words, remarks, rule_words, target_words
from pejl.release import Release
from pejl.text import LANGUAGES, Language, Message, format_date, format_number, message
from pejl.workspace.period import Period

if TYPE_CHECKING:
    from rich.console import RenderableType

Record = Mapping[str, Any]

BASIS_WORDS: dict[str, Message] = {
    "poisson": message("exact Poisson interval of a count (Garwood 1936)"),
    "wilson": message("Wilson interval of a share, as if the answers were drawn at random"),
    "standard_error": message("normal interval from the standard error the source gives"),
    "source": message("the interval the source gives"),
}


COUNTED_WORDS: dict[str, Message] = {
    "poisson": message("exact Poisson interval: how much a count of this size varies by chance (Garwood 1936)"),
    "wilson": message("Wilson interval: how much a share of so many varies by chance, though everybody was counted"),
    "standard_error": message("interval from the spread between persons, though everybody was counted"),
}
ASKED_WORDS: dict[str, Message] = {
    "logit": message("interval of a share on the logit scale, with the degrees of freedom of the sample"),
    "beta": message("exact interval at the effective sample size, for a share with few on one side"),
    "t": message("interval from the standard error that the sample's design gives, with its degrees of freedom"),
}
_BASES = {"register": COUNTED_WORDS, "survey": ASKED_WORDS}
PLACE_WORDS: dict[str, Message] = {
    "municipality": message("in the municipality"),
    "linked_registers": message(
        "only on linked national registers, at Statistics Denmark; protected figures are carried home"
    ),
}


class NothingToExplainError(Exception):
    """The release holds no such indicator, or no figure for the period."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


def explanation(release: Release, indicator: str, period: str | None) -> dict[str, Any]:
    """Return, as plain data, everything a figure of `indicator` rests on.

    Args:
        release: the release to look into.
        indicator: its id.
        period: one period; the latest with a value if None.

    Raises:
        NothingToExplainError: there is no such indicator or no such period in the release.
    """
    found = release.indicator(indicator)
    measured_by = {goal["id"]: goal["indicator"] for goal in release.status["goals"]}
    if found is None and indicator in measured_by:
        by = measured_by[indicator]
        raise NothingToExplainError(
            message("'{id}' is a goal; it is measured by the indicator '{indicator}'", id=indicator, indicator=by)
            if by is not None
            else message("'{id}' is a goal without an indicator; nothing measures it here", id=indicator)
        )
    if found is None:
        known = ", ".join(sorted(release.manifest["indicators"]))
        raise NothingToExplainError(
            message("there is no indicator '{id}' in this release; there are: {known}", id=indicator, known=known)
        )
    totals: list[dict[str, Any]] = found["totals"]
    chosen = [item for item in totals if item["period"] == period] if period else _latest(totals)
    if not chosen:
        known = ", ".join(item["period"] for item in totals)
        raise NothingToExplainError(
            message("'{id}' has no figure for {period}; there are: {known}", id=indicator, period=period, known=known)
        )
    titles = {strategy["id"]: strategy["title"] for strategy in release.status["strategies"]}
    judged = [goal for goal in release.status["goals"] if goal["indicator"] == indicator]
    goals = [{**_goal(goal), "strategy_title": titles[goal["strategy"]]} for goal in judged]
    manifest = release.manifest
    return {
        "release": release.id,
        "notice": release.workspace["notice"],
        "made": manifest["made"],
        "software": manifest["software"],
        "indicator": {name: value for name, value in found.items() if name != "totals"},
        "figures": [{**item, "sha256": _hash(manifest, item["place"])} for item in chosen],
        "declared_sha256": manifest["inputs"].get(found["declared_in"]),
        "goals": goals,
        "counted": _counted(release, indicator),
        "asking": _asking(release, indicator, {item["period"] for item in chosen}),
    }


def _counted(release: Release, indicator: str) -> dict[str, Any] | None:
    """Return how an indicator was counted from registers; None where it was not."""
    name = f"internal/counted/{indicator}.json"
    if name not in release.manifest["files"]:
        return None
    account: dict[str, Any] = json.loads(release.read(name))
    return account


def _asking(release: Release, indicator: str, periods: Collection[str]) -> dict[str, Any] | None:
    """Return how people were asked in the waves of `periods`; None where nobody was."""
    name = f"internal/asked/{indicator}.json"
    if name not in release.manifest["files"]:
        return None
    account: dict[str, Any] = json.loads(release.read(name))
    return {**account, "waves": [wave for wave in account["waves"] if wave["period"] in periods]}


def _latest(totals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with_value = [item for item in totals if item["value"] is not None]
    return (with_value or totals)[-1:]


def _hash(manifest: Mapping[str, Any], place: str) -> str | None:
    found: str | None = manifest["inputs"].get(place.rsplit(":", 1)[0])
    return found


def _goal(goal: Record) -> dict[str, Any]:
    rules = [
        {**reason, "when": {language: rule_words(reason, language) for language in LANGUAGES}}
        for reason in goal["reasons"]
        if rule_words(reason, "en") is not None
    ]
    return {**goal, "rules": rules}


def explain_lines(record: Record, language: Language) -> list[RenderableType]:
    """Return the explanation as things to print: figure, source, definition, breaks, goals."""
    from rich.text import Text

    indicator = record["indicator"]
    printed: list[RenderableType] = [Text(_in(indicator["title"], language), style="bold")]
    printed += [Text(_in(record["notice"], language), style="italic"), Text("")]
    for figure in record["figures"]:
        printed.append(_section(message("Figure"), figure_rows(figure, indicator, language), language))
    printed.append(_section(message("Definition"), definition_rows(record, language), language))
    for goal in record["goals"]:
        printed.append(_section(message("Goal"), goal_rows(goal, language), language))
    if record["asking"] is not None:
        printed.extend(asked_lines(record["indicator"]["asked"], record["asking"], language))
    if record["counted"] is not None:
        printed.extend(counted_lines(record["indicator"]["id"], record["counted"], language))
    versions = {name: number for name, number in record["software"].items() if name != "code"}
    software = ", ".join(f"{name} {number}" for name, number in versions.items())
    made = message(
        "Release {release}, made {made} with {software}",
        release=record["release"],
        made=format_date(date.fromisoformat(record["made"][:10]), language),
        software=software,
    )
    printed.append(Text(made.render(language), style="dim"))
    return printed


def _section(heading: Message, rows: Iterator[tuple[Message, str]], language: Language) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_header=False, title=heading.render(language), title_justify="left", expand=True)
    table.title_style = "bold"
    table.add_column(style="dim", ratio=1, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    for label, text in rows:
        table.add_row(label.render(language), Text(text))
    return table


def _in(text: Record, language: Language) -> str:
    return str(text[language] or text["da"])


def figure_rows(figure: Record, indicator: Record, language: Language) -> Iterator[tuple[Message, str]]:
    """Yield what is known of one figure: value, interval and its ground, place, source, note."""
    yield message("Period"), period_label(figure["period"], language)
    unit = "" if figure["unit"] == PERCENT else f" · {_in(indicator['unit']['label'], language)}"
    yield message("Value"), f"{point_words(figure, language)}{unit}"
    if figure["basis"]:
        words = _BASES.get(figure["method"], BASIS_WORDS)
        yield message("How the interval is made"), words[figure["basis"]].render(language)
    if figure["n"] is not None:
        yield message("Answers or persons behind it"), f"{figure['n']:.0f}"
    if figure.get("response_rate") is not None:
        yield message("Response rate"), number_with_unit(figure["response_rate"], PERCENT, language)
    if figure.get("deff") is not None:
        yield message("Design effect"), format_number(figure["deff"], language, 2)
    if figure["source"]:
        yield message("Source"), figure["source"]
    if figure["note"] and figure["method"] != "survey":
        yield message("Note"), figure["note"]
    if figure["place"]:
        digest = f" (sha256 {figure['sha256'][:12]}…)" if figure["sha256"] else ""
        yield message("Stands in"), f"{figure['place']}{digest}"


def definition_rows(record: Record, language: Language) -> Iterator[tuple[Message, str]]:
    """Yield the definition the figures were counted by, and what limits their comparison."""
    indicator = record["indicator"]
    wanted = {figure["version"] for figure in record["figures"]}
    for version in indicator["versions"]:
        if version["version"] in wanted:
            text = _in(version["definition"], language)
            if version["standing"] == "proposal":
                text = message("{text} (our proposal)", text=text).render(language)
            yield message("Definition, version {version}", version=version["version"]), text
            for name, label in (("numerator", message("Numerator")), ("denominator", message("Denominator"))):
                if version[name] is not None:
                    yield label, _in(version[name], language)
    yield message("Whom the figures are about"), _in(indicator["scope"]["title"], language)
    yield message("Published by"), _in(indicator["published_by"], language)
    if indicator["source"] == "registers":
        yield message("Can be counted"), PLACE_WORDS[indicator["made_at"]].render(language)
    if indicator["variant_of"] is not None:
        yield message("Another definition of"), indicator["variant_of"]
    for item in indicator["breaks"]:
        when = Period.parse(item["at"]).when(language)
        yield message("Break {when}", when=when), _in(item["note"], language)
    for factor in indicator["outside_factors"]:
        yield message("Outside factor"), _in(factor, language)
    digest = f" (sha256 {record['declared_sha256'][:12]}…)" if record["declared_sha256"] else ""
    yield message("Declared in"), f"{indicator['declared_in']}{digest}"


def goal_rows(goal: Record, language: Language) -> Iterator[tuple[Message, str]]:
    """Yield a goal's verdict and the rules that decided it."""
    code = f"{goal['code']} " if goal["code"] else ""
    yield message("Goal"), f"{code}{_in(goal['title'], language)} ({_in(goal['strategy_title'], language)})"
    yield message("Target reached?"), target_words(goal, language)
    yield message("Development"), development_words(goal, language)
    for rule in goal["rules"]:
        half = message("Rule for the target") if rule["half"] == "target" else message("Rule for the development")
        yield half, f"{rule['when'][language]} [{rule['code']}]"
    for words in remarks(goal, language):
        yield message("Remark"), words
