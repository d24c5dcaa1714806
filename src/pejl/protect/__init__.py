"""Disclosure control: which cells of published tables to withhold, and the proof that none can be recomputed.

Heavy libraries load on first use.
"""

from pejl.protect.auditing import Audit, audit
from pejl.protect.layouts import Layout
from pejl.protect.protecting import Protected, protect
from pejl.protect.table import Table

__all__ = ["Audit", "Layout", "Protected", "Table", "audit", "protect"]
