"""Measuring indicators into a release, taking over from the last one what has not changed.

`internal` holds everything measured; `public` what readers may see of it. Goals are judged on what is public.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pejl.measure.cube import Counted, register_measurements
from pejl.measure.measurement import Measurement
from pejl.measure.published import published_measurements
from pejl.measure.records import from_record, to_csv, to_record
from pejl.pipeline.asking import Asking
from pejl.pipeline.code import code_hash
from pejl.pipeline.counting import Counting
from pejl.pipeline.disclosure import (
    candidates,
    figures_of_others,
    has_amounts,
    kind_of,
    published_table,
    tables_from_cells,
    tables_of,
    withheld_in,
)
from pejl.pipeline.publishing import public_measurements
from pejl.pipeline.remedying import as_published
from pejl.release import Release, ReleaseWriter
from pejl.text import LANGUAGES, Message
from pejl.workspace.figure_table import Figure
from pejl.workspace.indicators import Indicator
from pejl.workspace.loading import read_table
from pejl.workspace.model import Workspace
from pejl.workspace.vocabulary import Dimension, Scope, Unit

if TYPE_CHECKING:
    from pejl.pipeline.disclosure import Decision
    from pejl.protect.whole import Cell, IndicatorTable, TableKey

    Withheld = frozenset[tuple[TableKey, Cell]]


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator measured: its totals, the number of cells readers may see, and whether they were taken over."""

    totals: list[Measurement]
    cells: int
    reused: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """An indicator whose numbers are known; what of it readers may see is decided when all are.

    Attributes:
        indicator: what was measured.
        tables: what might be published of it, where it is counted here; nothing is withheld from anything else.
        measurements: what might be published; None where it is taken over from the last release.
        description: its declaration, and what there is to say of the measuring.
        others: figures published by others that disclosure control reckons with.
    """

    indicator: Indicator
    tables: Sequence[IndicatorTable]
    measurements: list[Measurement] | None
    description: dict[str, Any]
    others: Sequence[IndicatorTable] = ()

    @property
    def reused(self) -> bool:
        """Tell whether it is taken over from the last release."""
        return self.measurements is None


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

    def begin(self, indicator: Indicator, writer: ReleaseWriter) -> Begun:
        """Measure `indicator`, or take it over; what may not be seen goes into the release's internal folder."""
        if self._is_same(indicator):
            assert self.previous is not None
            self._take_over(indicator, writer, _INTERNAL)
            tables: Sequence[IndicatorTable] = ()
            if self.workspace.counted_here(indicator):
                content = self.previous.read(f"internal/cells/{indicator.id}.csv")
                tables = tables_from_cells(self.workspace, indicator, content)
            return Begun(indicator, tables, None, {}, self._others(indicator, None))
        return self._measure(indicator, writer)

    def _measure(self, indicator: Indicator, writer: ReleaseWriter) -> Begun:
        description = describe(self.workspace, indicator)
        counted = self.workspace.counted_here(indicator)
        if counted:
            measurements = self._count(indicator, description, writer)
            shown = candidates(self.workspace, indicator, measurements)
        else:
            if self.asking.asks(indicator):
                measurements = self._ask(indicator, description, writer)
            else:
                figures = self._figures(indicator)
                measurements = published_measurements(self.workspace, indicator, figures, self.last_day)
            threshold = self.workspace.settings.disclosure.threshold
            shown = public_measurements(indicator, measurements, threshold)
        amounts = counted and has_amounts(self.workspace, indicator)
        writer.add(f"internal/cells/{indicator.id}.csv", self._csv(indicator, measurements, largest=amounts))
        tables = tables_of(self.workspace, indicator, shown) if counted else ()
        return Begun(indicator, tables, shown, description, self._others(indicator, shown))

    def _others(self, indicator: Indicator, measurements: Sequence[Measurement] | None) -> Sequence[IndicatorTable]:
        """Return the tables of figures by others that an indicator counted here has to do with; none of any other."""
        if indicator.id not in self._named:
            return ()
        if measurements is not None:
            return published_table(self.workspace, indicator, measurements)
        from pejl.protect.whole import read_cells

        assert self.previous is not None
        content = self.previous.read(f"public/cells/{indicator.id}.csv")
        return read_cells(content, kind_of(self.workspace, indicator))

    @cached_property
    def _named(self) -> frozenset[str]:
        return figures_of_others(self.workspace)

    def finish(self, begun: Begun, decision: Decision | None, writer: ReleaseWriter) -> Measured:
        """Write what readers may see of an indicator: all but the rows that are withheld, merged or rounded if need be.

        Args:
            begun: the indicator as it was measured.
            decision: what is withheld of everything counted; None where nothing is counted here.
            writer: of the release.
        """
        indicator = begun.indicator
        withheld: Withheld = decision.withheld(indicator.id) if decision is not None else frozenset()
        coarser = decision.coarser(indicator.id) if decision is not None else []
        if begun.measurements is None:
            if not begun.tables or self._published_before(indicator) == (withheld, coarser):
                return self._finish_same(indicator, writer)
            begun = self._measure_anew(indicator, writer)
        shown = begun.measurements or []
        if begun.tables:
            from pejl.protect.whole import with_withheld

            if coarser and decision is not None and indicator.counting is not None:
                kind, per = kind_of(self.workspace, indicator), indicator.counting.per
                shown = list(as_published(shown, kind, per, decision.other))
                begun.description["coarser"] = coarser
            shown = list(with_withheld(shown, withheld))
        totals = [item for item in shown if not item.dimensions]
        writer.add(f"public/cells/{indicator.id}.csv", self._csv(indicator, shown))
        begun.description["cells"] = len(shown)
        begun.description["totals"] = [to_record(item) for item in totals]
        alone = {item.dimensions[0][0] for item in shown if len(item.dimensions) == 1}
        begun.description["broken_down_by"] = sorted(alone)
        writer.add_json(f"public/indicators/{indicator.id}.json", begun.description)
        return Measured(totals, len(shown), reused=False)

    def _measure_anew(self, indicator: Indicator, writer: ReleaseWriter) -> Begun:
        """Measure what was taken over: other rows are withheld of it now, for what hangs together with it changed."""
        for file in _files_of(indicator.id, _INTERNAL):
            writer.discard(file)
        self.keys[indicator.id] = self._key(indicator)
        return self._measure(indicator, writer)

    def _csv(self, indicator: Indicator, measurements: Sequence[Measurement], *, largest: bool = False) -> bytes:
        synthetic = self.workspace.settings.synthetic
        return to_csv(measurements, self._dimensions(indicator), synthetic=synthetic, largest=largest)

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
        return self._csv(indicator, register_measurements(self.workspace, indicator, cells, self.last_day))

    def _is_same(self, indicator: Indicator) -> bool:
        """Tell whether the last release, a whole one, measured just this."""
        return (
            self.previous is not None
            and self.previous.manifest["indicators"].get(indicator.id) == self.keys[indicator.id]
        )

    def _take_over(self, indicator: Indicator, writer: ReleaseWriter, kinds: Sequence[str]) -> None:
        assert self.previous is not None
        for file in _files_of(indicator.id, kinds):
            if file in self.previous.manifest["files"]:
                writer.take_over(self.previous, file)

    def _published_before(self, indicator: Indicator) -> tuple[Withheld, list[dict[str, Any]]]:
        """Return what the last release withheld of an indicator, and what it did because that was too much."""
        assert self.previous is not None
        content = self.previous.read(f"public/cells/{indicator.id}.csv")
        described = self.previous.indicator(indicator.id) or {}
        return withheld_in(content, kind_of(self.workspace, indicator)), described.get("coarser", [])

    def _finish_same(self, indicator: Indicator, writer: ReleaseWriter) -> Measured:
        assert self.previous is not None
        self._take_over(indicator, writer, _PUBLIC)
        description = self.previous.indicator(indicator.id)
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
            workspace.settings.disclosure.model_dump(),
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


_INTERNAL = ("internal/cells/{}.csv", "internal/counted/{}.json", "internal/patterns/{}.csv", "internal/asked/{}.json")
_PUBLIC = ("public/cells/{}.csv", "public/indicators/{}.json")


def _files_of(indicator: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the files of a release that hold an indicator; only those made for it are there."""
    return tuple(kind.format(indicator) for kind in kinds)


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
