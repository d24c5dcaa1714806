"""Measure disclosure control of a whole yearly release with two-way tables: what it withholds, proves and costs.

    python -m benchmarks.release_protection [WORKSPACE] [--persons N] [--workers N] [--json FILE]

WORKSPACE is a synthetic municipality that has been made and measured (`pejl demo DIR --persons 600000`); without one,
it is made in a temporary folder first, which takes a quarter of an hour. Everything counted, by the declared cubes,
one- and two-way, for all years, is protected with everything that is declared of how indicators hang together, then
attacked as a stranger would who has the public rows only. Where there are fewer than `--indicators`, the first ones
with breakdowns by two dimensions are protected once more under other names, as tables of their own. `CPU s` is user and
system time of all processes as the kernel counted it, `MB` the largest resident memory of any, times the number of
processes. Exit code 1 if an aim is not met; with fewer persons than 600,000 only proof is asked for.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl.protect.whole import Cell, Groupings, IndicatorTable, Relation, Rule, TableKey

    Withheld = dict[TableKey, frozenset[Cell]]

PERSONS, INDICATORS = 600_000, 40
MOST = {1: 15.0, 2: 30.0}
"""Percent of the one-way and two-way rows that may be withheld."""
CPU_SECONDS, MEGABYTES = 600.0, 4096.0


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="pejl-release-") as scratch:
        root = options.workspace or made(Path(scratch) / "town", options.persons)
        tables, rule, groupings, relations = tables_of(root)
        counted = len({table.indicator for table in tables})
        tables = with_more(tables, options.indicators)
        report = measured(tables, rule, groupings, relations, options.workers)
    print(
        f"{report['indicators']} indicators ({counted} of them counted), {report['tables']} tables, "
        f"{report['rows']:,} rows, {report['small']:,} of them small"
    )
    for ways, (hidden, rows) in report["withheld"].items():
        share = 100.0 * hidden / max(rows, 1)
        print(f"  {('totals', 'one-way', 'two-way')[ways]:<8}{hidden:>7,} of {rows:>7,} withheld, {share:.1f} %")
    print(f"  totals withheld that are not small: {report['totals_lost']}")
    for step in ("protect", "audit"):
        spent = report[step]
        print(
            f"  {step:<8}{'holds' if spent['proved'] else 'DOES NOT HOLD':<14}"
            f"{spent['numbers']:>8,} numbers {spent['cpu']:>7.0f} CPU s {spent['megabytes']:>7.0f} MB"
        )
    if options.json is not None:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0 if meets(report, full=options.workspace is None and options.persons >= PERSONS) else 1


def made(root: Path, persons: int) -> Path:
    """Make and measure the municipality, in a process of its own."""
    import subprocess

    subprocess.run([sys.executable, "-m", "pejl", "demo", str(root), "--persons", str(persons)], check=True)
    return root


def tables_of(root: Path) -> tuple[list[IndicatorTable], Rule, Groupings, list[Relation]]:
    """Return everything counted that might be published, with all numbers, from the internal cells of the release."""
    from pejl.pipeline.disclosure import _groupings, _relations, _rule, tables_from_cells
    from pejl.workspace.loading import load_workspace

    workspace, _ = load_workspace(root)
    current = json.loads((root / "releases/current.json").read_bytes())["release"]
    found: list[IndicatorTable] = []
    for indicator in workspace.indicators:
        path = root / "releases" / current / "internal/cells" / f"{indicator.id}.csv"
        if workspace.counted_here(indicator) and path.is_file():
            found += tables_from_cells(workspace, indicator, path.read_bytes())
    return found, _rule(workspace), _groupings(workspace), list(_relations(workspace))


def with_more(tables: Sequence[IndicatorTable], wanted: int) -> list[IndicatorTable]:
    """Return tables, and those of indicators broken down by two dimensions once more, until there are so many."""
    names = list(dict.fromkeys(table.indicator for table in tables))
    wide = {table.indicator for table in tables if any(len(cell) > 1 for cell in table.rows)}
    again = [name for name in names if name in wide]
    found = list(tables)
    for place in range(max(0, wanted - len(names)) if again else 0):
        name, time = again[place % len(again)], 2 + place // len(again)
        found += [replace(table, indicator=f"{name}_{time}") for table in tables if table.indicator == name]
    return found


def measured(
    tables: Sequence[IndicatorTable], rule: Rule, groupings: Groupings, relations: Sequence[Relation], workers: int
) -> dict[str, Any]:
    """Protect tables and attack what is shown of them."""
    from pejl.protect.whole import Outcome, audit_public, protect_release, public_table, withheld_of

    before = _spent(workers)
    protection = protect_release(tables, rule=rule, relations=relations, groupings=groupings, workers=workers)
    between = _spent(workers)
    withheld = withheld_of(protection)
    public = [public_table(table, withheld.get(table.key, frozenset())) for table in tables]
    audit = audit_public(public, rule=rule, relations=relations, groupings=groupings, workers=workers)
    after = _spent(workers)
    rows: Counter[int] = Counter()
    hidden: Counter[int] = Counter()
    small = totals_lost = 0
    for table in tables:
        gone = withheld.get(table.key, frozenset())
        for cell, numbers in table.rows.items():
            is_small = numbers is not None and any(
                rule.protects(table.indicator, numbers, measure)
                for measure in ("numerator", "complement", "denominator", "persons")
            )
            rows[len(cell)] += 1
            hidden[len(cell)] += cell in gone
            small += is_small
            totals_lost += not cell and cell in gone and not is_small
    return {
        "indicators": len({table.indicator for table in tables}),
        "tables": len(tables),
        "rows": sum(rows.values()),
        "small": small,
        "withheld": {ways: (hidden[ways], rows[ways]) for ways in sorted(rows)},
        "totals_lost": totals_lost,
        "protect": {
            "proved": protection.proved,
            "numbers": len(protection.checks),
            "cpu": between[0] - before[0],
            "megabytes": between[1],
        },
        "audit": {
            "proved": audit.proved,
            "numbers": len(audit.rows),
            "found": sum(row.outcome is Outcome.FOUND for row in audit.rows),
            "cpu": after[0] - between[0],
            "megabytes": after[1],
        },
    }


def _spent(workers: int) -> tuple[float, float]:
    """Return CPU seconds of this process and those it waited for, and what memory they had at most together."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    together = own.ru_maxrss + (workers * others.ru_maxrss if workers > 1 else 0)
    return seconds, together / 1024.0


def meets(report: dict[str, Any], *, full: bool) -> bool:
    """Tell whether everything is proved and, of the full release, whether the aims are met."""
    proved = bool(report["protect"]["proved"] and report["audit"]["proved"])
    if not full:
        return proved
    shares = {ways: 100.0 * hidden / max(rows, 1) for ways, (hidden, rows) in report["withheld"].items()}
    lost = any(shares.get(ways, 0.0) > most for ways, most in MOST.items()) or report["totals_lost"] > 0
    spent = [report["protect"], report["audit"]]
    dear = any(each["cpu"] > CPU_SECONDS or each["megabytes"] > MEGABYTES for each in spent)
    return proved and not lost and not dear


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure disclosure control of a whole release.")
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--indicators", type=int, default=INDICATORS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
