"""An indicator: its figures, what they mean, how they are counted, and what they serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pejl.publish.charts import breakdowns_of, chart_of_indicator, transitions_of
from pejl.publish.coarser import coarser_lines, coarser_of
from pejl.publish.sentences import headline, interval_meaning
from pejl.publish.words import asked_words, period_label
from pejl.site.page import Here, Page
from pejl.site.pages.cards import Card, Figure, card, figure, figures
from pejl.site.pages.contents import Contents
from pejl.site.pages.downloads import of_indicator
from pejl.site.pages.drawings import drawn_series, drawn_transitions
from pejl.site.pages.populations import Population, population
from pejl.site.pages.status import StrategyLine, strategy_line
from pejl.site.pages.wording import Record
from pejl.text import Language, Message, format_number, message

if TYPE_CHECKING:
    from pejl.release.public import PublicRelease

MADE_AT: Mapping[str, Message] = {
    "municipality": message("Counted by the municipality itself, in its own registers."),
    "linked_registers": message(
        "Counted where national registers are linked, at Statistics Denmark. The municipality holds no such data on "
        "single persons; it gets the totals only."
    ),
}
ASKED = message("Asked for in a questionnaire.")
PUBLISHED = message("Figures that others have published.")
UNKNOWN_UNCERTAINTY = message("How uncertain the figure is, is not known.")


@dataclass(frozen=True, slots=True)
class Definition:
    """A dated rule of counting.

    Attributes:
        version: its name.
        valid_from: the day it begins to hold; None for always.
        definition: Danish and English.
        numerator: what is counted.
        denominator: what it is divided by.
        proposed: whether it is a proposal, not the source's own words.
        sources: where it was read.
    """

    version: str
    valid_from: str | None
    definition: Record
    numerator: Record | None
    denominator: Record | None
    proposed: bool
    sources: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class ScopeFigures:
    """Figures of the same indicator about others: whom, and their figures by time."""

    title: Record
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """The goals of one strategy that an indicator serves."""

    strategy: StrategyLine
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answered the latest survey: how many, and of a hundred asked; in numbers as they are read."""

    period: str
    answers: str | None
    response_rate: str | None


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """What the page of an indicator shows.

    Attributes:
        id: of the indicator.
        title: Danish and English.
        plain: the same in easy words.
        kind: count, share, rate, mean, ratio or transition.
        unit: what its numbers are.
        scope: whom the figures are about.
        latest: the latest figure, or the last kind of nothing where there never was one.
        rates: per inhabitants: per how many, in numbers as they are read, and the figures by time.
        others: figures about others.
        population: whom it is about.
        breakdowns: pairs of id and title of the dimensions it is broken down by.
        hidden: titles of the dimensions that it is declared with, but which readers do not see.
        coarser: what was done with breakdowns of which too much would be withheld.
        definitions: the rules of counting, the newest first.
        made: where and how the figures are made, as a sentence.
        asked: who answered, for a survey.
        question: what was asked, in words; None where nobody was.
        published_by: who publishes them.
        rhythm: what is said of when it is measured.
        breaks: pairs of period in words and note.
        outside_factors: what they also depend on.
        sources: where the definition was read.
        figure_sources: pairs of periods and where their figures stand.
        variants: pairs of id and title of other lawful definitions of the same.
        served: the goals it serves, by strategy, the newest first.
        note: what a reader should know.
    """

    id: str
    title: Record
    plain: Record | None
    kind: str
    unit: Record
    scope: Record
    latest: Figure | None
    rates: tuple[str, tuple[Figure, ...]] | None
    others: tuple[ScopeFigures, ...]
    population: Population | None
    breakdowns: tuple[tuple[str, Record], ...]
    hidden: tuple[Record, ...]
    coarser: tuple[str, ...]
    definitions: tuple[Definition, ...]
    made: str
    asked: Asked | None
    question: str | None
    published_by: Record
    rhythm: Record | None
    breaks: tuple[tuple[str, Record], ...]
    outside_factors: tuple[Record, ...]
    sources: tuple[Record, ...]
    figure_sources: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, Record], ...]
    served: tuple[Served, ...]
    note: Record | None


def select(contents: Contents, indicator: str, language: Language) -> IndicatorPage:
    """Return what the page of an indicator shows.

    Raises:
        KeyError: the release has no such indicator.
    """
    release = contents.release
    declared = release.indicator(indicator)
    if declared is None:
        raise KeyError(indicator)
    dimensions = release.workspace["dimensions"]
    shown = breakdowns_of(release, indicator)
    own = [point for point in declared["totals"] if point["scope"] == declared["scope"]["id"]]
    return IndicatorPage(
        id=indicator,
        title=declared["title"],
        plain=declared["plain"],
        kind=declared["kind"] or declared["unit"]["kind"],
        unit=declared["unit"]["label"],
        scope=declared["scope"]["title"],
        latest=latest(own, release.workspace["units"], language),
        rates=_rates(contents, declared, language),
        others=tuple(_others(contents, declared, language)),
        population=population(contents, declared["population"]),
        breakdowns=tuple((name, dimensions[name]["title"]) for name in shown),
        hidden=tuple(
            dimensions[name]["title"] for name in declared["dimensions"] if name in dimensions and name not in shown
        ),
        coarser=coarser_lines(coarser_of(declared, release.workspace), language),
        definitions=tuple(_definition(version) for version in reversed(declared["versions"])),
        made=_made(declared).render(language),
        asked=_asked(own, language),
        question=_question(contents, indicator, language),
        published_by=declared["published_by"],
        rhythm=declared["rhythm"]["note"] if declared["rhythm"] is not None else None,
        breaks=tuple((period_label(each["at"], language), each["note"]) for each in declared["breaks"]),
        outside_factors=tuple(declared["outside_factors"]),
        sources=tuple(declared["sources"]),
        figure_sources=tuple(_figure_sources(own, language)),
        variants=tuple(_variants(contents, declared)),
        served=_served(contents, indicator, language),
        note=declared["note"],
    )


def latest(points: Iterable[Record], units: Record, language: Language) -> Figure | None:
    """Return the last point with a value; where there never was one the last that is due; None without points."""
    known = list(points)
    chosen = [point for point in known if point["value"] is not None] or [
        point for point in known if point["state"] != "not_due"
    ]
    found = (chosen or known)[-1:]
    return figure(found[0], units, language) if found else None


def _definition(version: Record) -> Definition:
    return Definition(
        version=version["version"],
        valid_from=version["valid_from"],
        definition=version["definition"],
        numerator=version["numerator"],
        denominator=version["denominator"],
        proposed=version["standing"] == "proposal",
        sources=tuple(version["sources"]),
    )


def _made(declared: Record) -> Message:
    if declared["source"] == "survey":
        return ASKED
    return MADE_AT[declared["made_at"]] if declared["source"] == "registers" else PUBLISHED


def _rates(contents: Contents, declared: Record, language: Language) -> tuple[str, tuple[Figure, ...]] | None:
    """Return the rates that stand beside the goals of the indicator's own scope, each period once, by time."""
    points: dict[str, Record] = {}
    for goal in contents.goals_by_indicator.get(declared["id"], ()):
        if goal["scope"] == declared["scope"]["id"]:
            points |= {point["period"]: point for point in goal["context"] if point["kind"] == "rate"}
    if not points:
        return None
    per = format_number(next(iter(points.values()))["per"], language)
    units = contents.release.workspace["units"]
    return per, figures([points[period] for period in sorted(points)], units, language)


def _others(contents: Contents, declared: Record, language: Language) -> Iterator[ScopeFigures]:
    face = contents.release.workspace
    found: dict[str, list[Record]] = {}
    for point in declared["totals"]:
        if point["scope"] != declared["scope"]["id"] and point["value"] is not None:
            found.setdefault(point["scope"], []).append(point)
    for scope, points in found.items():
        yield ScopeFigures(face["scopes"][scope]["title"], figures(points, face["units"], language))


def _asked(points: Iterable[Record], language: Language) -> Asked | None:
    answered = [point for point in points if point["method"] == "survey" and point["value"] is not None]
    if not answered:
        return None
    point = answered[-1]
    rate = point["response_rate"]
    return Asked(
        period_label(point["period"], language),
        format_number(point["n"], language, 0) if point["n"] is not None else None,
        format_number(rate, language, 0) if rate is not None else None,
    )


def _question(contents: Contents, indicator: str, language: Language) -> str | None:
    goals = contents.goals_by_indicator.get(indicator, ())
    asked = next((goal["asked"] for goal in goals if goal.get("asked") is not None), None)
    return asked_words(asked, language) if asked is not None else None


def _figure_sources(points: Iterable[Record], language: Language) -> Iterator[tuple[str, str]]:
    """Yield the sources of published figures, with the periods each stands for."""
    found: dict[str, list[str]] = {}
    for point in points:
        if point["source"] and point["value"] is not None:
            found.setdefault(point["source"], []).append(period_label(point["period"], language))
    for source, periods in found.items():
        yield ", ".join(periods), source


def _variants(contents: Contents, declared: Record) -> Iterator[tuple[str, Record]]:
    """Yield the other lawful definitions of the same thing."""
    root = declared["variant_of"] or declared["id"]
    for name, (title, variant_of) in variants(contents).items():
        if name != declared["id"] and (variant_of or name) == root:
            yield name, title


def variants(contents: Contents) -> dict[str, tuple[Record, str | None]]:
    """Return for each indicator its title and the id of what it is a variant of."""
    found = {}
    for name in contents.release.indicators:
        declared = contents.release.indicator(name)
        if declared is not None:
            found[name] = (declared["title"], declared["variant_of"])
    return found


def _served(contents: Contents, indicator: str, language: Language) -> tuple[Served, ...]:
    found: dict[str, list[Card]] = {}
    for goal in contents.goals_by_indicator.get(indicator, ()):
        found.setdefault(goal["strategy"], []).append(card(contents, goal, language))
    return tuple(
        Served(strategy_line(contents, contents.strategies[name]), tuple(found[name]))
        for name in reversed(contents.strategies)
        if name in found
    )


def every(release: PublicRelease) -> Iterable[Mapping[str, str]]:
    """Yield every indicator."""
    return [{"indicator": name} for name in release.indicators]


def page(here: Here, indicator: str) -> Page:
    """Return the page of an indicator."""
    shown = select(Contents(here.release), indicator, here.language)
    chart = chart_of_indicator(here.release, indicator)
    matrix = transitions_of(here.release, indicator)
    first = headline(here.release, indicator, here.language)
    return Page(
        "pages/indicator.html",
        here.say(shown.title),
        first,
        (here.crumb(here.t("Indicators"), "indicators"),),
        "indicators",
        {
            "model": shown,
            "headline": first,
            "meaning": interval_meaning(here.release, indicator, here.language),
            "drawing": drawn_series(chart, here.language),
            "matrix": drawn_transitions(matrix, here.language) if matrix is not None else None,
            "matrix_period": period_label(matrix.period, here.language) if matrix is not None else None,
            "files": of_indicator(here, indicator),
        },
    )
