"""What the metadata of an indicator says of it: its sources, its notes, and the fields that have no place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pejl.exchange.open_sdg.left_out import LeftOut
from pejl.exchange.open_sdg.source import Indicator
from pejl.exchange.open_sdg.texts import Local, Texts, Written, plain
from pejl.exchange.yaml_edit import Data
from pejl.text import Message, message

TITLES = (
    *("indicator_name", "graph_title", "indicator_available", "national_indicator_available", "title"),
    *("actual_indicator_available", "SDG_INDICATOR", "SDG_INDICATOR__GLOBAL"),
)
"""The fields that may hold the title of an indicator, the best first."""
DEFINITIONS = ("computation_definitions", "STAT_CONC_DEF", "national_indicator_description", "indicator_definition")
ORGANISATIONS = ("source_organisation_1", "source_organisation", "source_compilation_1", "CONTACT_ORGANISATION")
_CARRIED = frozenset(
    {
        *(*DEFINITIONS, *ORGANISATIONS, *TITLES, "graph_titles", "footer_fields", "proxy", "sources"),
        *("indicator", "indicator_number", "computation_units", "permalink", "SDG_TARGET", "standalone"),
        *("auto_progress_calculation", "sdg_goal", "goal_number", "target_id", "target_number", "target"),
        *("target_name", "reporting_status", "goal", "progress_calculation_options", "data_footnote", "published"),
        *("national_geographical_coverage", "data_non_statistical"),
    }
)
_A_SOURCE = re.compile(r"source_(?:url_text|url|organisation|active)_([0-9]{1,2})([a-z]?)")
_TELLING = re.compile(r"(?i)e.?mail|contact|staff|person|author|phone|telefon")
_SHOWN = frozenset({"graph_target_lines", "graph_target_points", "graph_series_breaks", "graph_annotations"})
_SETTING = re.compile(
    r"graph(_(type|types|limits|step|stacked|min|max|legend|subtitle|options|status).*)?|data_(show_map|start_values).*|"
    r"(data_notice_class|layout|precision|previous|next|sort|indicator_sort_order|indicator_tabs|indicator_display|"
    r"x_axis_label|placeholder|composite_breakdown_label|show_line|span_gaps|fill|tags|expected_disaggregations|"
    r"source_organisation_logo_.*|embedded_feature_.*|has_metadata|data_keywords|graphs?|cross_.*)"
)
_GLOBAL = re.compile(r".*__GLOBAL|SDG_GOAL|goal_meta_.*|un_.*|global_.*")
_NOT_SHOWN = frozenset({"false", "no", "0"})
_NO_TITLE = frozenset({"untitled"})


@dataclass(frozen=True, slots=True)
class Described:
    """What the metadata says of an indicator, whatever series of it is meant.

    `notes` are its other names, and that it stands in for the global indicator; `footnote` belongs behind them.
    """

    title: Local
    definition: Local | None
    published_by: Local
    sources: Sequence[Data]
    notes: Sequence[Local]
    footnote: Local | None


def described(texts: Texts, left_out: LeftOut, indicator: Indicator, written: Written, title: Local) -> Described:
    """Return what the metadata says of an indicator, and note what is not there."""
    file = indicator.meta_file
    definition = texts.local(written, file, DEFINITIONS)
    if definition is None:
        left_out.note(file, "computation_definitions", message("there is no definition; its title stands in"))
    unknown = {"da": "ikke oplyst i lageret", "en": "not stated in the repository"}
    return Described(
        title,
        definition,
        _publisher(texts, indicator, written) or unknown,
        _sources(texts, left_out, indicator, written),
        [*_other_titles(texts, indicator, written, title), *_standing_in(indicator)],
        texts.local(written, file, ("data_footnote",)),
    )


def _standing_in(indicator: Indicator) -> list[Local]:
    if str(indicator.meta.get("proxy", "")).strip().lower() not in ("proxy", "both"):
        return []
    return [
        {
            "da": "Lageret kalder den en tilnærmelse til den globale indikator.",
            "en": "The repository calls it a proxy of the global indicator.",
        }
    ]


def _other_titles(texts: Texts, indicator: Indicator, written: Written, title: Local) -> list[Local]:
    """Return what the repository calls the indicator beside its title, each once."""
    found: list[Local] = []
    seen = [text.casefold() for text in title.values()]
    for name in TITLES:
        text = indicator.meta.get(name)
        if not isinstance(text, str) or not texts.is_text(text) or plain(text).casefold() in _NO_TITLE:
            continue
        if name.startswith("SDG_INDICATOR"):
            continue  # what the global indicator is called, not what this one is
        said = texts.local(written, indicator.meta_file, (name,))
        if said is not None and not any(each in said["da"].casefold() for each in seen):
            seen += [each.casefold() for each in said.values()]
            found.append({language: f"{_ALSO[language]}: {each}" for language, each in said.items()})
    return found


_ALSO = {"da": "Kaldes også", "en": "Also called"}


def of_series(
    texts: Texts, indicator: Indicator, written: Written, name: str, key: str, series: str, unit: str
) -> Iterator[tuple[Local, Local | None]]:
    """Yield what a list of settings says of one series and unit under `key`, with its label if it has one."""
    lists = {language: meta.get(name) for language, meta in written.items()}
    own = lists.get(texts.own)
    for place, setting in enumerate(own if isinstance(own, list) else ()):
        if not isinstance(setting, Mapping):
            continue
        if str(setting.get("series") or "") not in ("", series) or str(setting.get("unit") or "") not in ("", unit):
            continue
        of_languages: dict[str, Mapping[str, Any]] = {
            language: each[place]
            for language, each in lists.items()
            if isinstance(each, list) and place < len(each) and isinstance(each[place], Mapping)
        }
        said = texts.local(of_languages, indicator.meta_file, (key,))
        if said is not None:
            yield said, texts.local(of_languages, indicator.meta_file, ("label",))


def note_of(parts: Sequence[Local]) -> Local | None:
    """Return the parts of a note as one text, each once, in English where any of them is."""
    kept = [part for place, part in enumerate(parts) if part not in parts[:place]]
    if not kept:
        return None
    languages = ("da", "en") if any("en" in part for part in kept) else ("da",)
    return {language: _in_a_row([part.get(language, part["da"]) for part in kept]) for language in languages}


def _in_a_row(texts: Sequence[str]) -> str:
    """Return texts one after another, with a semicolon between them where a sentence does not end."""
    ended = [text if text.endswith((".", "!", "?")) else f"{text};" for text in texts[:-1]]
    return " ".join((*ended, texts[-1]))


def _sources(texts: Texts, left_out: LeftOut, indicator: Indicator, written: Written) -> list[Data]:
    """Return all sources that the repository shows: their addresses with title, or those who made them."""
    found: list[Data] = []
    suffixes = sorted({(int(m[1]), m[2]) for m in map(_A_SOURCE.fullmatch, indicator.meta) if m is not None})
    for number, letter in suffixes:
        shown = str(indicator.meta.get(f"source_active_{number}", "true")).strip().lower() not in _NOT_SHOWN
        fields = [f"{each}_{number}{letter}" for each in ("source_url_text", "source_url", "source_organisation")]
        if not shown:
            if any(indicator.meta.get(each) for each in fields[1:]):
                why = message("the repository does not show this source; it is not carried over")
                left_out.note(indicator.meta_file, f"source_active_{number}", why)
            continue
        organisation = None if number == 1 else texts.local(written, indicator.meta_file, fields[2:])
        title = texts.local(written, indicator.meta_file, fields[:1])
        _add(found, texts, left_out, indicator, fields[1], indicator.meta.get(fields[1]), title, organisation)
    given = indicator.meta.get("sources")
    for each in given if isinstance(given, list) else ():
        if isinstance(each, Mapping):
            one: Written = {texts.own: each}
            title = texts.local(one, indicator.meta_file, ("url_text",))
            organisation = texts.local(one, indicator.meta_file, ("organisation",))
            _add(found, texts, left_out, indicator, "sources", each.get("url"), title, organisation)
    return found


def _add(
    found: list[Data],
    texts: Texts,
    left_out: LeftOut,
    indicator: Indicator,
    name: str,
    address: object,
    title: Local | None,
    organisation: Local | None,
) -> None:
    url = str(address or "").strip()
    for language in ("en", texts.own, *texts.repository.translations):
        url = texts.resolved(url, language) or url
    declared: dict[str, Data] = {}
    if url.startswith(("http://", "https://")) and not re.search(r"\s", url):
        declared["url"] = plain(url)
    elif url:
        left_out.note(indicator.meta_file, name, message("this is no address on the web; it is not carried over"))
    named = title or organisation
    if named is None and "url" in declared:
        named = dict.fromkeys(("da", "en"), url)
    if named is None or (organisation is None and "url" not in declared and not title):
        return
    if organisation is not None and title is not None:
        declared["note"] = organisation
    source: dict[str, Data] = {"title": named, **declared}
    if source not in found:
        found.append(source)


def _publisher(texts: Texts, indicator: Indicator, written: Written) -> Local | None:
    """Return who published the figures: the first organisation that the metadata names."""
    found = texts.local(written, indicator.meta_file, ORGANISATIONS)
    given = indicator.meta.get("sources")
    if found is None and isinstance(given, list) and given and isinstance(given[0], Mapping):
        found = texts.local({texts.own: given[0]}, indicator.meta_file, ("organisation",))
    return found


def note_what_has_no_place(texts: Texts, left_out: LeftOut, indicator: Indicator) -> None:
    """List the fields that are not carried over: settings, what is said of the global indicator, and others.

    Values are shown so that somebody can put them where they belong; those of fields that name people are not.
    """
    for name, value in indicator.meta.items():
        if name in _CARRIED or _A_SOURCE.fullmatch(name) or _is_nothing(value):
            continue
        why = message("the field has no place in a workspace")
        said: str | None = None
        if _SETTING.fullmatch(name):
            why = message("a setting of how Open SDG shows the indicator; it is not carried over")
        elif _GLOBAL.fullmatch(name):
            why = message("it is said of the global indicator, not of this one; it is not carried over")
        elif name in _SHOWN and isinstance(value, list):
            each = [str(one.get("value", "")) for one in value if isinstance(one, Mapping)]
            said = ", ".join(filter(None, each)) or None
        elif isinstance(value, str) and not _TELLING.search(name):
            said = plain(value)
        left_out.note(indicator.meta_file, name, why, value=said)
    _note_others(texts, left_out, indicator, DEFINITIONS, message("another definition; it is not carried over"))
    _note_others(texts, left_out, indicator, ORGANISATIONS, message("another publisher; it is not carried over"))


def _note_others(texts: Texts, left_out: LeftOut, indicator: Indicator, names: Sequence[str], why: Message) -> None:
    given = [(name, indicator.meta.get(name)) for name in names]
    said = [(name, plain(text)) for name, text in given if isinstance(text, str) and texts.is_text(text)]
    for name, text in said[1:]:
        if text != said[0][1]:
            left_out.note(indicator.meta_file, name, why, value=text)


def _is_nothing(value: object) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and plain(value).lower() in ("", "false"))
