"""A release made by hand for tests of the ledger and the audit: public files only, no registers, no run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pejl.measure.measurement import Measurement
from pejl.measure.records import to_csv, to_record
from pejl.release import Release, ReleaseWriter, locked, next_release_id
from pejl.workspace.period import Period
from pejl.workspace.states import State

Rows = Mapping[str, tuple[int, int] | int | None]
"""By district (`total` for all): with the trait and of how many, or how many; None for withheld."""


def measurements(indicator: str, rows: Rows, period: str = "2020") -> list[Measurement]:
    found = []
    for code, told in rows.items():
        share = any(isinstance(each, tuple) for each in rows.values())
        numerator, base = told if isinstance(told, tuple) else (told, None)
        value = 100 * numerator / base if numerator is not None and base else numerator
        found.append(
            Measurement(
                indicator=indicator,
                version="1",
                period=Period.parse(period),
                dimensions=() if code == "total" else (("district", code),),
                scope="city",
                unit="percent" if share else "persons",
                state=State.WITHHELD if told is None else State.MEASURED,
                method="register",
                value=value,
                n=base if share else numerator,
                numerator=numerator,
                denominator=base,
            )
        )
    return found


def make_release(
    root: Path,
    tables: Mapping[str, Mapping[str, Rows]],
    *,
    relations: Mapping[str, list[dict[str, Any]]] | None = None,
    goals: list[dict[str, Any]] | None = None,
) -> Release:
    """Write a release of the year 2020; `tables` by indicator and period."""
    with locked(root), ReleaseWriter(root, next_release_id(root, 2020)) as writer:
        for indicator, periods in tables.items():
            found = [each for period, rows in periods.items() for each in measurements(indicator, rows, period)]
            share = any(each.unit == "percent" for each in found)
            writer.add(f"public/cells/{indicator}.csv", to_csv(found, ["district"]))
            writer.add(f"internal/cells/{indicator}.csv", b"never read")
            description = {
                "kind": None,
                "source": "registers",
                "unit": {"kind": "share" if share else "count"},
                "counting": {"unknown": "keep"},
                "relations": (relations or {}).get(indicator, []),
                "totals": [to_record(each) for each in found if not each.dimensions],
            }
            writer.add_json(f"public/indicators/{indicator}.json", description)
        footnote = {"surviving_benjamini_hochberg": [goal["id"] for goal in goals or []]}
        writer.add_json("public/status.json", {"goals": goals or [], "footnote": footnote})
        writer.add_json("public/workspace.json", {"id": "test"})
        return writer.finish({"indicators": dict.fromkeys(tables, "key"), "year": 2020})
