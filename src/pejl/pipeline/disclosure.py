"""Disclosure control of a release: what readers might see of all that was counted, and what of it is withheld.

Everything counted from registers is one system (`pejl.protect.whole`), with everything ever published. What comes out
is attacked once more as a stranger would, who has the public tables and the ledger only; both must hold, or there is
no release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.measure.measurement import Measurement
from pejl.text import message
from pejl.workspace.indicators import Indicator
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problem, Severity

if TYPE_CHECKING:
    from pejl.protect.whole import AuditReport, Cell, Groupings, IndicatorTable, Protection, Relation, Rule, TableKey
    from pejl.release import ReleaseWriter
    from pejl.release.ledger import Book

_ADDITIVE = frozenset({"count", "share", "rate", "transition"})
"""Kinds whose rows add up to their total, so that what is withheld can be attacked."""

_MUCH = 5_000
"""Rows from which on it pays to start another process."""


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
    """

    protection: Protection
    audit: AuditReport
    warnings: tuple[Problem, ...]

    def write(self, writer: ReleaseWriter) -> None:
        """Write the proof into a release: for the house every number and what is required, for readers the attack."""
        from pejl.protect.whole import internal_csv, public_record

        writer.add("internal/protection.csv", internal_csv(self.protection))
        writer.add_json("public/audit.json", public_record(self.audit))

    def withheld(self, indicator: str) -> frozenset[tuple[TableKey, Cell]]:
        """Return the withheld rows of one indicator."""
        return frozenset((key, cell) for key, cell in self.protection.withheld if key[0] == indicator)


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
    if kind not in _ADDITIVE or len(names) > (max(rule.ways, 2) if kind == "transition" else rule.ways):
        return False
    return rule.named_units or not any(workspace.dimensions[name].named_units for name in names)


def candidates(workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]) -> list[Measurement]:
    """Return the measurements of an indicator that might be published."""
    return [
        item
        for item in measurements
        if is_candidate(workspace, indicator, tuple(name for name, _ in sorted(item.dimensions)))
    ]


def tables_of(workspace: Workspace, indicator: Indicator, measurements: Sequence[Measurement]) -> list[IndicatorTable]:
    """Return what might be published of an indicator as tables, with all numbers."""
    from pejl.protect.whole import indicator_tables

    return indicator_tables(measurements, kind_of(workspace, indicator), leaves_out=_leaves_out(indicator))


def tables_from_cells(workspace: Workspace, indicator: Indicator, content: bytes) -> list[IndicatorTable]:
    """Return the same from the cells of an earlier release's internal folder."""
    from dataclasses import replace

    from pejl.protect.whole import read_cells
    from pejl.protect.whole.tables import names_of

    read = read_cells(content, kind_of(workspace, indicator), leaves_out=_leaves_out(indicator))
    return [
        replace(
            table,
            rows={
                cell: numbers
                for cell, numbers in table.rows.items()
                if is_candidate(workspace, indicator, names_of(cell))
            },
        )
        for table in read
    ]


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
    workspace: Workspace, tables: Mapping[str, Sequence[IndicatorTable]], book: Book, workers: int = 1
) -> Decision:
    """Return what must be withheld of everything counted, after attacking it twice.

    Args:
        workspace: for the rule and for what is declared of indicators and dimensions.
        tables: what might be published, by indicator.
        book: everything published before.
        workers: how many processes share the work where there is much of it.

    Raises:
        NotProtectedError: a small number could be recomputed whatever is withheld, or numbers contradict each other.
    """
    from pejl.protect.whole import audit_public, protect_release, public_table, withheld_of

    rule, relations, groupings = _rule(workspace), list(_relations(workspace)), _groupings(workspace)
    everything = [table for found in tables.values() for table in found]
    if sum(len(table.rows) for table in everything) < _MUCH:
        workers = 1
    protection = protect_release(everything, book.ledger, rule, relations, groupings, workers=workers)
    problems = tuple(_problem(workspace, finding) for finding in protection.findings)
    if not protection.proved:
        raise NotProtectedError(problems)
    withheld = withheld_of(protection)
    public = [public_table(table, withheld.get(table.key, frozenset())) for table in everything]
    report = audit_public(public, book.ledger, rule, relations, groupings, workers=workers)
    # What earlier releases gave away to each other cannot be mended by not making this one.
    found = list(_uncovered(workspace, report))
    if found:
        raise NotProtectedError([*problems, *found])
    return Decision(protection, report, problems)


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
    from pejl.pipeline.face import alone_codes, parent_codes
    from pejl.protect.whole import Groupings

    dimensions = workspace.dimensions.values()
    overlapping = {each.id: frozenset(alone_codes(each)) for each in dimensions if each.overlapping}
    parents = {
        each.id: {parent: tuple(children) for parent, children in parent_codes(each).items()}
        for each in dimensions
        if parent_codes(each)
    }
    return Groupings(overlapping, parents)


def _problem(workspace: Workspace, finding: Any) -> Problem:
    place = workspace.indicators_by_id[finding.key[0]].location()
    severity = Severity.PROBLEM if finding.stops else Severity.WARNING
    return Problem(severity, finding.code, place, finding.what, finding.mend)


def _uncovered(workspace: Workspace, report: AuditReport) -> Iterator[Problem]:
    """Yield what a stranger finds out of this release, one problem for each table."""
    from pejl.protect.whole import Outcome

    found = [row.key for row in report.rows if row.outcome is Outcome.FOUND and not row.release]
    for key in dict.fromkeys((*found, *report.contradictory)):
        what = message(
            "'{indicator}', {period}: a reader who has everything that was ever shown could recompute a row",
            indicator=key[0],
            period=key[2],
        )
        mend = message("Do not publish the table, or publish it by fewer dimensions.")
        yield Problem(Severity.PROBLEM, "recomputable", workspace.indicators_by_id[key[0]].location(), what, mend)
