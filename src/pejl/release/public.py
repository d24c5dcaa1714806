"""What readers may see of a release, read from its public folder and nothing else.

Pages, open data and papers are made of this. It never looks beside the folder, so it reads a copy that was handed
out as well as a release in its place.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pejl.measure.records import columns_of
from pejl.release.reader import ReleaseError
from pejl.text import message

FORMATS = (2,)
ALL = "total"
_WORDS = ("indicator", "version", "period", "scope", "state", "unit", "method")
_NUMBERS = ("value", "low", "high", "n", "numerator", "denominator")
_SELDOM = ("next_due", "source", "note", "rounded", "rounded_within")


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A figure as readers may see it; without value where there is none, and `state` says why.

    Attributes:
        indicator: its id.
        version: of the definition.
        period: as text: `2017`, `2017-Q3`, `2016/2017`, `2017-02-06`, `2015..2017`, `2016>2017`.
        scope: the id of whom it is about.
        dimensions: pairs (dimension, code) in the order of names; empty for the total.
        value: in the indicator's unit; percent is 0-100.
        low: of the 95 % interval.
        high: of the same.
        n: persons behind it, or answers.
        numerator: what is counted, where that is known.
        denominator: what it is divided by.
        state: measured, estimate, withheld, no_data, not_due, no_method, not_collected.
        unit: the id of the unit.
        method: register, survey, published.
        next_due: the next period it is measured for, where it is not due.
        source: where a published figure stands.
        note: what the source says of it.
        rounded: what it is rounded to, to protect people; None where it is not.
        rounded_within: how far the numbers of people behind it may be from the true ones at most, where it is rounded.
    """

    indicator: str
    version: str
    period: str
    scope: str
    dimensions: tuple[tuple[str, str], ...]
    value: float | None
    low: float | None
    high: float | None
    n: float | None
    numerator: float | None
    denominator: float | None
    state: str
    unit: str
    method: str
    next_due: str | None
    source: str | None
    note: str | None
    rounded: int | None = None
    rounded_within: int | None = None


class PublicRelease:
    """The public folder of a release. Nothing is read before it is asked for, and everything once.

    Args:
        folder: the public folder itself.
        release_id: such as 2017-r1.
    """

    def __init__(self, folder: Path, release_id: str) -> None:
        self.folder = folder
        self.id = release_id
        self.indicator: Callable[[str], dict[str, Any] | None] = cache(self._indicator)
        self.cells: Callable[[str], tuple[PublicCell, ...]] = cache(self._cells)
        self.broken_down: Callable[[str], frozenset[str]] = cache(self._broken_down)

    @cached_property
    def workspace(self) -> dict[str, Any]:
        """Whose release it is, its notice, languages, units, scopes, dimensions with codes, populations, site."""
        found: dict[str, Any] = self._json("workspace.json")
        if found.get("format") not in FORMATS:
            what = message("release {release} was made by another version of Pejl; run pejl measure", release=self.id)
            raise ReleaseError("other_format", what)
        return found

    @cached_property
    def status(self) -> dict[str, Any]:
        """The judged goals, as `pejl status --format json` has them, with the footnote and the year."""
        found: dict[str, Any] = self._json("status.json")
        return found

    @cached_property
    def strategies(self) -> list[dict[str, Any]]:
        """Every strategy as it is declared, drafts and ended ones too, in time."""
        found: list[dict[str, Any]] = self._json("strategies.json")
        return found

    @cached_property
    def remarks(self) -> list[dict[str, Any]]:
        """The administration's remarks: goal, year, language, author, approval, why, what_now."""
        found: list[dict[str, Any]] = self._json("remarks.json") if (self.folder / "remarks.json").is_file() else []
        return found

    @cached_property
    def doing(self) -> dict[str, Any]:
        """What is being done, by goal: the day, how many initiatives stand how, and titles."""
        found: dict[str, Any] = self._json("doing.json") if (self.folder / "doing.json").is_file() else {}
        return found

    @cached_property
    def audit(self) -> dict[str, Any]:
        """What an attacker finds who has only what is published; empty where nothing was counted."""
        found: dict[str, Any] = self._json("audit.json") if (self.folder / "audit.json").is_file() else {}
        return found

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The ids of all indicators, in the order of the alphabet."""
        return tuple(sorted(path.stem for path in (self.folder / "indicators").glob("*.json")))

    def fingerprint(self, indicator: str) -> str:
        """The SHA-256, in hexadecimal, of all there is of an indicator: its definition and its figures."""
        files = (f"indicators/{indicator}.json", f"cells/{indicator}.csv")
        return hashlib.sha256(b"".join(hashlib.sha256(self._read(name)).digest() for name in files)).hexdigest()

    def _indicator(self, indicator: str) -> dict[str, Any] | None:
        """The definition of an indicator as it was, with its totals; None if there is none such."""
        if indicator not in self.indicators:
            return None
        found: dict[str, Any] = self._json(f"indicators/{indicator}.json")
        return found

    def _cells(self, indicator: str) -> tuple[PublicCell, ...]:
        """Every figure of an indicator, total and broken down, in the order they were measured."""
        rows, dimensions, place = self._table(indicator)
        missing = len(place) + len(dimensions)  # where a column that is not in the file is found: empty
        name, version, period, scope, state, unit, method = (place[each] for each in _WORDS)
        value, low, high, n, numerator, denominator = (place.get(each, missing) for each in _NUMBERS)
        next_due, source, note, rounded, within = (place.get(each, missing) for each in _SELDOM)
        codes_at = [at for _, at in dimensions]
        words: dict[str, str] = {}  # each said once in memory: the same codes and periods stand in row after row
        said = words.setdefault
        parts: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
        found = []
        for row in rows:
            row.append("")
            codes = tuple([row[at] for at in codes_at])
            if codes not in parts:
                named = zip(dimensions, codes, strict=True)
                parts[codes] = tuple((name, said(code, code)) for (name, _), code in named if code not in (ALL, ""))
            found.append(
                PublicCell(
                    said(row[name], row[name]),
                    said(row[version], row[version]),
                    said(row[period], row[period]),
                    said(row[scope], row[scope]),
                    parts[codes],
                    float(row[value]) if row[value] else None,
                    float(row[low]) if row[low] else None,
                    float(row[high]) if row[high] else None,
                    float(row[n]) if row[n] else None,
                    float(row[numerator]) if row[numerator] else None,
                    float(row[denominator]) if row[denominator] else None,
                    said(row[state], row[state]),
                    said(row[unit], row[unit]),
                    said(row[method], row[method]),
                    said(row[next_due], row[next_due]) or None,
                    said(row[source], row[source]) or None,
                    said(row[note], row[note]) or None,
                    int(row[rounded]) if row[rounded] else None,
                    int(row[within]) if row[within] else None,
                )
            )
        return tuple(found)

    def _broken_down(self, indicator: str) -> frozenset[str]:
        """The dimensions by which alone an indicator has figures; much quicker than reading the figures.

        A release that was made before its definitions said so has it in its figures only.
        """
        told = (self.indicator(indicator) or {}).get("broken_down_by")
        if told is not None:
            return frozenset(told)
        rows, dimensions, place = self._table(indicator)
        first, last = place["scope"] + 1, place["value"]
        content = self._read(f"cells/{indicator}.csv").decode("utf-8")
        if '"' not in content:  # nothing is quoted: commas and line ends are what they seem, and split is twice as fast
            rows = (line.split(",", last) for line in content.split("\n")[1:] if line)
        combinations = {tuple(row[first:last]) for row in rows}
        whole = (ALL, "")
        alone = {codes for codes in combinations if sum(code not in whole for code in codes) == 1}
        return frozenset(
            name for codes in alone for (name, _), code in zip(dimensions, codes, strict=True) if code not in whole
        )

    def _table(self, indicator: str) -> tuple[Iterator[list[str]], list[tuple[str, int]], dict[str, int]]:
        """Return the rows of figures, each dimension with its column, and the place of every other column."""
        content = self._read(f"cells/{indicator}.csv").decode("utf-8")
        rows = csv.reader(io.StringIO(content, newline=""))
        columns = next(rows)
        dimensions, others = columns_of(columns)
        return rows, list(dimensions.items()), others

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            what = message("release {release} lacks '{name}'; run pejl measure", release=self.id, name=name)
            raise ReleaseError("damaged", what) from error

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self._read(name))
        except ValueError as error:
            what = message("release {release} lacks '{name}'; run pejl measure", release=self.id, name=name)
            raise ReleaseError("damaged", what) from error
