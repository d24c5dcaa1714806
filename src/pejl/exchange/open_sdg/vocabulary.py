"""The words that indicators share, gathered from all files: units, breakdowns with their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pejl.exchange.open_sdg.columns import ColumnNames, bare
from pejl.exchange.open_sdg.names import Names
from pejl.exchange.open_sdg.observations import TOTAL_WORDS, one_spelling
from pejl.exchange.open_sdg.source import Repository
from pejl.exchange.open_sdg.texts import Local, Texts, key_tail
from pejl.exchange.yaml_edit import Data
from pejl.text import message
from pejl.workspace.figures import OPTIONAL, REQUIRED, TOTALS

SHARE, RATIO, MEAN = "share", "ratio", "mean"
_PERCENT = re.compile(
    r"(?i).*(%|per ?cent|procent|prozent|pour ?cent|por ?cent|por ?ciento|percentual|процент|пайыз).*|PT|pct\.?"
)
_NOT_SHARE = re.compile(
    r"(?i).*(point|change|growth|vækst|ændring|variation|previous|base (year|period)|index|"
    r"percentage (to|of) [12][0-9]{3}).*"
)
_ONLY_PERCENT = re.compile(
    r"(?i)%|pt|pct\.?|(per ?cent(age)?s?|procent|prozent|pour ?centage|pour ?cent|por ?centaje|por ?ciento|"
    r"per ?centual|percentuale?|процент(ов|ы)?|пайыз|퍼센트)\.?(\s*\(\s*%\s*\))?"
)
PERCENT: Local = {"da": "procent", "en": "percent"}
"""What units are called that say no more than that they are percent, in whatever language."""
NO_UNIT: Local = {"da": "enhed ikke angivet", "en": "unit not stated"}


@dataclass(slots=True)
class _Dimension:
    id: str
    title: Local
    codes: dict[str, str] = field(default_factory=dict)
    labels: dict[str, Local] = field(default_factory=dict)
    areas: dict[str, set[str]] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names(TOTALS))


class SharedWords:
    """Gives units and codes their ids as the files are read, and declares them in the end."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._units: dict[tuple[str, str], tuple[str, Local]] = {}
        self._unit_names = Names({"percent"})
        self._dimensions: dict[str, _Dimension] = {}
        self._dimension_names = Names({*REQUIRED, *OPTIONAL})

    def unit(self, label: Local, kind: str) -> str:
        """Return the id of a unit of one kind."""
        if kind == SHARE and all(_ONLY_PERCENT.fullmatch(text.strip()) for text in label.values()):
            self._units["percent", SHARE] = "percent", PERCENT
            return "percent"
        key = label["da"].casefold(), kind
        if key not in self._units:
            otherwise = "percent" if kind == SHARE else "unit"
            self._units[key] = self._unit_names.new(label.get("en") or label["da"], otherwise, 50), label
        return self._units[key][0]

    def dimension(self, column: str, file: str) -> str:
        """Return the id of the breakdown that a column holds."""
        return self._dimension(column, file).id

    def code(self, column: str, word: str, file: str) -> str:
        """Return the code of a word in a column; words that differ in case or blanks alone are one code."""
        dimension = self._dimension(column, file)
        key = one_spelling(word)
        if key not in dimension.codes:
            groups = (column, bare(column), key_tail(column), "data")
            label = self.texts.word(word, "data", dimension.id, groups)
            dimension.codes[key] = dimension.names.new(key_tail(word), "code", 50)
            dimension.labels[key] = label
        return dimension.codes[key]

    def areas(self, areas: Mapping[tuple[str, str], set[str]]) -> None:
        """Note which codes of maps stand beside a word of a column."""
        for (column, word), found in areas.items():
            dimension = self._dimensions.get(bare(column))
            if dimension is not None:
                dimension.areas.setdefault(one_spelling(word), set()).update(found)

    def _dimension(self, column: str, file: str) -> _Dimension:
        key = bare(column)
        if key not in self._dimensions:
            title = self.texts.word(column, file, column, ("data", "metadata_fields"))
            name = self._dimension_names.new("by_" + key_tail(column), "by", 50)
            self._dimensions[key] = _Dimension(name, title)
        return self._dimensions[key]

    def declared(self, scopes: Iterable[Mapping[str, Data]]) -> dict[str, Data]:
        """Return the vocabulary as data."""
        units: list[Data] = [
            {"id": name, "label": label, "kind": kind} for (_, kind), (name, label) in self._units.items()
        ]
        dimensions: list[Data] = [
            {"id": each.id, "title": each.title, "codes": self._codes(each)} for each in self._dimensions.values()
        ]
        found: dict[str, Data] = {"scopes": list(scopes)}
        if units:
            found["units"] = units
        if dimensions:
            found["dimensions"] = dimensions
        return found

    def _codes(self, dimension: _Dimension) -> list[Data]:
        """Return the codes; the code of an area on maps becomes another spelling where it is the area's alone."""
        owners: dict[str, list[str]] = {}
        for key, areas in dimension.areas.items():
            for area in areas:
                owners.setdefault(area, []).append(key)
        own = len(owners) > 1 and all(len(areas) == 1 for areas in dimension.areas.values())
        taken = {*dimension.codes.values(), *dimension.codes}
        codes: list[Data] = []
        for key, code in dimension.codes.items():
            declared: dict[str, Data] = {"code": code, "label": self._label(dimension, key)}
            found = sorted(dimension.areas.get(key, ()))
            if own and found and owners[found[0]] == [key] and found[0].casefold() not in taken:
                declared["aliases"] = [found[0]]
            elif found:
                why = message("codes of areas on maps are not carried over where they do not name one thing alone")
                self.texts.left_out.note("data", "GeoCode", why)
            codes.append(declared)
        return codes

    def _label(self, dimension: _Dimension, key: str) -> Local:
        """Return the words of a code; they must not be another code, which would be taken for it."""
        others = set(dimension.codes.values()) - {dimension.codes[key]}
        label = dimension.labels[key]
        return {lang: text[:1].upper() + text[1:] if text in others else text for lang, text in label.items()}


def kind_of(values: Sequence[float], *, percent: bool) -> str:
    """Return the kind of a unit: only percentages within 0-100 are shares; the others have no interval of their own.

    Ratios are never below nought and means may be; a mean is told as an average, which figures of others need not be.
    """
    if percent and all(0 <= value <= 100 for value in values):
        return SHARE
    return RATIO if all(value >= 0 for value in values) else MEAN


def is_percent(label: str) -> bool:
    """Tell whether the words of a unit say that its numbers are in percent of a whole."""
    return _PERCENT.fullmatch(label.strip()) is not None and _NOT_SHARE.fullmatch(label) is None


def column_names(repository: Repository) -> ColumnNames:
    """Return the roles that a repository gives its columns, and the keys in its translations that say "total"."""
    options = repository.config.get("indicator_options")
    options = options if isinstance(options, Mapping) else {}
    groups = [group for words in repository.translations.values() for group in words.values()]
    pairs = [pair for group in groups if isinstance(group, Mapping) for pair in group.items()]
    totals = {key for key, text in pairs if isinstance(text, str) and text.strip().casefold() in TOTAL_WORDS}
    return ColumnNames(
        str(options.get("series_column") or ""),
        str(options.get("unit_column") or ""),
        frozenset(_names(options.get("non_disaggregation_columns"))),
        frozenset(_names(options.get("observation_attributes"))),
        frozenset(key.casefold() for key in totals),
    )


def _names(given: Any) -> list[str]:
    """Return the names in a list of them, or of settings with a `field` each."""
    each = given if isinstance(given, list) else ()
    fields = [one.get("field") if isinstance(one, Mapping) else one for one in each]
    return [name for name in fields if isinstance(name, str)]
