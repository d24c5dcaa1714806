"""Measure speed and memory.

    python -m benchmarks [--only NAME] [--repetitions N] [--quick] [--json FILE]

How to read the table. Every line is a process, or a few after each other, run anew for each repetition; Pejl and its
peers take turns in one run, so that whatever else the machine does falls upon both. `CPU s` is user and system time
of those processes as the kernel counted it, the median of the repetitions; `from-to` are the least and the most;
`peak MB` is the largest resident memory. `aim` is what it may cost, `met` whether the median keeps to it. `x peer` is
the median divided by that of the peer named below the lines: not a promise, but the measure that travels from one
machine to another. A peer does the heart of the task only (see `benchmarks/peers.py`).

What the commands give is checked in the same run: goals, cells, problems, and intervals against the peer's. Where it
is wrong the benchmark stops, with exit code 1. An aim that is not met also gives exit code 1.

`--quick` runs each case once, on a small workspace: it shows that the benchmarks work and says nothing of speed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.cases import CASES, Case, Row, runner_in, warm_up
from benchmarks.spending import Spent, WrongResultError

SOFTWARE = ("pejl", "numpy", "scipy", "pydantic", "pyyaml")


def main() -> int:
    options = _options()
    names = options.only or list(CASES)
    rows: dict[str, Row] = {}
    spent: dict[str, list[Spent]] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="pejl-benchmark-") as scratch:
            warm_up(Path(scratch))
            cases: dict[str, Case] = {}
            for name in names:
                folder = Path(scratch) / name
                folder.mkdir()
                cases[name] = CASES[name](folder, runner_in(Path(scratch), name), options.quick)
                rows |= cases[name].rows
            for repetition in range(options.repetitions):
                for name, case in cases.items():
                    print(f"repetition {repetition + 1} of {options.repetitions}: {name}", file=sys.stderr)
                    for row, cost in case.repeat().items():
                        spent.setdefault(row, []).append(cost)
    except WrongResultError as error:
        print(f"wrong result: {error}", file=sys.stderr)
        return 1
    lines = {name: _line(name, row, spent) for name, row in rows.items()}
    print(_table(list(lines.values())))
    if options.quick:
        print("Small workspaces, one repetition: these numbers say nothing of speed.")
    if options.json is not None:
        options.json.write_text(json.dumps(_report(lines, options.quick), indent=1) + "\n", encoding="utf-8")
    return 0 if options.quick or all(line["met"] is not False for line in lines.values()) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory.")
    parser.add_argument("--only", action="append", choices=tuple(CASES), help="only this case; repeat for more")
    parser.add_argument("--repetitions", type=int, default=5, help="how often each case is run (default: 5)")
    parser.add_argument("--quick", action="store_true", help="small workspaces, once: do the benchmarks work?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number into this file, too")
    options = parser.parse_args()
    if options.quick:
        options.repetitions = 1
    return options


def _line(name: str, row: Row, spent: dict[str, list[Spent]]) -> dict[str, Any]:
    seconds = [each.cpu_seconds for each in spent[name]]
    median = statistics.median(seconds)
    memory = max(each.peak_megabytes for each in spent[name])
    of_peer = statistics.median(each.cpu_seconds for each in spent[row.peer]) if row.peer is not None else None
    aims = [(median, row.cpu_aim), (memory, row.memory_aim)]
    met = all(value <= aim for value, aim in aims if aim is not None)
    return {
        "name": name,
        "what": row.what,
        "cpu_seconds": median,
        "cpu_seconds_each": seconds,
        "peak_megabytes": memory,
        "cpu_aim": row.cpu_aim,
        "memory_aim": row.memory_aim,
        "met": met if row.cpu_aim is not None else None,
        "peer": row.peer,
        "times_peer": median / of_peer if of_peer else None,
    }


def _table(lines: Sequence[dict[str, Any]]) -> str:
    cells = [("", "CPU s", "from-to", "peak MB", "aim", "met", "x peer"), *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    first = widths.pop(0)
    return "\n".join(
        "  ".join([what.ljust(first), *(cell.rjust(width) for cell, width in zip(numbers, widths, strict=True))])
        for what, *numbers in cells
    )


def _cells(line: dict[str, Any]) -> tuple[str, ...]:
    each = line["cpu_seconds_each"]
    aims = [f"{line[name]:g} {unit}" for name, unit in (("cpu_aim", "s"), ("memory_aim", "MB")) if line[name]]
    return (
        line["what"],
        f"{line['cpu_seconds']:.2f}",
        f"{min(each):.2f}-{max(each):.2f}",
        f"{line['peak_megabytes']:.0f}",
        ", ".join(aims),
        {None: "", True: "yes", False: "NO"}[line["met"]],
        f"{line['times_peer']:.2f}" if line["times_peer"] is not None else "",
    )


def _report(lines: dict[str, dict[str, Any]], quick: bool) -> dict[str, Any]:
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "software": {name: version(name) for name in SOFTWARE},
        "lines": list(lines.values()),
    }


if __name__ == "__main__":
    sys.exit(main())
