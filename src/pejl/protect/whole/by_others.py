"""Figures published by others that equal a number of ours: everybody knows them, so they are constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pejl.protect.whole.ledger import Edition, Ledger
from pejl.protect.whole.protection import Finding
from pejl.protect.whole.tables import TOTAL, Cell, IndicatorTable, Numbers, Relation, TableKey
from pejl.text import message

BY_OTHERS = ""
"""The release that figures of others are said to be of."""


def with_figures_of_others(
    ledger: Ledger, tables: Sequence[IndicatorTable], others: Iterable[IndicatorTable], relations: Iterable[Relation]
) -> tuple[Ledger, list[Finding]]:
    """Return a ledger in which numbers of ours that others published stand as shown.

    A table counts the same as a figure by `same_count`, and has it for its denominator by `base_is`; scopes, periods
    and codes are those of ours. What is declared and not true is said, and nothing of that table is reckoned with.

    Args:
        ledger: what we published.
        tables: ours: with all numbers for the house, with those that are shown for a stranger.
        others: the figures, as tables.
        relations: what is declared of our indicators.
    """
    theirs: dict[tuple[str, str, str], list[IndicatorTable]] = {}
    for table in others:
        theirs.setdefault((table.indicator, table.period, table.scope), []).append(table)
    known: dict[TableKey, dict[Cell, Numbers | None]] = {}
    kinds = {table.key: table for table in tables}
    findings = []
    for relation in relations:
        if relation.kind not in ("same_count", "base_is"):
            continue
        for own in tables:
            if own.indicator != relation.indicator:
                continue
            for other in theirs.get((relation.other, own.period, own.scope), ()):
                told = _told(own, other, relation)
                if any(_differs(own.rows[cell], numbers) for cell, numbers in told.items()):
                    findings.append(_broken(relation, own))
                    continue
                rows = known.setdefault(own.key, {})
                for cell, numbers in told.items():
                    rows[cell] = _both(rows.get(cell), numbers)
    if not known:
        return ledger, findings
    edition = Edition(
        BY_OTHERS,
        {key: IndicatorTable(*key, kinds[key].kind, rows, kinds[key].leaves_out) for key, rows in known.items()},
    )
    return Ledger((edition, *ledger.editions), ledger.withdrawn), findings


def _told(own: IndicatorTable, other: IndicatorTable, relation: Relation) -> dict[Cell, Numbers]:
    """Return what a table of others says of our rows."""
    found = {}
    for cell, numbers in other.rows.items():
        if cell in own.rows and numbers is not None and numbers.numerator is not None:
            same = relation.kind == "same_count"
            found[cell] = Numbers(numbers.numerator if same else None, None if same else numbers.numerator)
    return found


def _differs(own: Numbers | None, told: Numbers) -> bool:
    if own is None:
        return False
    pairs = ((own.numerator, told.numerator), (own.denominator, told.denominator))
    return any(one is not None and other is not None and abs(one - other) > 1e-6 for one, other in pairs)


def _both(one: Numbers | None, other: Numbers) -> Numbers:
    if one is None:
        return other
    return Numbers(
        other.numerator if one.numerator is None else one.numerator,
        other.denominator if one.denominator is None else one.denominator,
    )


def _broken(relation: Relation, own: IndicatorTable) -> Finding:
    what = message(
        "'{indicator}' is declared '{relation}' of '{other}', and in {period} its numbers are not",
        indicator=relation.indicator,
        relation=relation.kind,
        other=relation.other,
        period=own.period,
    )
    mend = message("Correct the declaration, or what is counted.")
    return Finding("relation_broken", own.key, TOTAL, what, mend, stops=False)
