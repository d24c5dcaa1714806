"""From tables with all numbers to what is published of them, attacked by the house and by a stranger.

Where a stranger finds something in a table that was revised, though the house has proved it, he takes earlier numbers
to be true still that are not. That is not seen from outside as long as what changed is withheld; so nothing of such a
table is shown, rather than no release made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pejl.pipeline.remedying import Remedied, Settled, chosen_remedies, settle, told
from pejl.text import message

if TYPE_CHECKING:
    from pejl.protect.whole import (
        AuditReport,
        Finding,
        Groupings,
        IndicatorTable,
        Keeper,
        Ledger,
        Merges,
        Protection,
        Relation,
        Rule,
        TableKey,
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """By what tables are protected: rules, declarations, and what is done where too much is withheld.

    Attributes:
        rule: which numbers are small.
        relations: what is declared of indicators.
        groupings: how codes overlap.
        merges: how codes may be merged.
        most_lost: the share of rows that may be withheld without a remedy.
        rounding: whole tables may be rounded as a remedy.
        workers: how many processes share the work.
        keeper: keeps what came out for tables that hang together.
        progress: is told how many rows are done whenever some are.
    """

    rule: Rule
    relations: Sequence[Relation]
    groupings: Groupings
    merges: Merges
    most_lost: float
    rounding: bool
    workers: int
    keeper: Keeper
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """What is published, and its proof.

    Attributes:
        protection: rows withheld, every number attacked by the house.
        audit: the attack of a stranger.
        findings: what a person should know; some may stop publication.
        remedied: what is done where too much would be withheld.
        other: tables that are published merged or rounded.
    """

    protection: Protection
    audit: AuditReport | None
    findings: tuple[Finding, ...]
    remedied: tuple[Remedied, ...]
    other: Mapping[TableKey, IndicatorTable]

    def found(self) -> list[TableKey]:
        """Return the tables of this release in which a stranger finds something."""
        from pejl.protect.whole import Outcome

        if self.audit is None:
            return []
        rows = (row.key for row in self.audit.rows if row.outcome is Outcome.FOUND and not row.release)
        return list(dict.fromkeys((*rows, *self.audit.contradictory)))


def prove(
    tables: Sequence[IndicatorTable], published: Ledger, others: Sequence[IndicatorTable], rules: Rules
) -> Proved:
    """Return what may be published of tables, with the proof.

    Args:
        tables: what might be published, with all numbers.
        published: everything published before.
        others: figures published by others that an indicator is declared to have to do with.
        rules: by what they are protected.
    """
    from pejl.protect.whole import with_figures_of_others

    ledger, broken = with_figures_of_others(published, tables, others, rules.relations)

    def attempt(some: Sequence[IndicatorTable], also: Iterable[Finding]) -> Proved:
        settled = settle(some, published, rules.merges, rules.rule, rules.groupings)
        return _attempt(some, settled, ledger, rules, (*broken, *also, *settled.findings))

    return _without_what_misleads(tables, ledger, attempt)


def _without_what_misleads(
    tables: Sequence[IndicatorTable],
    ledger: Ledger,
    attempt: Callable[[Sequence[IndicatorTable], Iterable[Finding]], Proved],
) -> Proved:
    proved = attempt(tables, ())
    found = proved.found()
    revised = {
        table.key
        for table in tables
        if table.key in found and any(each.disagrees(table.rows) for each in ledger.vintages(table.key))
    }
    if not proved.protection.proved or not revised:
        return proved
    shut = [replace(table, rows=dict.fromkeys(table.rows)) if table.key in revised else table for table in tables]
    return attempt(shut, [_misleading(key) for key in sorted(revised)])


def _attempt(
    tables: Sequence[IndicatorTable],
    settled: Settled,
    ledger: Ledger,
    rules: Rules,
    findings: tuple[Finding, ...],
) -> Proved:
    from pejl.protect.whole import audit_public, public_table, withheld_of

    given = settled.tables
    protection = _protected(given, settled, ledger, rules, rules.merges)
    before = withheld_of(protection)
    settled = chosen_remedies(settled, protection.remedies)
    if any(remedy.kind != "none" for remedy in protection.remedies):
        again = _protected(settled.tables, settled, ledger, rules, None)
        protection = replace(again, remedies=protection.remedies)
    findings = (*findings, *protection.findings)
    withheld = withheld_of(protection)
    remedied = tuple(told(settled, before, withheld, given, protection.remedies))
    other = {table.key: table for table in settled.tables if table.key in settled.merges} | settled.rounded
    if not protection.proved:
        return Proved(protection, None, findings, remedied, other)
    now = {table.key: public_table(table, withheld.get(table.key, frozenset())) for table in settled.tables}
    now |= settled.rounded
    audit = audit_public(
        [now[table.key] for table in tables],
        ledger,
        rules.rule,
        rules.relations,
        rules.groupings,
        workers=rules.workers,
        keeper=rules.keeper,
        progress=rules.progress,
    )
    return Proved(protection, audit, findings, remedied, other)


def _protected(
    tables: Sequence[IndicatorTable], settled: Settled, ledger: Ledger, rules: Rules, merges: Merges | None
) -> Protection:
    from pejl.protect.whole import protect_release

    return protect_release(
        tables,
        ledger,
        rules.rule,
        rules.relations,
        rules.groupings,
        workers=rules.workers,
        merges=merges,
        most_lost=rules.most_lost,
        settled=settled.indicators,
        rounding=rules.rounding,
        keeper=rules.keeper,
        progress=rules.progress,
    )


def _misleading(key: TableKey) -> Finding:
    from pejl.protect.whole import Finding

    what = message(
        "'{indicator}', {period}: its numbers were revised, and who takes earlier ones to be true still would reckon "
        "out rows that are withheld, so nothing of it is shown",
        indicator=key[0],
        period=key[2],
    )
    mend = message("Publish it by fewer dimensions, or give the definition a new version if the rule changed.")
    return Finding("revision_misleads", key, (), what, mend, stops=False)
