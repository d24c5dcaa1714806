"""JSON-stat 2.0: a dataset per indicator and language, and a collection of them all.

The figures of an indicator are a sparse cube: version of the definition, period, scope, its dimensions, and last the
measure (value, low, high, n, numerator, denominator). Only what is there is written, by its place in the cube in
row-major order; `status` says of every figure what it is, or which kind of nothing, so that a place without value and
without status is one that the release does not have. What is no number (source, note, next period, method) stands in
`extension.cells` by the place of the figure's `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pejl.publish.numbers import decimals_of
from pejl.publish.open_data.columns import column_of_dimension
from pejl.publish.open_data.json_texts import dumped
from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.tables import NUMBERS, FigureTable
from pejl.publish.words import STATE_WORDS
from pejl.release.public import ALL
from pejl.text import Language, message
from pejl.workspace.period import Period
from pejl.workspace.states import State

MEASURE = "measure"
TEXTS = ("unit", "method", "next_due", "source", "note", "rounded", "rounded_within")
VERSION = "2.0"
_MEASURES = {
    "value": message("Value"),
    "low": message("Lower limit (95 %)"),
    "high": message("Upper limit (95 %)"),
    "n": message("Persons behind"),
    "numerator": message("Numerator"),
    "denominator": message("Denominator"),
}
_FIXED = {
    "definition_version": message("Definition"),
    "period": message("Period"),
    "scope": message("Who it is about"),
    MEASURE: message("Figure"),
}


def figures_json_stat(table: FigureTable, label: Label, address: Callable[[Language], str]) -> dict[Language, bytes]:
    """Return the figures of an indicator in each language.

    `address` gives where the file will be; the format has no place for one without a host.
    """
    cube = _Cube(table)
    figures, texts = cube.figures()
    return {
        language: (
            f"{dumped(_head(table, cube, label, address(language), language))[:-1]},{figures},"
            f'"extension":{dumped(_extension(table, label, language))[:-1]},"cells":{texts}}}}}\n'
        ).encode()
        for language in label.languages
    }


def collection(datasets: Iterable[bytes], title: str, label: Label, language: Language) -> Iterator[bytes]:
    """Yield the parts of a collection with the datasets themselves in it, so that it is whole wherever it lies."""
    head = {
        "version": VERSION,
        "class": "collection",
        "label": title,
        "note": [label.text(language)],
        "extension": label.as_dict(),
    }
    yield f'{dumped(head)[:-1]},"link":{{"item":[\n'.encode()
    for place, dataset in enumerate(datasets):
        yield (b",\n" if place else b"") + dataset.rstrip()
    yield b"]}}\n"


class _Cube:
    """The places of an indicator's figures."""

    def __init__(self, table: FigureTable) -> None:
        self.table = table
        cells = table.cells
        self.axes: dict[str, list[str]] = {
            "definition_version": _versions(table),
            "period": [each.text for each in sorted(map(Period.parse, {cell.period for cell in cells}))],
            "scope": sorted({cell.scope for cell in cells}),
        }
        combined = set(chain.from_iterable(table.parts))
        for dimension in table.dimensions:
            seen = {code for name, code in combined if name == dimension}
            declared = [each["code"] for each in table.vocabulary.codes(dimension) if each["code"] in seen]
            self.axes[column_of_dimension(dimension)] = [ALL, *declared, *sorted(seen.difference(declared))]
        self.axes[MEASURE] = list(NUMBERS)
        shown = (decimals_of(cell.value, cell.unit) for cell in cells if cell.value is not None)
        self.decimals = max(shown, default=0)

    def figures(self) -> tuple[str, str]:
        """Return `value` with `status`, and the texts: JSON that is the same in every language."""
        values, statuses = [], []
        places = self._places()
        for cell, at, numbers in zip(self.table.cells, places, self.table.numbers, strict=True):
            values += [f'"{at + step}":{each}' for step, each in enumerate(numbers) if each]
            state = cell.state
            statuses.append(f'"{at}":"{state}","{at + 1}":"{state}","{at + 2}":"{state}"')
            if state == State.WITHHELD:
                statuses.append(f'"{at + 3}":"{state}","{at + 4}":"{state}","{at + 5}":"{state}"')
        figures = f'"value":{{{",".join(values)}}},"status":{{{",".join(statuses)}}}'
        texts = {name: self._by_text(name, places) for name in TEXTS}
        return figures, dumped({name: found for name, found in texts.items() if found})

    def _by_text(self, name: str, places: Sequence[int]) -> dict[str, list[int]]:
        """Return the places of the figures that have a text, by the text."""
        table = self.table
        told = {"rounded": table.roundings, "rounded_within": table.widths}.get(name) or [
            getattr(cell, name) for cell in table.cells
        ]
        found: dict[str, list[int]] = {text: [] for text in dict.fromkeys(told) if text is not None}
        for text, at in zip(told, places, strict=True):
            if text is not None:
                found[text].append(at)
        return found

    def _places(self) -> list[int]:
        strides, size = {}, 1
        for name in reversed(self.axes):
            strides[name] = size
            size *= len(self.axes[name])
        offset = {
            name: {code: place * strides[name] for place, code in enumerate(codes)} for name, codes in self.axes.items()
        }
        version, period, scope = offset["definition_version"], offset["period"], offset["scope"]
        by = {each: offset[column_of_dimension(each)] for each in self.table.dimensions}
        parts = {
            dimensions: sum(by[dimension][code] for dimension, code in dimensions) for dimensions in self.table.parts
        }
        return [
            version[cell.version] + period[cell.period] + scope[cell.scope] + parts[cell.dimensions]
            for cell in self.table.cells
        ]


def _versions(table: FigureTable) -> list[str]:
    seen = {cell.version for cell in table.cells}
    declared = [each["version"] for each in table.definition.get("versions", ()) if each["version"] in seen]
    return [*declared, *sorted(seen.difference(declared))]


def _head(table: FigureTable, cube: _Cube, label: Label, address: str, language: Language) -> dict[str, Any]:
    definition = table.definition
    titles = {column_of_dimension(each): each for each in table.dimensions}
    notes = [label.text(language), said(definition.get("note"), language), *table.coarser(language)]
    return {
        "version": VERSION,
        "class": "dataset",
        **({"href": address} if "://" in address else {}),
        "label": table.title(language),
        "source": said(definition.get("published_by"), language) or message("not stated").render(language),
        "note": [note for note in notes if note],
        "id": list(cube.axes),
        "size": [len(codes) for codes in cube.axes.values()],
        "role": {"time": ["period"], "metric": [MEASURE]},
        "dimension": {
            name: {
                "label": _title(table, name, titles, language),
                "category": _category(table, name, codes, titles, cube.decimals, language),
            }
            for name, codes in cube.axes.items()
        },
    }


def _title(table: FigureTable, name: str, titles: Mapping[str, str], language: Language) -> str:
    if name in _FIXED and name not in titles:
        return _FIXED[name].render(language)
    return table.vocabulary.dimension(titles[name], language)


def _category(
    table: FigureTable, name: str, codes: Sequence[str], titles: Mapping[str, str], decimals: int, language: Language
) -> dict[str, Any]:
    words = table.vocabulary
    if name == MEASURE:
        labels = {code: _MEASURES[code].render(language) for code in codes}
        return {"index": list(codes), "label": labels, "unit": _units(table, decimals, language)}
    if name in titles:
        labels = {code: words.code(titles[name], code, language) for code in codes}
    elif name == "period":
        labels = {code: Period.parse(code).label(language) for code in codes}
    elif name == "scope":
        labels = {code: words.scope(code, language) for code in codes}
    else:
        labels = {code: code for code in codes}
    return {"index": list(codes), "label": labels}


def _units(table: FigureTable, decimals: int, language: Language) -> dict[str, Any]:
    """Return the unit of the figure and its limits, with as many decimals as readers are shown."""
    units = sorted({cell.unit for cell in table.cells} or {table.definition["unit"]["id"]})
    label = ", ".join(table.vocabulary.unit(unit, language) for unit in units)
    limits = {"label": label, "decimals": max(decimals, 1)}
    return {"value": {"label": label, "decimals": decimals}, "low": limits, "high": limits}


def _extension(table: FigureTable, label: Label, language: Language) -> dict[str, Any]:
    states = {str(state): words.render(language) for state, words in STATE_WORDS.items()}
    return {"indicator": table.id, **label.as_dict(), "status": {"label": states}}
