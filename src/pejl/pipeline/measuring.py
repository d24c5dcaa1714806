"""Measuring indicators into a release, taking over from the last one what has not changed.

`internal` holds everything measured; `public` what readers may see of it. Goals are judged on what is public.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pejl.measure.cube import Counted, register_measurements
from pejl.measure.measurement import Measurement
from pejl.measure.published import published_measurements
from pejl.measure.records import from_record, to_csv, to_record
from pejl.pipeline.asking import Asking
from pejl.pipeline.code import code_hash
from pejl.pipeline.counting import Counting
from pejl.pipeline.publishing import public_measurements
from pejl.release import Release, ReleaseWriter
from pejl.text import LANGUAGES, Message
from pejl.workspace.figure_table import Figure
from pejl.workspace.indicators import Indicator
from pejl.workspace.loading import read_table
from pejl.workspace.model import Workspace
from pejl.workspace.vocabulary import Dimension, Scope, Unit


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator measured: its totals, the number of its cells, and whether they were taken over."""

    totals: list[Measurement]
    cells: int
    reused: bool


class Measuring:
    """Measures the indicators of a workspace up to `last_day`.

    `keys` hold for each indicator the hash of everything its measurements rest on: its declaration, the words it
    uses, the content of the files its series stands in, and how far in time they are read.
    """

    def __init__(
        self,
        workspace: Workspace,
        last_day: date,
        previous: Release | None,
        only: Sequence[str],
        counting: Counting,
        asking: Asking,
    ) -> None:
        self.workspace = workspace
        self.last_day = last_day
        self.counting = counting
        self.asking = asking
        self.previous = previous
        self.only = frozenset(only)
        self._hashes: dict[tuple[str, str], str] = {}
        self._tables: dict[str, dict[str, list[Figure]]] = {}
        before = previous.manifest["indicators"] if previous is not None else {}
        self.keys = {
            indicator.id: before[indicator.id]
            if self.only and indicator.id not in self.only and indicator.id in before
            else self._key(indicator)
            for indicator in workspace.indicators
        }

    def measure(self, indicator: Indicator, writer: ReleaseWriter) -> Measured:
        """Measure `indicator`, or take it over, and write it into the release."""
        reused = self._take_over(indicator, writer)
        if reused is not None:
            return reused
        description = describe(self.workspace, indicator)
        if self.workspace.counted_here(indicator):
            measurements = self._count(indicator, description, writer)
        elif self.asking.asks(indicator):
            measurements = self._ask(indicator, description, writer)
        else:
            figures = self._figures(indicator)
            measurements = published_measurements(self.workspace, indicator, figures, self.last_day)
        shown = public_measurements(self.workspace, indicator, measurements)
        totals = [item for item in shown if not item.dimensions]
        dimensions, synthetic = self._dimensions(indicator), self.workspace.settings.synthetic
        writer.add(f"internal/cells/{indicator.id}.csv", to_csv(measurements, dimensions, synthetic=synthetic))
        writer.add(f"public/cells/{indicator.id}.csv", to_csv(shown, dimensions, synthetic=synthetic))
        description["cells"] = len(shown)
        description["totals"] = [to_record(item) for item in totals]
        writer.add_json(f"public/indicators/{indicator.id}.json", description)
        return Measured(totals, len(measurements), reused=False)

    def _count(self, indicator: Indicator, description: dict[str, Any], writer: ReleaseWriter) -> list[Measurement]:
        """Count an indicator from registers; where that cannot be done, say so for every period it is about."""
        counted = self.counting.count(indicator)
        if isinstance(counted, Message):
            description["not_counted"] = {language: counted.render(language) for language in LANGUAGES}
            nothing = Counted(indicator.id, reason=counted)
            return register_measurements(self.workspace, indicator, nothing, self.last_day)
        lost = self.counting.without_breakdown(indicator)
        if lost:
            description["not_broken_down_by"] = {name: list(registers) for name, registers in lost.items()}
        writer.add_json(f"internal/counted/{indicator.id}.json", self.counting.account(indicator, counted))
        if counted.patterns:
            writer.add(f"internal/patterns/{indicator.id}.csv", self._patterns(indicator, counted))
        return register_measurements(self.workspace, indicator, counted, self.last_day)

    def _ask(self, indicator: Indicator, description: dict[str, Any], writer: ReleaseWriter) -> list[Measurement]:
        """Estimate an indicator from its survey; for waves without answers, say why there are none."""
        asked = self.asking.measure(indicator)
        description["asked"] = self.asking.told(indicator)
        lacking = self.asking.not_counted(asked)
        if lacking:
            told = {language: [each.render(language) for each in lacking] for language in LANGUAGES}
            description["not_counted"] = {language: "; ".join(each) for language, each in told.items()}
        writer.add_json(f"internal/asked/{indicator.id}.json", self.asking.account(indicator, asked))
        return list(asked.measurements)

    def _patterns(self, indicator: Indicator, counted: Counted) -> bytes:
        """Return the cells by patterns of memberships: what cells by group are sums of."""
        cells = replace(counted, cells=counted.patterns)
        measurements = register_measurements(self.workspace, indicator, cells, self.last_day)
        return to_csv(measurements, self._dimensions(indicator), synthetic=self.workspace.settings.synthetic)

    def _take_over(self, indicator: Indicator, writer: ReleaseWriter) -> Measured | None:
        """Take the indicator over from the last release, a whole one; None where it is not the same."""
        name = indicator.id
        if self.previous is None or self.previous.manifest["indicators"].get(name) != self.keys[name]:
            return None
        for file in _files_of(name):
            if file in self.previous.manifest["files"]:
                writer.take_over(self.previous, file)
        description = self.previous.indicator(name)
        assert description is not None
        totals = [from_record(record) for record in description["totals"]]
        return Measured(totals, description["cells"], reused=True)

    def _figures(self, indicator: Indicator) -> Iterator[tuple[str, Figure]]:
        """Yield the figures of a series with the file each stands in; they are let go of, to be measured once."""
        for source in self.workspace.sources_by_series.get(indicator.id, ()):
            if source.file not in self._tables:
                self._tables[source.file] = _by_series(read_table(self.workspace, source).figures)
            for figure in self._tables[source.file].pop(indicator.id, ()):
                yield source.file, figure

    def _dimensions(self, indicator: Indicator) -> list[str]:
        breakdown = [indicator.breakdown] if indicator.breakdown else []
        asked_by = indicator.asking.by if indicator.asking is not None else ()
        return sorted({*self.workspace.dimensions_of(indicator), *breakdown, *asked_by})

    def _key(self, indicator: Indicator) -> str:
        workspace = self.workspace
        sources = workspace.sources_by_series.get(indicator.id, ())
        last = max((source.uses[indicator.id].last_day for source in sources), default="")
        if indicator.rhythm is not None and indicator.rhythm.periods:
            last = max(last, max(period.end for period in indicator.rhythm.periods).isoformat())
        scopes = sorted({name for source in sources for name in source.uses[indicator.id].scopes})
        rests_on: list[Any] = [
            code_hash(),
            describe(workspace, indicator),
            self._declared(workspace.units[indicator.unit]),
            [self._declared(workspace.scopes[name]) for name in scopes],
            [self._declared(workspace.dimensions[name]) for name in self._dimensions(indicator)],
            [(source.file, source.sha256) for source in sources],
            min(last, self.last_day.isoformat()),
            workspace.settings.disclosure.threshold,
            workspace.settings.synthetic,
            self.counting.keys.get(indicator.id),
            self.asking.keys.get(indicator.id),
        ]
        return hashlib.sha256(json.dumps(rests_on, default=str, sort_keys=True).encode()).hexdigest()

    def _declared(self, word: Unit | Scope | Dimension) -> str:
        """Return the hash of a word's declaration; many indicators rest on the same words."""
        kind = type(word).__name__
        if (kind, word.id) not in self._hashes:
            self._hashes[kind, word.id] = hashlib.sha256(word.model_dump_json().encode()).hexdigest()
        return self._hashes[kind, word.id]


def _files_of(indicator: str) -> tuple[str, ...]:
    """Return the files of a release that hold an indicator; only those made for it are there."""
    return (
        f"internal/cells/{indicator}.csv",
        f"public/cells/{indicator}.csv",
        f"internal/counted/{indicator}.json",
        f"internal/patterns/{indicator}.csv",
        f"internal/asked/{indicator}.json",
        f"public/indicators/{indicator}.json",
    )


def _by_series(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.series, []).append(figure)
    return found


def describe(workspace: Workspace, indicator: Indicator) -> dict[str, Any]:
    """Return the declaration of an indicator as plain data, with the words of its unit and scope."""
    unit = workspace.units[indicator.unit]
    scope = workspace.scopes[indicator.scope]
    description = indicator.model_dump(mode="json", by_alias=True, fallback=str)
    description["unit"] = {
        "id": unit.id,
        "label": unit.label.as_dict(),
        "kind": unit.kind,
    }
    description["scope"] = {"id": scope.id, "title": scope.title.as_dict()}
    place = indicator.location()
    description["declared_in"] = place.file
    description["counted_here"] = workspace.counted_here(indicator)
    return description
