"""The strategy: a vision for every goal, a heading for every target, a sign for every series that is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pejl.exchange.open_sdg.columns import bare
from pejl.exchange.open_sdg.global_names import speaks_of
from pejl.exchange.open_sdg.known import DIRECTIONS, GOALS, OWN_READING
from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.metadata import TITLES
from pejl.exchange.open_sdg.names import Names, slug
from pejl.exchange.open_sdg.source import Indicator, Repository
from pejl.exchange.open_sdg.texts import Local, Texts, Written, key_tail
from pejl.exchange.yaml_edit import Data
from pejl.text import message

FIRST_YEAR, LAST_YEAR = 2016, 2030
NOT_APPLICABLE = frozenset({"notapplicable", "not_applicable", "not applicable"})
_FIGURE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True)
class Measured:
    """A series that a goal can be measured by: the id of its indicator, its title, and what it is in the source.

    `whole` are the words of breakdowns that stand for the whole, by column, in small letters.
    """

    id: str
    title: Local
    series: str
    unit: str
    whole: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Vision:
    headings: dict[str, Local] = field(default_factory=dict)
    signs: list[Data] = field(default_factory=list)


class Agenda:
    """Gathers the goals as indicators are read, and declares the strategy in the end."""

    def __init__(self, repository: Repository, texts: Texts, left_out: LeftOut, scope: str) -> None:
        self.repository = repository
        self.texts = texts
        self.left_out = left_out
        self.scope = scope
        self.visions: dict[int, _Vision] = {}
        self.headings: dict[tuple[int, str], str] = {}
        self.names = Names()
        self.signs = 0
        self.read_directions = 0

    def add(
        self, indicator: Indicator, written: Written, title: Local, measured: Sequence[Measured], name: str
    ) -> None:
        """Add the signs of one indicator: one for each series, or one, `name`, with nothing to measure by."""
        meta, file = indicator.meta, indicator.meta_file
        status = str(meta.get("reporting_status", "")).strip().lower()
        if status in NOT_APPLICABLE:
            self.left_out.note(file, "reporting_status", message("it does not apply here, so there is no goal"))
            return
        if str(meta.get("standalone", "")).strip().lower() == "true" or not self._parents(indicator)[0]:
            why = message("it belongs to none of the goals, so no goal is made of it; the figures are there")
            self.left_out.note(file, "standalone", why, value=indicator.number)
            return
        shown = indicator.number.replace("-", ".")
        series = measured or [Measured(name, title, "", "")]
        directions = [
            self._direction(indicator, each, is_global=names_global(indicator, title, each)) for each in series
        ]
        if None in directions:
            why = message("nothing says which way it is to go, so no goal is made; the figures are there")
            self.left_out.note(file, "progress_calculation_options", why, value=shown)
        for each, direction in zip(series, directions, strict=True):
            if direction is not None:
                self._sign(indicator, written, each, direction, measured=bool(measured))

    def _sign(self, indicator: Indicator, written: Written, each: Measured, direction: str, *, measured: bool) -> None:
        goal, target = self._parents(indicator)
        vision = self.visions.setdefault(goal, _Vision())
        heading = self.headings.setdefault((goal, target), "")
        if not heading:
            heading = self.headings[goal, target] = self.names.new(f"target_{target}", "target")
            otherwise = {"da": f"Delmål {target}", "en": f"Target {target}"}
            of_key = self.texts.of_key(f"global_targets.{target.replace('.', '-')}-title") or otherwise
            fields = ("target_name", "target", "SDG_TARGET")
            named = self.texts.local(written, indicator.meta_file, fields, otherwise=of_key)
            vision.headings[heading] = {
                key: text if target in text else f"{target} {text}" for key, text in (named or otherwise).items()
            }
        sign: dict[str, Data] = {
            "id": f"goal_{each.id}",
            "code": _shown_number(indicator),
            "title": each.title,
            "scope": self.scope,
            "direction": direction,
        }
        if measured:
            sign["indicator"] = each.id
        else:
            sign |= {"source": "none", "state": "no_data"}
        sign |= self._numbers(indicator, each, direction)
        sign["headings"] = [
            {
                "heading": heading,
                "why": {
                    "da": f"Indikatorens nummer siger, at den hører til delmål {target}.",
                    "en": f"The indicator's number says that it belongs to target {target}.",
                },
            }
        ]
        vision.signs.append(sign)
        self.signs += 1

    def _parents(self, indicator: Indicator) -> tuple[int, str]:
        """Return the numbers of goal and target, as the metadata or else the indicator's number say."""
        parts = indicator.number.split("-")
        meta = indicator.meta
        goal = str(meta.get("sdg_goal") or meta.get("goal_number") or parts[0]).strip()
        target = str(meta.get("target_id") or meta.get("target_number") or ".".join(parts[:2])).strip().lower()
        if not re.fullmatch(r"[0-9a-z]+(\.[0-9a-z]+)*", target):
            target = ".".join(parts[:2])
        return (int(goal) if goal.isdigit() and len(goal) < 4 else 0), target

    def _options(self, indicator: Indicator, each: Measured) -> Mapping[str, Any]:
        """Return what the repository says of the progress of one series: of the whole of it, or else of a breakdown."""
        found: list[Mapping[str, Any]] = []
        for option in _each_option(indicator.meta.get("progress_calculation_options")):
            named = str(option.get("series") or ""), str(option.get("unit") or "")
            if named[0] in ("", each.series) and named[1] in ("", each.unit):
                found.append(option)
        return next((option for option in found if _is_of_whole(option, each)), found[0] if found else {})

    def _direction(self, indicator: Indicator, each: Measured, *, is_global: bool) -> str | None:
        file, options = indicator.meta_file, self._options(indicator, each)
        said = str(options.get("direction") or "").strip().lower()
        if said in ("positive", "up", "increase"):
            return "increase"
        if said in ("negative", "down", "decrease"):
            return "decrease"
        number = ".".join(indicator.number.split("-")[:3])
        known = DIRECTIONS.get(number)
        if known is not None and is_global:
            self.read_directions += 1
            why = message("which way it is to go is read from the words of the global target, not from the repository")
            if number in OWN_READING:
                why = message(
                    "which way it is to go is our own reading of the global target; no office was found to say it too"
                )
            self.left_out.note(file, "progress_calculation_options", why)
            if each.series or each.unit:
                why = message("the series or unit was not looked at when it was read which way it is to go")
                self.left_out.note(file, "progress_calculation_options", why, value=each.title.get("en"))
            return known
        if options and str(indicator.meta.get("auto_progress_calculation", "")).strip().lower() == "true":
            why = message("fewer is better, as Open SDG takes it where progress is computed and no direction is said")
            self.left_out.note(file, "progress_calculation_options", why)
            return "decrease"
        if known is not None:
            why = message("it has the number of a global indicator, but nothing in its titles says that it is that one")
            self.left_out.note(file, "indicator_name", why, value=each.title.get("en") or each.title["da"])
        return None

    def _numbers(self, indicator: Indicator, each: Measured, direction: str) -> dict[str, Data]:
        """Return baseline and targets: a number where the repository has one within the agenda's years."""
        options, file = self._options(indicator, each), indicator.meta_file
        field_name = "progress_calculation_options"
        target: dict[str, Data] = {"kind": "direction", "standing": "adopted"}
        goal, year = str(options.get("target") or "").strip(), str(options.get("target_year") or LAST_YEAR).strip()
        if goal and not _is_of_whole(options, each):
            why = message("the target is that of one breakdown; the number is not carried over")
            self.left_out.note(file, field_name, why, value=f"{goal}, {year}")
        elif _FIGURE.fullmatch(goal):
            if year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR:
                kind = "at_least" if direction == "increase" else "at_most"
                target = {"kind": kind, "period": int(year), "value": Decimal(goal), "standing": "adopted"}
            else:
                why = message("the year of the target lies outside 2016-2030; the number is not carried over")
                self.left_out.note(file, field_name, why, value=f"{goal}, {year}")
        elif goal:
            self.left_out.note(file, field_name, message("the target is no plain number"), value=goal)
        found: dict[str, Data] = {}
        base = str(options.get("base_year") or "").strip()
        if base.isdigit() and 1900 <= int(base) <= FIRST_YEAR:
            found["baseline"] = {"period": int(base)}
        elif base:
            why = message("the year to begin from lies outside 1900-2016; it is not carried over")
            self.left_out.note(file, field_name, why, value=base)
        return {**found, "targets": [target]}

    def declared(self, country: Local) -> dict[str, Data]:
        """Return the strategy as data."""
        visions: list[Data] = []
        for number, vision in sorted(self.visions.items()):
            danish, english = GOALS.get(number, (f"Mål {number}", f"Goal {number}"))
            visions.append(
                {
                    "id": f"sdg_goal_{number}",
                    "number": number,
                    "title": {"da": danish, "en": english},
                    "reason": {
                        "da": "Et af de mål, som FN's generalforsamling vedtog i 2015.",
                        "en": "One of the goals that the General Assembly of the United Nations adopted in 2015.",
                    },
                    "headings": [{"id": name, "title": title} for name, title in vision.headings.items()],
                    "signs": vision.signs,
                }
            )
        strategy: dict[str, Data] = {
            "id": "agenda_2030",
            "title": {"da": "Verdensmålene: 2030-dagsordenen", "en": "The Sustainable Development Goals: Agenda 2030"},
            "status": "adopted",
            "valid": {"from": f"{FIRST_YEAR}-01-01", "to": f"{LAST_YEAR}-12-31"},
            "adopted_on": "2015-09-25",
            "committee": {
                "da": "FN's generalforsamling",
                "en": "The General Assembly of the United Nations",
            },
            "sources": [
                {
                    "title": {
                        "da": "Transforming our world: the 2030 Agenda for Sustainable Development (A/RES/70/1)",
                        "en": "Transforming our world: the 2030 Agenda for Sustainable Development (A/RES/70/1)",
                    },
                    "url": "https://sdgs.un.org/2030agenda",
                },
                {
                    "title": {
                        "da": f"Open SDG-lager: {self.repository.name} ({country['da']})",
                        "en": f"Open SDG repository: {self.repository.name} ({country.get('en', country['da'])})",
                    }
                },
            ],
        }
        return {**strategy, "visions": visions} if visions else strategy


def names_global(indicator: Indicator, title: Local, each: Measured) -> bool:
    """Tell whether an indicator is the global one whose number it has, by its name or by what its titles say.

    `title` is that of the indicator; what a series of it is called counts as well.
    """
    number = ".".join(indicator.number.split("-")[:3])
    if str(indicator.meta.get("indicator_name", "")).strip() == global_key(indicator.number):
        return True
    own = [indicator.meta.get(name) for name in TITLES]
    others = [meta.get(name) for meta in indicator.translated.values() for name in TITLES]
    return any(
        isinstance(text, str) and speaks_of(text, number) for text in (*own, *others, *title.values(), each.series)
    )


def global_key(number: str) -> str:
    """Return the key of the translation that holds the name of a global indicator, 3-1-1."""
    return f"global_indicators.{number}-title"


def _each_option(options: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the settings of progress, and those that stand together in a group each for itself."""
    for option in options if isinstance(options, list) else []:
        if isinstance(option, Mapping) and isinstance(option.get("group"), list):
            yield from _each_option(option["group"])
        elif isinstance(option, Mapping):
            yield option


def _is_of_whole(option: Mapping[str, Any], each: Measured) -> bool:
    """Tell whether a setting of progress is about no breakdown, or only about words that stand for the whole."""
    asked = option.get("disaggregation")
    if not asked:
        return True
    whole = {bare(column): words for column, words in each.whole.items()}
    pairs = asked if isinstance(asked, list) else [asked]
    return all(
        isinstance(pair, Mapping)
        and key_tail(str(pair.get("value", "")).strip()).casefold() in whole.get(bare(str(pair.get("field", ""))), ())
        for pair in pairs
    )


def _shown_number(indicator: Indicator) -> str:
    """Return the number as the metadata writes it, 2.4.E1, where it is that of the file; otherwise the file's."""
    for name in ("indicator_number", "indicator"):
        written = str(indicator.meta.get(name, "")).strip()
        if written.replace(".", "-").lower() == indicator.number:
            return written.replace("-", ".")
    return indicator.number.replace("-", ".")


def indicator_id(indicator: Indicator) -> str:
    """Return the id that an indicator has here, before its series."""
    return f"sdg_{slug(indicator.number, 40)}"
