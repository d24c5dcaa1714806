"""Measure what it costs to count registers.

    python -m benchmarks.registers [--persons N] [--rounds N] [--memory 4GB …] [--scale10] [--json FILE]

Eight indicators with the same cubes and the same distinct persons behind every cell, over ten years: by Pejl, by one
query of DuckDB's SQL per indicator written by hand, by pandas and by polars. Each approach runs in a process of its
own, from a cold start, and they take turns in every round. `CPU s` is user and system time of that process as the
kernel counted it, the median of the rounds; `peak MB` is the largest resident memory of all rounds. Every cell of every
approach is compared with those by hand; where one differs the benchmark stops, with exit code 1. So it does when an aim
is not met.

The rows are made once, in the folder named by PEJL_BENCH_DATA, else in a temporary one. `--memory` may be repeated:
all approaches run at the first limit, Pejl also at the others. `--scale10` adds Pejl and SQL by hand over ten times the
rows, once, at the first limit. With fewer persons than 600,000 the numbers say nothing of speed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.registers.cells import Cells, compare, read_cells, times
from benchmarks.registers.data import COPIES, is_made
from benchmarks.spending import Runner, Spent, WrongResultError

PERSONS, FEW = 600_000, 2_000
SOFTWARE = ("pejl", "duckdb", "sqlglot", "pandas", "polars", "pyarrow", "numpy")
MOST_MEGABYTES = 4096
AIMS = {"by hand": 0.7, "pandas": 0.5}
"""How many times the CPU of others Pejl may cost."""
GROWTH_AIM = 11.0


@dataclass(frozen=True, slots=True)
class Run:
    """One approach at one limit of memory, over the rows once or ten times."""

    approach: str
    memory: str
    tenfold: bool = False

    @property
    def name(self) -> str:
        """What the table calls it."""
        limit = f", {self.memory}" if self.approach in ("pejl", "by hand") else ""
        return f"{self.approach}{limit}{', ten times the rows' if self.tenfold else ''}"


class Bench:
    """Runs approaches, one process each, and compares what they counted."""

    def __init__(self, data: Path, scratch: Path) -> None:
        self.data = data
        self.scratch = scratch
        self.spent: dict[Run, list[Spent]] = {}
        self.compared: dict[Run, int] = {}
        self._expected: Cells | None = None

    def run(self, run: Run) -> None:
        """Run an approach once; what is counted by hand comes first, and is what others are compared with.

        Raises:
            WrongResultError: a cell differs.
        """
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            own = Path(folder)
            cells = own / "cells.csv"
            runner = Runner(own / "cache", self.scratch / "bytecode")
            data = tenfold_of(self.data) if run.tenfold else self.data
            arguments = ("--memory", run.memory, "--scratch", own)
            ran = runner.python("-m", "benchmarks.registers.approaches", run.approach, data, cells, *arguments)
            counted = read_cells(cells)
        self.spent.setdefault(run, []).append(ran.spent)
        if self._expected is None:
            self._expected = counted
        expected = times(self._expected, COPIES) if run.tenfold else self._expected
        self.compared[run] = compare(run.name, counted, expected)

    def cpu(self, run: Run) -> float:
        """Return the median of the CPU seconds of a run."""
        return statistics.median(each.cpu_seconds for each in self.spent[run])

    def peak(self, run: Run) -> float:
        """Return the largest peak of memory of a run, in megabytes."""
        return max(each.peak_megabytes for each in self.spent[run])


def main() -> int:
    options = _options()
    first, *others = options.memory
    by_hand, pejl = Run("by hand", first), Run("pejl", first)
    in_turn = [by_hand, pejl, Run("pandas", first), Run("polars", first), *(Run("pejl", limit) for limit in others)]
    tenfold = [Run("by hand", first, tenfold=True), Run("pejl", first, tenfold=True)] if options.scale10 else []
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pejl-registers-")))
        data = Path(os.environ.get("PEJL_BENCH_DATA") or scratch) / f"persons-{options.persons}"
        make_rows(data, scratch, tenfold=options.scale10)
        bench = Bench(data, scratch)
        try:
            warm_up(in_turn, scratch)
            for number in range(options.rounds):
                for run in in_turn:
                    print(f"round {number + 1} of {options.rounds}: {run.name}", file=sys.stderr)
                    bench.run(run)
            for run in tenfold:
                print(run.name, file=sys.stderr)
                bench.run(run)
        except WrongResultError as error:
            print(f"wrong result: {error}", file=sys.stderr)
            return 1
    lines = [line_of(bench, run, by_hand) for run in (*in_turn, *tenfold)]
    found = judged(bench, by_hand, pejl)
    print(table(lines))
    for each in found:
        aim = f", aim {each['aim']:g}: {'met' if each['met'] else 'NOT met'}" if each["aim"] else ""
        print(f"{each['what']}: {each['value']:.2f}{aim}")
    if options.json is not None:
        report = {**about(options.persons, options.rounds), "lines": lines, "found": found}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if options.persons < PERSONS:
        print(f"Fewer than {PERSONS:,} persons: these numbers say nothing of speed.")
        return 0
    return 0 if all(each["met"] is not False for each in found) else 1


def make_rows(data: Path, scratch: Path, *, tenfold: bool) -> None:
    """Make the rows unless they are there, each step in a process of its own, so that this one stays small."""
    runner = Runner(scratch / "cache", scratch / "bytecode")
    if not is_made(data):
        print(f"making rows in {data}", file=sys.stderr)
        runner.python("-m", "benchmarks.registers.data", data.name.removeprefix("persons-"), data)
    if tenfold and not is_made(tenfold_of(data)):
        print(f"making ten times the rows in {tenfold_of(data)}", file=sys.stderr)
        runner.python("-m", "benchmarks.registers.data", "--tenfold", data, tenfold_of(data))


def warm_up(runs: Sequence[Run], scratch: Path) -> None:
    """Run every approach once over few rows, uncounted: afterwards Python's bytecode is there, as when installed."""
    few = scratch / f"persons-{FEW}"
    make_rows(few, scratch, tenfold=False)
    bench = Bench(few, scratch)
    for run in runs:
        bench.run(run)


def tenfold_of(data: Path) -> Path:
    """Return where ten times the rows are."""
    return data.with_name(f"{data.name}-x{COPIES}")


def line_of(bench: Bench, run: Run, by_hand: Run) -> dict[str, Any]:
    """Return one line of the table as data."""
    return {
        "name": run.name,
        "cpu_seconds": bench.cpu(run),
        "cpu_seconds_each": [each.cpu_seconds for each in bench.spent[run]],
        "peak_megabytes": bench.peak(run),
        "times_by_hand": None if run.tenfold else bench.cpu(run) / bench.cpu(by_hand),
        "cells_compared": bench.compared[run],
    }


def judged(bench: Bench, by_hand: Run, pejl: Run) -> list[dict[str, Any]]:
    """Return what the aims are about: the measured ratio or size, its aim, and whether it is met."""

    def found(what: str, value: float, aim: float | None) -> dict[str, Any]:
        return {"what": what, "value": value, "aim": aim, "met": None if aim is None else value <= aim}

    result = []
    for run in bench.spent:
        if run.approach == "pejl":
            result.append(found(f"peak of {run.name}, MB", bench.peak(run), MOST_MEGABYTES))
        elif not run.tenfold:
            aim = AIMS.get(run.approach)
            result.append(found(f"CPU of Pejl / {run.approach}", bench.cpu(pejl) / bench.cpu(run), aim))
    for run, once in ((run, by_hand if run.approach == "by hand" else pejl) for run in bench.spent if run.tenfold):
        growth = bench.cpu(run) / bench.cpu(once)
        aim = GROWTH_AIM if run.approach == "pejl" else None
        result.append(found(f"CPU of {run.approach}, ten times the rows / once", growth, aim))
    return result


def table(lines: Sequence[Mapping[str, Any]]) -> str:
    """Write the lines as a table."""
    head = ("", "CPU s", "from-to", "peak MB", "x by hand", "cells")
    cells = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    )


def _cells(line: Mapping[str, Any]) -> tuple[str, ...]:
    each, ratio = line["cpu_seconds_each"], line["times_by_hand"]
    return (
        line["name"],
        f"{line['cpu_seconds']:.2f}",
        f"{min(each):.2f}-{max(each):.2f}",
        f"{line['peak_megabytes']:.0f}",
        "" if ratio is None else f"{ratio:.2f}",
        f"{line['cells_compared']}",
    )


def about(persons: int, rounds: int) -> dict[str, Any]:
    """Return when, where and with what it was measured."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "persons": persons,
        "rounds": rounds,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "software": {name: version(name) for name in SOFTWARE},
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description="Measure counting registers.")
    parser.add_argument("--persons", type=int, default=PERSONS, help="living citizens (default: 600000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each approach runs (default: 3)")
    parser.add_argument("--memory", action="append", help="limit of memory, as in 4GB (default); repeat for more")
    parser.add_argument("--scale10", action="store_true", help="also over ten times the rows")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number into this file, too")
    options = parser.parse_args()
    options.memory = options.memory or ["4GB"]
    return options


if __name__ == "__main__":
    sys.exit(main())
