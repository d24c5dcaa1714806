"""The plain files of the workspace that is made: figures as CSV, texts of the settings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence


def toml_text(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def figures_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return figures as CSV: what each is about, value, unit and state, and the columns that hold anything."""
    fixed = ("series", "period", "value", "unit", "state", "scope", "low", "high", "source", "note")
    dimensions = sorted({name for row in rows for name in row} - set(fixed))
    optional = [name for name in ("low", "high", "note") if any(row[name] for row in rows)]
    header = [*fixed[:2], *dimensions, *fixed[2:6], "source", *optional]
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[row.get(name, "") for name in header] for row in rows])
    return made.getvalue()
