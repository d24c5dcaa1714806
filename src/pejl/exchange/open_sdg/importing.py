"""A workspace made of an Open SDG data repository: written beside, checked as a whole, then put in its place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pejl.exchange.changes import ImportRefusedError
from pejl.exchange.open_sdg.global_names import NAMES
from pejl.exchange.open_sdg.goals import NOT_APPLICABLE, Agenda, Measured, global_key, indicator_id
from pejl.exchange.open_sdg.known import GOALS
from pejl.exchange.open_sdg.left_out import LeftOut, report
from pejl.exchange.open_sdg.metadata import (
    TITLES,
    Described,
    described,
    note_of,
    note_what_has_no_place,
    of_series,
)
from pejl.exchange.open_sdg.names import Names, slug
from pejl.exchange.open_sdg.observations import Group, Observation, Observations, read_observations
from pejl.exchange.open_sdg.source import Indicator, Repository, is_repository, read_repository
from pejl.exchange.open_sdg.telling import Made, settings, told
from pejl.exchange.open_sdg.texts import Local, Texts, Written, key_tail, plain
from pejl.exchange.open_sdg.vocabulary import NO_UNIT, SHARE, SharedWords, column_names, is_percent, kind_of
from pejl.exchange.open_sdg.writing import figures_csv
from pejl.exchange.yaml_edit import Data, yaml_document
from pejl.text import Language, message

REPORT = "IMPORT.md"
SCOPE = "country"
_COLUMNS = ("SERIES", "UNIT_MEASURE")
"""The groups of translations that codes of series and units have."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was made: how many indicators, figures and goals, and the list of what is not as it was."""

    indicators: int
    figures: int
    goals: int
    left_out: LeftOut


def import_open_sdg(source: Path, target: Path, language: Language) -> Imported:
    """Make a workspace in `target` of the repository in `source`, with the list `IMPORT.md`.

    Args:
        source: the folder of the repository.
        target: the folder of the workspace; it must not exist, or be empty.
        language: of the list.

    Raises:
        ImportRefusedError: there is no repository in `source`, or something in `target`; or the workspace would not
            pass its own check. Nothing is left behind.
    """
    if not source.is_dir() or not is_repository(source):
        raise ImportRefusedError(
            message("'{path}' is no Open SDG data repository: it has neither 'data' nor 'meta'", path=source)
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ImportRefusedError(message("'{path}' is there already; name a new folder", path=target))
    maker = _Maker(source)
    files = maker.files(language)
    beside = target.resolve().with_name(f".{target.resolve().name}.{os.getpid()}.new")
    try:
        _write(beside, files)
        _check(beside)
        if target.exists():
            target.rmdir()
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Imported(maker.indicators, maker.figures, maker.agenda.signs, maker.left_out)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name in ("figures", "indicators", "strategy", "vocabulary"):
        (folder / name).mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _check(folder: Path) -> None:
    from pejl.pipeline import check

    wrong = [problem for problem in check(folder, data=False).problems if problem.severity == "problem"]
    if wrong:
        first = wrong[0]
        raise ImportRefusedError(
            message(
                "what was made of the repository would have {count} problems, so nothing was kept; the first: "
                "{place}: {what}",
                count=len(wrong),
                place=str(first.location),
                what=first.what,
            )
        )


class _Maker:
    """Makes the files of the workspace, in memory."""

    def __init__(self, source: Path) -> None:
        self.left_out = LeftOut()
        self.repository: Repository = read_repository(source, self.left_out)
        self.texts = Texts(self.repository, self.left_out)
        self.words = SharedWords(self.texts)
        self.agenda = Agenda(self.repository, self.texts, self.left_out, SCOPE)
        self.names = Names()
        self.columns = column_names(self.repository)
        self.coded: dict[tuple[str, str], tuple[str, str]] = {}
        self.indicators = self.figures = 0

    def files(self, language: Language) -> dict[str, str]:
        files: dict[str, str] = {}
        self._languages_left_out()
        for indicator in self.repository.indicators:
            if str(indicator.meta.get("published", "")).strip().lower() == "false":
                why = message("the repository says that it is not published; its figures are not carried over")
                self.left_out.note(indicator.meta_file, "published", why, value=indicator.data_file)
                continue
            files |= self._indicator(indicator)
        country = self._country()
        scope: dict[str, Data] = {"id": SCOPE, "title": country}
        files["vocabulary/words.yaml"] = yaml_document(self.words.declared([scope]))
        files["strategy/agenda_2030.yaml"] = yaml_document(self.agenda.declared(country))
        files["pejl.toml"] = self._settings(country)
        files[REPORT] = self._report(language)
        return files

    def _indicator(self, indicator: Indicator) -> dict[str, str]:
        written: Written = {self.texts.own: indicator.meta, **indicator.translated}
        title = self._title(indicator, written)
        if not indicator.meta:
            self.left_out.note(indicator.meta_file, "–", message("there is no metadata for this indicator"))
        about = described(self.texts, self.left_out, indicator, written, title)
        note_what_has_no_place(self.texts, self.left_out, indicator)
        found = self._observations(indicator)
        groups: dict[Group, list[Observation]] = {}
        for row in found.rows:
            groups.setdefault((row.series, row.unit), []).append(row)
        nameless = groups.get(("", ""), [])
        if len(groups) > 1 and nameless and not any(row.value or row.note for row in nameless):
            for row in groups.pop(("", "")):
                why = message("the row has neither series nor unit nor number, and is left out")
                self.left_out.note(indicator.data_file or "", "–", why, line=row.line)
        for column, word in sorted({pair for row in found.rows for pair in row.codes}):
            self.words.code(column, word, indicator.meta_file)
        self.words.areas(found.areas)
        files: dict[str, str] = {}
        measured: list[Measured] = []
        rows: list[Mapping[str, str]] = []
        for (series, unit), group in groups.items():
            each = self._measured(indicator, written, title, (series, unit), list(groups), found)
            unit_id = self._unit(written, indicator, unit, group)
            if not any(row.value and not row.codes for row in group):
                why = message("no row is about the whole, so a goal has no figure to be judged by")
                self.left_out.note(indicator.data_file or "", "–", why, value=each.title.get("en") or each.title["da"])
            measured.append(each)
            files[f"indicators/{each.id}.yaml"] = self._declared(indicator, written, about, each, unit_id, group, found)
            rows += [self._figure(each, unit_id, row, indicator) for row in group]
            self.indicators += 1
        if rows:
            files[f"figures/{measured[0].id}.csv"] = figures_csv(rows)
            self.figures += len(rows)
        name = measured[0].id if measured else self.names.new(indicator_id(indicator), "sdg")
        self.agenda.add(indicator, written, title, measured, name)
        return files

    def _title(self, indicator: Indicator, written: Written) -> Local:
        """Return the title: as the metadata has it, without the number before it, or the global indicator's name."""
        shown = indicator.number.replace("-", ".")
        otherwise = {"da": f"Indikator {shown}", "en": f"Indicator {shown}"}
        name = NAMES.get(shown)
        if name is not None and str(indicator.meta.get("indicator_name", "")).strip() == global_key(indicator.number):
            otherwise = {"da": name, "en": name}
        title = self.texts.local(written, indicator.meta_file, TITLES, otherwise=otherwise) or otherwise
        number = re.compile(rf"(?:indicator\s+)?{re.escape(shown)}[\s.:)–-]+(?=\S)", re.IGNORECASE)
        return {
            language: number.sub("", text, count=1) if number.match(text) else text for language, text in title.items()
        }

    def _languages_left_out(self) -> None:
        """Note the languages that a workspace has no place for."""
        of_metadata = {each for indicator in self.repository.indicators for each in indicator.translated}
        for language in sorted({*self.repository.translations, *of_metadata} - {"da", "en", self.texts.own}):
            folder = "meta" if language in of_metadata else "translations"
            why = message("a workspace has Danish and English; words in other languages are not carried over")
            self.left_out.note(f"{folder}/{language}", "–", why)

    def _observations(self, indicator: Indicator) -> Observations:
        if indicator.data is None or indicator.data_file is None:
            status = str(indicator.meta.get("reporting_status", "")).strip().lower()
            if status not in NOT_APPLICABLE:
                self.left_out.note(indicator.meta_file, "–", message("there are no figures for this indicator"))
            return Observations()
        if str(indicator.meta.get("data_non_statistical", "")).strip().lower() == "true":
            why = message("the indicator is not statistical; what its file holds is no series of numbers")
            self.left_out.note(indicator.data_file, "data_non_statistical", why)
            return Observations()
        if str(indicator.meta.get("reporting_status") or "complete").strip().lower() != "complete":
            why = message("the repository does not show these figures yet; look at them before you publish")
            self.left_out.note(indicator.meta_file, "reporting_status", why, value=indicator.data_file)
        columns = replace(self.columns, whole=self.columns.whole | self._coverage(indicator))
        return read_observations(indicator.data, indicator.data_file, columns, self.left_out)

    def _coverage(self, indicator: Indicator) -> frozenset[str]:
        """Return the name of the place that an indicator is about, as its breakdowns may write it for the whole."""
        name = "national_geographical_coverage"
        given = [indicator.meta.get(name), *(meta.get(name) for meta in indicator.translated.values())]
        texts = [text.strip() for text in given if isinstance(text, str) and text.strip()]
        said = [self.texts.resolved(text, language) for text in texts for language in self.repository.translations]
        return frozenset(key_tail(text).casefold() for text in (*texts, *said) if text)

    def _measured(
        self,
        indicator: Indicator,
        written: Written,
        title: Local,
        group: Group,
        groups: Sequence[Group],
        found: Observations,
    ) -> Measured:
        """Return one series: what it is called, and the id that it has here.

        It is called as its graph is, if the repository says so, and otherwise by title, series and unit.
        """
        begin, whole = indicator_id(indicator), found.whole.get(group, {})
        if len(groups) == 1:
            return Measured(self.names.new(begin, "sdg"), title, *group, whole)
        parts = []
        for place, (word, field, column) in enumerate(zip(group, ("Series", "Units"), _COLUMNS, strict=True)):
            if len({each[place] for each in groups}) > 1 and word:
                file = indicator.data_file or indicator.meta_file
                parts.append(self.texts.word(word, file, field, (column, field, "data")))
        tail = "_".join(slug(part.get("en") or part["da"], 25) for part in parts)
        name = self.names.new(f"{begin}_{tail}" if tail else begin, "sdg", 70)
        graph = [self._graph_title(indicator, written, each) for each in groups]
        own = graph[groups.index(group)]
        if own is not None and graph.count(own) == 1:
            return Measured(name, own, *group, whole)
        named = {
            key: _joined(title.get(key, title["da"]), [part.get(key, part["da"]) for part in parts])
            for key in (["da", "en"] if "en" in title else ["da"])
        }
        return Measured(name, named, *group, whole)

    def _graph_title(self, indicator: Indicator, written: Written, group: Group) -> Local | None:
        said = of_series(self.texts, indicator, written, "graph_titles", "title", *group)
        return next((title for title, _ in said), None)

    def _unit(self, written: Written, indicator: Indicator, unit: str, rows: Sequence[Observation]) -> str:
        file = indicator.data_file or indicator.meta_file
        if unit:
            label = self.texts.word(unit, file, "Units", ("UNIT_MEASURE", "Units", "data"))
            other = str(indicator.meta.get("computation_units") or "").strip()
            if other and self.texts.is_text(other) and plain(other).casefold() not in map(str.casefold, label.values()):
                why = message("the figures say their unit themselves; what the metadata says is not carried over")
                self.left_out.note(indicator.meta_file, "computation_units", why, value=plain(other))
        else:
            label = self.texts.local(written, indicator.meta_file, ("computation_units",), groups=("data",)) or NO_UNIT
            if label is NO_UNIT:
                self.left_out.note(file, "Units", message("neither the figures nor the metadata say the unit"))
        percent = is_percent(unit or "") or is_percent(label.get("en", "")) or is_percent(label["da"])
        values = [float(row.value) for row in rows if row.value]
        kind = kind_of(values, percent=percent)
        if percent and kind != SHARE:
            why = message("the unit says percent, but values lie outside 0-100; they are not taken as shares")
            self.left_out.note(file, "Units", why, value=unit or None)
        return self.words.unit(label, kind)

    def _declared(
        self,
        indicator: Indicator,
        written: Written,
        about: Described,
        each: Measured,
        unit: str,
        rows: Sequence[Observation],
        found: Observations,
    ) -> str:
        columns = sorted({column for row in rows for column, _ in row.codes})
        declared: dict[str, Data] = {"id": each.id, "title": each.title, "unit": unit, "scope": SCOPE}
        if columns:
            declared["dimensions"] = [self.words.dimension(column, indicator.meta_file) for column in columns]
        declared["published_by"] = about.published_by
        declared["versions"] = [{"version": "1", "definition": about.definition or each.title}]
        if about.sources:
            declared["sources"] = list(about.sources)
        note = note_of(self._notes(indicator, written, about, each, found))
        if note is not None:
            declared["note"] = note
        return yaml_document(declared)

    def _notes(
        self, indicator: Indicator, written: Written, about: Described, each: Measured, found: Observations
    ) -> list[Local]:
        """Return what is to be noted of one series: other names, what all its rows are about, and footnotes."""
        file = indicator.data_file or indicator.meta_file
        parts = list(about.notes)
        told = " ".join((*each.title.values(), *about.title.values())).casefold()
        for column, word, name in (("Series", each.series, _COLUMNS[0]), *((*pair, pair[0]) for pair in found.same)):
            if not word:
                continue
            said = self.texts.word(word, file, column, (name, column, "data"))
            if said["da"].casefold() not in told:
                label = self.texts.word(column, file, column, ("data", "metadata_fields"))
                parts.append({key: f"{label.get(key, label['da'])}: {text}" for key, text in said.items()})
        parts += [{"da": text} for text in found.notes.get((each.series, each.unit), ())]
        for said, head in of_series(self.texts, indicator, written, "footer_fields", "value", each.series, each.unit):
            parts.append({key: _headed((head or {}).get(key), text) for key, text in said.items()})
        return [*parts, about.footnote] if about.footnote is not None else parts

    def _figure(self, each: Measured, unit: str, row: Observation, indicator: Indicator) -> dict[str, str]:
        file = indicator.data_file or ""
        codes: dict[str, str] = {}
        for pair in row.codes:
            if pair not in self.coded:
                self.coded[pair] = self.words.dimension(pair[0], file), self.words.code(*pair, file)
            dimension, code = self.coded[pair]
            codes[dimension] = code
        return {
            "series": each.id,
            "period": row.period,
            **codes,
            "value": row.value,
            "unit": unit,
            "state": str(row.state),
            "scope": SCOPE,
            "low": row.low,
            "high": row.high,
            "source": row.source or f"{self.repository.name}: {file}",
            "note": row.note,
        }

    def _country(self) -> Local:
        country = self.repository.config.get("country")
        name = country.get("name") if isinstance(country, Mapping) else country
        written: Written = {self.texts.own: {"country": name}}
        found = self.texts.local(written, "site_config.yml", ("country",)) if isinstance(name, str) else None
        if found is None:
            named = [str(each.meta.get("national_geographical_coverage", "")) for each in self.repository.indicators]
            often = max(filter(None, named), key=named.count, default="")
            coverage: Written = {self.texts.own: {"national_geographical_coverage": often}}
            found = self.texts.local(coverage, "meta", ("national_geographical_coverage",)) if often else None
        return found or {"da": "Landet", "en": "The country"}

    def _settings(self, country: Local) -> str:
        return settings(self.repository.name, country, english=self.texts.speaks_english)

    def _report(self, language: Language) -> str:
        made = Made(self.repository.name, self.indicators, self.figures, self.agenda.signs)
        without = sorted(set(GOALS) - set(self.agenda.visions))
        paragraphs = told(made, self.agenda.read_directions, self.texts.unresolved, without)
        return report(self.left_out, message("What was read from Open SDG"), paragraphs, language)


def _joined(title: str, parts: Sequence[str]) -> str:
    """Return the name of a series: the indicator's and its own, or its own alone where it begins with the other."""
    if parts and parts[0].casefold().startswith(title.casefold()):
        return ", ".join(parts)
    return ", ".join((title, *parts))


def _headed(head: str | None, text: str) -> str:
    return f"{head.rstrip(': ')}: {text}" if head else text
