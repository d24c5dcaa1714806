"""Registers on their way in: contracts checked, rows read and checked, CPR numbers turned into pseudonyms."""

from pejl.registers.contracts import check_registers
from pejl.registers.intake import take_in
from pejl.registers.keys import KeyRefusedError, PseudonymKey, pseudonym_key
from pejl.registers.order import lies_by_person
from pejl.registers.references import check_references
from pejl.registers.results import Finding, Intake
from pejl.registers.sources import source_digest

__all__ = [
    "Finding",
    "Intake",
    "KeyRefusedError",
    "PseudonymKey",
    "check_references",
    "check_registers",
    "lies_by_person",
    "pseudonym_key",
    "source_digest",
    "take_in",
]
