"""Measure the writing of all open data of a release: 270 indicators, 200,000 figures, every format.

    python -m benchmarks.open_data [--repetitions N] [--quick]

Everything is written once, then again after one figure of one indicator has changed, with the help of the folder
before. The release is made from a generated workspace, whose data are invented. Each repetition is a process of its
own. `CPU s` is user and system time as the kernel counted it: of the whole process for the first writing, of the call
for the second, which is one step of a larger run; `peak MB` is the largest resident memory; medians of the
repetitions. Two repetitions must give the same bytes, all figures must be there, and with the folder before the bytes
must be the same as without: where not, the benchmark stops with exit code 1. An aim that is not met gives exit code 1
too. `--quick` shows that it works and says nothing of speed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cases import runner_in
from benchmarks.generated import SMALL, Size, write_workspace
from benchmarks.spending import Ran, Runner, Spent, WrongResultError

FULL = Size(indicators=270, rows=200_000, files=60, goals=270)
AIM = Spent(cpu_seconds=13, peak_megabytes=600)
AIM_CHANGED = Spent(cpu_seconds=1.5, peak_megabytes=600)
_WRITE = """
import sys, time
from pathlib import Path
from pejl.publish.open_data import write_open_data
from pejl.release.public import PublicRelease
public, folder, before = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None
release = PublicRelease(public, public.parent.name)
start = time.process_time()
written = write_open_data(release, folder, base_url="/", draft=True, made=public.parent.name, before=before)
print(time.process_time() - start, sum(each.kept for each in written))
"""


def main() -> int:
    options = _options()
    size = SMALL if options.quick else FULL
    try:
        with tempfile.TemporaryDirectory(prefix="pejl-benchmark-") as scratch:
            return _measure(Path(scratch), size, 2 if options.quick else options.repetitions, quick=options.quick)
    except WrongResultError as error:
        print(f"wrong result: {error}", file=sys.stderr)
        return 1


def _measure(scratch: Path, size: Size, repetitions: int, *, quick: bool) -> int:
    workspace = scratch / "workspace"
    write_workspace(workspace, size)
    runner = runner_in(scratch, "open_data")
    runner.pejl("measure", workspace)
    first = next((workspace / "releases").glob("*/public"))
    then = scratch / "next-release" / "public"
    shutil.copytree(first, then)
    _change_one_figure(then)
    figures = sum(file.read_bytes().count(b"\n") - 1 for file in (first / "cells").glob("*.csv"))

    before, changed, anew = scratch / "before", scratch / "changed", scratch / "anew"
    spent = [_written(runner, first, before).spent for _ in range(repetitions)]
    lines = (before / "all-figures.csv").read_bytes().count(b"\r\n") - 1
    if lines != figures:
        raise WrongResultError(f"{lines} figures in all-figures.csv, {figures} in the release")
    megabytes = sum(file.stat().st_size for file in before.rglob("*") if file.is_file()) / 1e6
    digest = _digest(before)
    again = [_written(runner, then, changed, before) for _ in range(repetitions)]
    if _digest(before) != digest:
        raise WrongResultError("the folder before was written into")
    _written(runner, then, anew)
    if _digest(changed) != _digest(anew):
        raise WrongResultError("with the folder before, the bytes are others than without")

    print(f"{size.indicators} indicators, {figures} figures, {megabytes:.0f} MB written")
    met = _told("everything", spent, AIM)
    calls = [Spent(float(ran.printed.split()[0]), ran.spent.peak_megabytes) for ran in again]
    met &= _told(f"one indicator changed, {again[0].printed.split()[1]} files kept", calls, AIM_CHANGED)
    return 0 if met or quick else 1


def _written(runner: Runner, public: Path, folder: Path, *before: Path) -> Ran:
    """Write the folder; a second time it must be the same."""
    earlier = _digest(folder) if folder.exists() else None
    shutil.rmtree(folder, ignore_errors=True)
    ran = runner.python("-c", _WRITE, public, folder, *before)
    if earlier is not None and _digest(folder) != earlier:
        raise WrongResultError("two runs gave different bytes")
    return ran


def _change_one_figure(public: Path) -> None:
    """Add 1 to the last figure of the indicator in the middle that has a number."""
    files = sorted((public / "cells").glob("*.csv"))
    file = files[len(files) // 2]
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    value = head.index("value")
    row = next(row for row in reversed(rows) if row[value])
    row[value] = repr(float(row[value]) + 1)
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([head, *rows])


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _told(what: str, spent: Sequence[Spent], aim: Spent) -> bool:
    cpu = statistics.median(each.cpu_seconds for each in spent)
    peak = statistics.median(each.peak_megabytes for each in spent)
    told = f"CPU s {cpu:.2f} (aim {aim.cpu_seconds:g}), peak MB {peak:.0f} (aim {aim.peak_megabytes:.0f})"
    print(f"{what}: {told}")
    return cpu <= aim.cpu_seconds and peak <= aim.peak_megabytes


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
