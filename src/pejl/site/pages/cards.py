"""A goal as it stands in a list of goals: title, both halves of the verdict, the figure, the target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pejl.publish.numbers import ends, level_in_words, number_with_unit, shared_end_decimals
from pejl.publish.words import decimals_beside, period_label, state_words, target_in_words
from pejl.site.pages.contents import Contents, Group
from pejl.site.pages.verdicts import Verdict, verdict
from pejl.site.pages.wording import Record, capital
from pejl.text import Language, message
from pejl.workspace.kinds import CHANGES, TargetKind
from pejl.workspace.period import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is read, or the kind of nothing there is instead.

    Attributes:
        period: in words: 2025, 3. kvartal 2025.
        when: the same as an answer to "when?": i 2025.
        state: of the figure, as in the release.
        value: the number with its percent sign; None where there is none.
        unit: what it counts, Danish and English; None for percent, whose sign is in the value, and where unknown.
        low: the lower end of the interval; None where the uncertainty is not known.
        high: the upper end.
        nothing: the kind of nothing in words; None where there is a number.
    """

    period: str
    when: str
    state: str
    value: str | None
    unit: Record | None
    low: str | None
    high: str | None
    nothing: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A goal in a list.

    Attributes:
        id: of the goal.
        code: as printed, such as 1A; None without one.
        title: Danish and English.
        indicator: the id of what it is measured by; None without one.
        verdict: both halves.
        figure: the one judged, or the kind of nothing.
        target: what is to be reached, in words.
        target_groups: the ids of those it is about.
        goal: the judged goal, for its small chart.
    """

    id: str
    code: str | None
    title: Record
    indicator: str | None
    verdict: Verdict
    figure: Figure
    target: str
    target_groups: tuple[str, ...]
    goal: Record


@dataclass(frozen=True, slots=True)
class Section:
    """Goals under their guidepost, vision or overall goal; `group` is None for those that stand under none."""

    group: Group | None
    cards: tuple[Card, ...]


def figures(points: Sequence[Record], units: Record, language: Language) -> tuple[Figure, ...]:
    """Return points that are read beside or below each other: all of one unit have as many decimals."""
    return tuple(figure(point, units, language, points) for point in points)


def figure(point: Record, units: Record, language: Language, beside: Sequence[Record] = ()) -> Figure:
    """Return a point of the status as it is read.

    Args:
        point: as in `status.json`.
        units: the units of the workspace by id.
        language: of the page.
        beside: points it is read with.
    """
    period, unit = point["period"], point["unit"]
    low = high = value = None
    if point["value"] is not None:
        decimals = decimals_beside(point, beside)
        value = number_with_unit(point["value"], unit, language, decimals)
        if point["low"] is not None and point["high"] is not None:
            both = (point["low"], point["high"])
            low, high = ends(*both, unit, language, decimals=shared_end_decimals([both], unit, decimals))
    return Figure(
        period=period_label(period, language),
        when=Period.parse(period).when(language) if period else "",
        state=point["state"],
        value=value,
        unit=unit_label(unit, units),
        low=low,
        high=high,
        nothing=None if value is not None else capital(state_words(point, language)),
    )


def unit_label(unit: str | None, units: Record) -> Record | None:
    """Return what a number counts, where that is more than its percent sign."""
    if unit is None or unit == "percent" or unit not in units:
        return None
    label: Record = units[unit]["label"]
    return label


def target_words(goal: Record, units: Record, language: Language) -> str:
    """Return what is to be reached, with the level it comes to where it is told as a change."""
    words = capital(target_in_words(goal, language))
    target = goal["target"]
    if TargetKind(target["kind"]) not in CHANGES or target["level"] is None:
        return words
    unit = goal["latest"]["unit"]
    level = level_in_words(target["level"], unit, units[unit]["kind"] if unit in units else None, language)
    return message("{target}, that is {level}", target=words, level=level).render(language)


def card(contents: Contents, goal: Record, language: Language) -> Card:
    """Return a judged goal as it stands in a list."""
    return Card(
        id=goal["id"],
        code=goal["code"],
        title=goal["title"],
        indicator=goal["indicator"],
        verdict=verdict(goal, language),
        figure=figure(goal["latest"], contents.release.workspace["units"], language),
        target=target_words(goal, contents.release.workspace["units"], language),
        target_groups=contents.target_groups_of(goal["id"]),
        goal=goal,
    )


def sections(contents: Contents, goals: Iterable[Record], language: Language) -> tuple[Section, ...]:
    """Return goals under what they stand under, both in the order of their document: nobody is ranked."""
    gathered: dict[str | None, list[Card]] = {}
    for goal in goals:
        gathered.setdefault(goal["group"], []).append(card(contents, goal, language))
    known = contents.groups
    return tuple(
        Section(known.get(name) if name is not None else None, tuple(cards)) for name, cards in gathered.items()
    )
