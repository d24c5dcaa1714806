"""What is new: new figures, verdicts that changed, rules of counting, strategies, and what was corrected.

With an earlier public release the two are laid side by side. Without one, the figures of the release's year stand
beside those before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pejl.publish.words import period_label
from pejl.release.public import PublicRelease
from pejl.site.page import Here, Page
from pejl.site.pages.cards import Figure, figure, figures
from pejl.site.pages.collation import sort_key
from pejl.site.pages.contents import Contents
from pejl.site.pages.corrections import corrections
from pejl.site.pages.verdicts import Verdict, verdict
from pejl.site.pages.wording import Record
from pejl.text import Language
from pejl.workspace.period import Period

Key = tuple[str, str]
"""Period and scope of a total."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure that was not there before, beside the one before it in time."""

    indicator: str
    title: Record
    scope: Record | None
    now: Figure
    before: Figure | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that was another in the earlier release; the old one stays readable."""

    indicator: str
    title: Record
    old: Figure
    new: Figure


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A goal that is judged otherwise than before."""

    goal: str
    title: Record
    strategy: Record
    old: Verdict
    new: Verdict


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule of counting that was not there before, or a break in comparability."""

    indicator: str
    title: Record
    when: str
    note: Record


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What the page of changes shows.

    Attributes:
        year: the release was made for.
        since: the year of the earlier release; None where there is none.
        figures: new figures, in the order of the alphabet.
        corrected: figures that changed.
        verdicts: goals judged otherwise.
        rules: new rules of counting.
        breaks: breaks in comparability that lie in the year, or were not declared before.
        strategies: pairs of id and name of strategies that are new.
        goals: how many goals are new.
    """

    year: int
    since: int | None
    figures: tuple[NewFigure, ...]
    corrected: tuple[Corrected, ...]
    verdicts: tuple[NewVerdict, ...]
    rules: tuple[NewRule, ...]
    breaks: tuple[NewRule, ...]
    strategies: tuple[tuple[str, Record], ...]
    goals: int

    @property
    def nothing(self) -> bool:
        """Whether nothing is new."""
        return not (self.figures or self.corrected or self.verdicts or self.rules or self.breaks or self.strategies)


def select(contents: Contents, before: PublicRelease | None, language: Language) -> ChangesPage:
    """Return what is new since an earlier release, or in the year where there is none."""
    old = Contents(before) if before is not None else None
    return ChangesPage(
        year=contents.year,
        since=old.year if old is not None else None,
        figures=tuple(
            sorted(_new_figures(contents, before, language), key=lambda each: _alphabet(each.title, language))
        ),
        corrected=tuple(_corrected(contents, before, language)) if before is not None else (),
        verdicts=tuple(_new_verdicts(contents, old, language)) if old is not None else (),
        rules=tuple(_new_rules(contents, before, language)),
        breaks=tuple(_new_breaks(contents, before, language)),
        strategies=_new_strategies(contents, old) if old is not None else (),
        goals=sum(goal not in old.judged for goal in contents.judged) if old is not None else 0,
    )


def _alphabet(title: Record, language: Language) -> tuple[str, str]:
    return sort_key(title[language] or title["da"] or "", language)


def _totals(release: PublicRelease | None, indicator: str) -> dict[Key, Record]:
    """Return the totals of an indicator by period and scope, in time."""
    declared = release.indicator(indicator) if release is not None else None
    found = declared["totals"] if declared is not None else ()
    ordered = sorted(found, key=lambda point: Period.parse(point["period"]))
    return {(point["period"], point["scope"]): point for point in ordered}


def _new_figures(contents: Contents, before: PublicRelease | None, language: Language) -> Iterator[NewFigure]:
    face = contents.release.workspace
    for indicator in contents.release.indicators:
        declared = contents.release.indicator(indicator)
        assert declared is not None
        now, known = _totals(contents.release, indicator), _totals(before, indicator)
        for (period, scope), point in now.items():
            if point["value"] is None or not _is_new(point, known.get((period, scope)), before, contents.year):
                continue
            earlier = [
                each
                for (other, whom), each in now.items()
                if whom == scope and each["value"] is not None and Period.parse(other) < Period.parse(period)
            ]
            yield NewFigure(
                indicator,
                declared["title"],
                face["scopes"][scope]["title"] if scope != declared["scope"]["id"] else None,
                figure(point, face["units"], language, earlier[-1:]),
                figure(earlier[-1], face["units"], language, [point]) if earlier else None,
            )


def _is_new(point: Record, known: Record | None, before: PublicRelease | None, year: int) -> bool:
    if before is None:
        return Period.parse(point["period"]).end.year == year
    return known is None or known["value"] is None


def _corrected(contents: Contents, before: PublicRelease, language: Language) -> Iterator[Corrected]:
    units = contents.release.workspace["units"]
    for indicator in contents.release.indicators:
        declared = contents.release.indicator(indicator)
        assert declared is not None
        known = _totals(before, indicator)
        for key, point in _totals(contents.release, indicator).items():
            old = known.get(key)
            if old is not None and old["value"] is not None and old["value"] != point["value"]:
                yield Corrected(indicator, declared["title"], *figures((old, point), units, language))


def _new_verdicts(contents: Contents, old: Contents, language: Language) -> Iterator[NewVerdict]:
    for name, goal in contents.judged.items():
        known = old.judged.get(name)
        if known is None or all(goal[half] == known[half] for half in ("target_status", "development")):
            continue
        strategy = contents.strategies[goal["strategy"]]
        yield NewVerdict(
            name,
            goal["title"],
            strategy["short_title"] or strategy["title"],
            verdict(known, language),
            verdict(goal, language),
        )


def _new_rules(contents: Contents, before: PublicRelease | None, language: Language) -> Iterator[NewRule]:
    for indicator in contents.release.indicators:
        declared = contents.release.indicator(indicator)
        assert declared is not None
        known = before.indicator(indicator) if before is not None else None
        names = {version["version"] for version in known["versions"]} if known is not None else set()
        for version in declared["versions"][1:] if known is None else declared["versions"]:
            day = version["valid_from"]
            if version["version"] not in names if known is not None else _in_year(day, contents.year):
                when = period_label(day, language) if day else version["version"]
                yield NewRule(indicator, declared["title"], when, version["definition"])


def _new_breaks(contents: Contents, before: PublicRelease | None, language: Language) -> Iterator[NewRule]:
    for indicator in contents.release.indicators:
        declared = contents.release.indicator(indicator)
        assert declared is not None
        known = before.indicator(indicator) if before is not None else None
        days = {each["at"] for each in known["breaks"]} if known is not None else set()
        for each in declared["breaks"]:
            if each["at"] not in days if known is not None else _in_year(each["at"], contents.year):
                yield NewRule(indicator, declared["title"], period_label(each["at"], language), each["note"])


def _in_year(period: str | None, year: int) -> bool:
    return period is not None and Period.parse(period).start.year == year


def _new_strategies(contents: Contents, old: Contents) -> tuple[tuple[str, Record], ...]:
    return tuple(
        (name, strategy["short_title"] or strategy["title"])
        for name, strategy in contents.strategies.items()
        if name not in old.strategies
    )


def page(here: Here) -> Page:
    """Return the page of what is new."""
    contents = Contents(here.release)
    here.edition.releases(here.language)  # what happens to releases is noted: a correction makes this page anew
    corrects = here.edition.shown.standing.corrects
    shown = select(contents, here.previous, here.language)
    year = str(shown.year)
    return Page(
        "pages/changes.html",
        here.t("What is new in the figures for {year}", year=year),
        here.t("New figures, goals that are judged otherwise than before, new rules of counting, and corrections."),
        section="changes",
        values={"model": shown, "corrections": corrections(contents, corrects, here.language)},
    )
