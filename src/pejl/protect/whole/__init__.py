"""Disclosure control of a whole release: every table, everything ever published, and what is declared of both.

`protect_release` says which rows to withhold, for the house that knows all numbers; `audit_public` attacks what was
published, as a stranger who knows none of those withheld. Heavy libraries load on first use.
"""

from pejl.protect.whole.auditing import AuditReport, AuditRow, Outcome, audit_public
from pejl.protect.whole.by_others import with_figures_of_others
from pejl.protect.whole.kept import InMemory, Keeper
from pejl.protect.whole.ledger import Edition, Ledger
from pejl.protect.whole.merging import Merges
from pejl.protect.whole.protecting import protect_release
from pejl.protect.whole.protection import Check, Finding, Protection, Remedy, withheld_of
from pejl.protect.whole.reading import indicator_tables, public_table, read_cells, with_withheld
from pejl.protect.whole.remedies import remedied
from pejl.protect.whole.report import internal_csv, public_record
from pejl.protect.whole.tables import Cell, Groupings, IndicatorTable, Numbers, Relation, Rule, TableKey

__all__ = [
    "AuditReport",
    "AuditRow",
    "Cell",
    "Check",
    "Edition",
    "Finding",
    "Groupings",
    "InMemory",
    "IndicatorTable",
    "Keeper",
    "Ledger",
    "Merges",
    "Numbers",
    "Outcome",
    "Protection",
    "Relation",
    "Remedy",
    "Rule",
    "TableKey",
    "audit_public",
    "indicator_tables",
    "internal_csv",
    "protect_release",
    "public_record",
    "public_table",
    "read_cells",
    "remedied",
    "with_figures_of_others",
    "with_withheld",
    "withheld_of",
]
