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
from pejl.exchange.open_sdg.goals import NOT_APPLICABLE, TITLES, Agenda, Measured, global_key, indicator_id
from pejl.exchange.open_sdg.known import GOALS
from pejl.exchange.open_sdg.left_out import LeftOut, report
from pejl.exchange.open_sdg.names import Names, slug
from pejl.exchange.open_sdg.observations import Observation, Observations, read_observations
from pejl.exchange.open_sdg.source import Indicator, Repository, is_repository, read_repository
from pejl.exchange.open_sdg.texts import Local, Texts, Written, key_tail, plain
from pejl.exchange.open_sdg.vocabulary import NO_UNIT, SHARE, SharedWords, column_names, is_percent, kind_of
from pejl.exchange.open_sdg.writing import figures_csv, toml_text
from pejl.exchange.yaml_edit import Data, yaml_document
from pejl.text import Language, Message, message

REPORT = "IMPORT.md"
SCOPE = "country"
_DEFINITIONS = ("computation_definitions", "STAT_CONC_DEF", "national_indicator_description", "indicator_definition")
_ORGANISATIONS = ("source_organisation_1", "source_organisation", "source_compilation_1", "CONTACT_ORGANISATION")
_CARRIED = frozenset(
    {
        *_DEFINITIONS,
        *_ORGANISATIONS,
        *TITLES,
        *("indicator", "indicator_number", "computation_units", "permalink", "SDG_TARGET", "standalone"),
        *("auto_progress_calculation",),
        *("sdg_goal", "goal_number", "target_id", "target_number", "target", "target_name", "reporting_status", "goal"),
        *("progress_calculation_options", "data_footnote", "layout", "published", "national_geographical_coverage"),
        *("source_url_1", "source_url_text_1", "source_active_1", "indicator_sort_order", "data_non_statistical"),
    }
)
_TARGETS = frozenset({"graph_target_lines", "graph_target_points"})


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
        for name in TITLES:
            text = indicator.meta.get(name)
            said = plain(text) if isinstance(text, str) and self.texts.is_text(text) else ""
            if said and not any(each.casefold() in said.casefold() for each in title.values()):
                why = message("another title of the indicator; it is not carried over")
                self.left_out.note(indicator.meta_file, name, why, value=said)
        if not indicator.meta:
            self.left_out.note(indicator.meta_file, "–", message("there is no metadata for this indicator"))
        self._fields_left_out(indicator)
        found = self._observations(indicator)
        groups: dict[tuple[str, str], list[Observation]] = {}
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
            each = self._measured(indicator, title, series, unit, several=len(groups) > 1, all_groups=list(groups))
            unit_id = self._unit(written, indicator, unit, group)
            if not any(row.value and not row.codes for row in group):
                why = message("no row is about the whole, so a goal has no figure to be judged by")
                self.left_out.note(indicator.data_file or "", "–", why, value=each.title.get("en") or each.title["da"])
            measured.append(each)
            files[f"indicators/{each.id}.yaml"] = self._declared(indicator, written, each, unit_id, group)
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

    def _fields_left_out(self, indicator: Indicator) -> None:
        for name, value in indicator.meta.items():
            if name not in _CARRIED and value not in ("", "false", None, [], {}):
                why = message("the field has no place in a workspace")
                said = (
                    [str(each.get("value", "")) for each in value if isinstance(each, Mapping)]
                    if name in _TARGETS
                    else []
                )
                self.left_out.note(indicator.meta_file, name, why, value=", ".join(filter(None, said)) or None)

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
        title: Local,
        series: str,
        unit: str,
        *,
        several: bool,
        all_groups: Sequence[tuple[str, str]],
    ) -> Measured:
        begin = indicator_id(indicator)
        if not several:
            return Measured(self.names.new(begin, "sdg"), title, series, unit)
        file = indicator.data_file or indicator.meta_file
        parts = []
        if len({each for each, _ in all_groups}) > 1 and series:
            parts.append(self.texts.word(series, file, "Series", ("SERIES", "Series", "data")))
        if len({each for _, each in all_groups}) > 1 and unit:
            parts.append(self.texts.word(unit, file, "Units", ("UNIT_MEASURE", "Units", "data")))
        tail = "_".join(slug(part.get("en") or part["da"], 25) for part in parts)
        name = self.names.new(f"{begin}_{tail}" if tail else begin, "sdg", 70)
        named = {
            key: ", ".join([title.get(key, title["da"]), *(part.get(key, part["da"]) for part in parts)])
            for key in (["da", "en"] if "en" in title else ["da"])
        }
        return Measured(name, named, series, unit)

    def _unit(self, written: Written, indicator: Indicator, unit: str, rows: Sequence[Observation]) -> str:
        file = indicator.data_file or indicator.meta_file
        if unit:
            label = self.texts.word(unit, file, "Units", ("UNIT_MEASURE", "Units", "data"))
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
        self, indicator: Indicator, written: Written, each: Measured, unit: str, rows: Sequence[Observation]
    ) -> str:
        file = indicator.meta_file
        unknown = {"da": "ikke oplyst i lageret", "en": "not stated in the repository"}
        published = self.texts.local(written, file, _ORGANISATIONS, otherwise=unknown) or unknown
        definition = self.texts.local(written, file, _DEFINITIONS)
        if definition is None:
            self.left_out.note(file, "computation_definitions", message("there is no definition; its title stands in"))
        columns = sorted({column for row in rows for column, _ in row.codes})
        declared: dict[str, Data] = {"id": each.id, "title": each.title, "unit": unit, "scope": SCOPE}
        if columns:
            declared["dimensions"] = [self.words.dimension(column, file) for column in columns]
        declared["published_by"] = published
        declared["versions"] = [{"version": "1", "definition": definition or each.title}]
        url = str(indicator.meta.get("source_url_1", "")).strip()
        if url.startswith(("http://", "https://")) and " " not in url:
            named = self.texts.local(written, file, ("source_url_text_1",), otherwise=published) or published
            declared["sources"] = [{"title": named, "url": plain(url)}]
        footnote = self.texts.local(written, file, ("data_footnote",))
        if footnote is not None:
            declared["note"] = footnote
        return yaml_document(declared)

    def _figure(self, each: Measured, unit: str, row: Observation, indicator: Indicator) -> dict[str, str]:
        file = indicator.data_file or ""
        codes = {self.words.dimension(column, file): self.words.code(column, word, file) for column, word in row.codes}
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
        english = country.get("en", country["da"])
        texts = {
            "title": (f"Verdensmålene: {country['da']}", f"The Sustainable Development Goals: {english}"),
            "municipality": (country["da"], english),
            "notice": (
                f"Indlæst fra Open SDG-lageret {self.repository.name}. Ikke udgiverens egen visning.",
                f"Read from the Open SDG repository {self.repository.name}. Not the publisher's own presentation.",
            ),
        }
        languages = ["da", "en"] if self.texts.speaks_english else ["da"]
        name = slug(self.repository.name)
        lines = [f"id = {toml_text(name if name[:1].isalpha() else 'open_sdg')}"]
        lines += [
            f"{key} = {{ da = {toml_text(danish)}, en = {toml_text(other)} }}" for key, (danish, other) in texts.items()
        ]
        lines += ["own = false", f"languages = [{', '.join(map(toml_text, languages))}]"]
        return "\n".join(lines) + "\n"

    def _report(self, language: Language) -> str:
        without = sorted(set(GOALS) - set(self.agenda.visions))
        paragraphs: list[Message] = [
            message(
                "This workspace was made from the Open SDG repository {name}: {indicators} indicators, "
                "{figures} figures, {goals} goals.",
                name=self.repository.name,
                indicators=self.indicators,
                figures=self.figures,
                goals=self.agenda.signs,
            ),
            message(
                "An indicator with several series or units became one indicator for each. Units are taken as shares "
                "where they say percent, and otherwise as plain numbers, so that no uncertainty is computed that "
                "nobody knows."
            ),
            message(
                "For {count} goals nothing in the repository says which way they are to go; it is read from the words "
                "of the global targets. Look at them before anything is published.",
                count=self.agenda.read_directions,
            ),
        ]
        if self.texts.unresolved:
            paragraphs.append(
                message(
                    "{count} times words stand in another repository, often open-sdg/sdg-translations. Copy its folder "
                    "'translations' into this one, beside the languages that are there, and import once more.",
                    count=self.texts.unresolved,
                )
            )
        if without:
            paragraphs.append(
                message("No goal could be made for: {numbers}.", numbers=", ".join(str(number) for number in without))
            )
        return report(self.left_out, message("What was read from Open SDG"), paragraphs, language)
