"""Disclosure control of a release: what readers might see of all that was counted, and what of it is withheld.

Everything counted from registers is one system (`pejl.protect.whole`), with everything ever published. What comes out
is attacked once more as a stranger would, who has the public tables and the ledger only; both must hold, or there is
no release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pejl.measure.measurement import Measurement
from pejl.pipeline.proving import Rules, prove
from pejl.pipeline.remedying import Remedied, merges_of, remedies_csv
from pejl.text import message
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem, Severity

if TYPE_CHECKING:
    from pejl.protect.whole import (
        AuditReport,
        Cell,
        Groupings,
        IndicatorTable,
        Keeper,
        Protection,
        Relation,
        Rule,
        TableKey,
    )
    from pejl.release import ReleaseWriter
    from pejl.release.ledger import Book

_ADDITIVE = frozenset({"count", "share", "rate", "transition"})
"""Kinds whose rows add up to their total, so that what is withheld can be attacked."""

_AMOUNTS = frozenset({"mean", "ratio"})
"""Kinds whose numerators add up, and tell of their largest contributions."""

_MUCH = 5_000
"""Rows from which on it pays to start another process, and to keep what came out for the next run."""


class NotProtectedError(Exception):
    """What was measured cannot be published as it is; `problems` say what could be recomputed from what."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("what was measured cannot be published")
        self.problems = tuple(problems)
        self.what = message("small numbers could be recomputed from what would be shown, so nothing was published")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is withheld of a release, and why that is enough.

    Attributes:
        protection: rows withheld, with every number attacked, for the house.
        audit: the same attack with what is public alone.
        warnings: what a person should know of it.
        remedied: what is done with indicators of which too much would be withheld.
        other: tables that are published otherwise than counted, merged or rounded.
    """

    protection: Protection
    audit: AuditReport
    warnings: tuple[Problem, ...]
    remedied: tuple[Remedied, ...] = ()
    other: Mapping[TableKey, IndicatorTable] = field(default_factory=dict)

    def write(self, writer: ReleaseWriter) -> None:
        """Write the proof into a release: for the house every number and what is required, for readers the attack."""
        from pejl.protect.whole import internal_csv, public_record

        writer.add("internal/protection.csv", internal_csv(self.protection))
        if self.remedied:
            writer.add("internal/remedies.csv", remedies_csv(self.remedied))
        told = [each.record() for each in self.remedied]
        writer.add_json("public/audit.json", public_record(self.audit) | {"remedies": told})

    def withheld(self, indicator: str) -> frozenset[tuple[TableKey, Cell]]:
        """Return the withheld rows of one indicator."""
        return frozenset((key, cell) for key, cell in self.protection.withheld if key[0] == indicator)

    def coarser(self, indicator: str) -> list[dict[str, Any]]:
        """Return what is done with an indicator of which too much would be withheld, as plain data for readers."""
        return [each.description() for each in self.remedied if each.indicator == indicator]


def kind_of(workspace: Workspace, indicator: Indicator) -> str:
    """Return the kind of an indicator: its own, else that of its unit."""
    return indicator.kind or workspace.units[indicator.unit].kind


def is_candidate(workspace: Workspace, indicator: Indicator, names: Sequence[str]) -> bool:
    """Tell whether rows broken down by `names` might be published.

    Totals always; breakdowns where rows add up, and where no row is a single named unit unless the workspace
    publishes those.
    """
    if not names:
        return True
    kind, rule = kind_of(workspace, indicator), workspace.settings.disclosure
    # A transition is one thing by where it begins and where it ends.
    if kind not in _ADDITIVE | _AMOUNTS or len(names) > (max(rule.ways, 2) if kind == "transition" else rule.ways):
        return False
    return rule.named_units or not any(workspace.dimensions[name].named_units for name in names)


def candidates(workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]) -> list[Measurement]:
    """Return the measurements of an indicator that might be published.

    Of amounts below zero only totals are: what hides the largest contribution says nothing there. And parts of an
    amount have no interval, which would tell the sum of the contributions' squares: of three persons who is the
    largest, to whoever is the second.
    """
    amounts = has_amounts(workspace, indicator)
    known = not amounts or all(item.largest is not None for item in measurements if item.numerator is not None)
    found = [
        item
        for item in measurements
        if (known or not item.dimensions)
        and is_candidate(workspace, indicator, tuple(name for name, _ in sorted(item.dimensions)))
    ]
    return [_without_interval(item) if amounts and item.dimensions else item for item in found]


def has_amounts(workspace: Workspace, indicator: Indicator) -> bool:
    """Tell whether the numerators of an indicator are amounts, to which some contribute more than others."""
    return kind_of(workspace, indicator) in _AMOUNTS


def _without_interval(item: Measurement) -> Measurement:
    return replace(item, low=None, high=None, se=None, basis=None)


def tables_of(workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]) -> list[IndicatorTable]:
    """Return what might be published of an indicator as tables, with all numbers."""
    from pejl.protect.whole import indicator_tables

    return indicator_tables(measurements, kind_of(workspace, indicator), leaves_out=_leaves_out(indicator))


def tables_from_cells(workspace: Workspace, indicator: Indicator, content: bytes) -> list[IndicatorTable]:
    """Return the same from the cells of an earlier release's internal folder."""
    from pejl.protect.whole import read_cells
    from pejl.protect.whole.tables import names_of

    read = read_cells(content, kind_of(workspace, indicator), leaves_out=_leaves_out(indicator))
    rows = [numbers for table in read for numbers in table.rows.values() if numbers is not None]
    known = not has_amounts(workspace, indicator) or all(
        each.largest is not None for each in rows if each.numerator is not None
    )
    return [
        replace(
            table,
            rows={
                cell: numbers
                for cell, numbers in table.rows.items()
                if (known or not cell) and is_candidate(workspace, indicator, names_of(cell))
            },
        )
        for table in read
    ]


def figures_of_others(workspace: Workspace) -> frozenset[str]:
    """Return the indicators published by others that one counted here is declared to have to do with."""
    named = {each.indicator for item in workspace.indicators if workspace.counted_here(item) for each in item.relations}
    return frozenset(item.id for item in workspace.indicators if item.id in named and item.source == "figures")


def published_table(
    workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]
) -> list[IndicatorTable]:
    """Return figures published by others as tables."""
    from pejl.protect.whole import indicator_tables

    return indicator_tables(measurements, kind_of(workspace, indicator))


def withheld_in(content: bytes, kind: str) -> frozenset[tuple[TableKey, Cell]]:
    """Return the rows that are withheld in the public cells of an indicator."""
    from pejl.protect.whole import read_cells

    return frozenset(
        (table.key, cell)
        for table in read_cells(content, kind)
        for cell, numbers in table.rows.items()
        if numbers is None
    )


def decide(
    workspace: Workspace,
    tables: Mapping[str, Sequence[IndicatorTable]],
    book: Book,
    workers: int = 1,
    keeper: Keeper | None = None,
    others: Sequence[IndicatorTable] = (),
    progress: Callable[[int], None] | None = None,
) -> Decision:
    """Return what must be withheld of everything counted, after attacking it twice.

    Args:
        workspace: for the rule and for what is declared of indicators and dimensions.
        tables: what might be published, by indicator.
        book: everything published before.
        workers: how many processes share the work where there is much of it.
        keeper: keeps what came out for tables that hang together.
        others: figures published by others that an indicator is declared to have to do with: everybody knows them.
        progress: is told how many rows are done whenever some are; each is looked at twice, by the house and by a
            stranger, and again where too much would be withheld.

    Raises:
        NotProtectedError: a small number could be recomputed whatever is withheld, or numbers contradict each other.
    """
    from pejl.protect.whole import InMemory

    everything = [table for found in tables.values() for table in found]
    disclosure = workspace.settings.disclosure
    much = sum(len(table.rows) for table in everything) >= _MUCH
    rules = Rules(
        _rule(workspace),
        list(_relations(workspace)),
        _groupings(workspace),
        merges_of(workspace),
        disclosure.most_lost / 100.0,
        disclosure.rounding,
        workers if much else 1,
        InMemory(keeper if much else None),
        progress,
    )
    proved = prove(everything, book.ledger, others, rules)
    problems = tuple(_problem(workspace, finding) for finding in proved.findings)
    # What earlier releases gave away to each other cannot be mended by not making this one.
    found = [_uncovered(workspace, key) for key in proved.found()]
    if found or proved.audit is None:
        raise NotProtectedError([*problems, *found])
    return Decision(proved.protection, proved.audit, problems, proved.remedied, proved.other)


def _leaves_out(indicator: Indicator) -> bool:
    return indicator.counting is not None and indicator.counting.unknown == "leave_out"


def _rule(workspace: Workspace) -> Rule:
    from pejl.protect.whole import Rule

    sensitive = frozenset(each.id for each in workspace.indicators if each.sensitive)
    return Rule(workspace.settings.disclosure.threshold, sensitive)


def _relations(workspace: Workspace) -> Iterator[Relation]:
    from pejl.protect.whole import Relation

    for indicator in workspace.indicators:
        for each in indicator.relations:
            yield Relation(
                each.kind,
                indicator.id,
                each.indicator,
                each.dimension or "",
                each.other_dimension or "",
                each.at_most,
                tuple(each.codes),
            )


def _groupings(workspace: Workspace) -> Groupings:
    from pejl.pipeline.face import alone_codes, parents_of
    from pejl.protect.whole import Groupings

    dimensions = workspace.dimensions.values()
    overlapping = {each.id: frozenset(alone_codes(each)) for each in dimensions if each.overlapping}
    parents = {each.id: parents_of(each) for each in dimensions if parents_of(each)}
    return Groupings(overlapping, parents)


def _problem(workspace: Workspace, finding: Any) -> Problem:
    place = workspace.indicators_by_id[finding.key[0]].location()
    severity = Severity.PROBLEM if finding.stops else Severity.WARNING
    return Problem(severity, finding.code, place, finding.what, finding.mend)


def _uncovered(workspace: Workspace, key: TableKey) -> Problem:
    """Return the problem that a stranger finds something out of a table of this release."""
    what = message(
        "'{indicator}', {period}: a reader who has everything that was ever shown could recompute a row",
        indicator=key[0],
        period=key[2],
    )
    mend = message("Do not publish the table, or publish it by fewer dimensions.")
    return Problem(Severity.PROBLEM, "recomputable", workspace.indicators_by_id[key[0]].location(), what, mend)
