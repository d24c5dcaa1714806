# ruff: noqa: A005 - nobody imports it by the name of the module in the standard library
"""Measure freezing the public site of a release: 270 indicators, 200,000 figures, pages, charts, data and papers.

    python -m benchmarks.site [--repetitions N] [--quick]

Three runs of `pejl publish` are measured, each a process of its own from a cold start: the whole site into an empty
folder; again after one figure in a breakdown has changed; and after a total has changed that stands in the
committee's paper too. The workspace is generated (`benchmarks/generated.py`), its data are invented, and both
languages are made. `CPU s` is user and system time as the kernel counted it, the median of the repetitions, `peak MB`
the largest resident memory.

The peer is pandas, which reads the same figures from the release and writes them as CSV, one file for each indicator
and one for all, as Open SDG's build does as its first step. (That build itself cannot be had from the package index.)
A site is far more than that; the ratio is the measure that travels from one machine to another.

What comes out is checked in the same run: two runs into an empty folder give the same bytes, an updated folder has the
same bytes as a fresh one, every page and both papers are there. Where not, the benchmark stops with exit code 1; an
aim that is not met gives exit code 1 too. `--quick` shows that it works and says nothing of speed.
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

from benchmarks.cases import must, runner_in
from benchmarks.generated import COLUMNS, DIMENSIONS, SMALL, Size, change_one_value, write_workspace
from benchmarks.spending import Runner, Spent, WrongResultError

FULL = Size(indicators=270, rows=200_000, files=60, goals=270)
AIM = Spent(cpu_seconds=60, peak_megabytes=1000)
AIM_CHANGED = Spent(cpu_seconds=3, peak_megabytes=1000)
_BASE = "https://example.dk/strategi/"
_PEER = """
import sys
from pathlib import Path
import pandas
cells, target = Path(sys.argv[1]), Path(sys.argv[2])
target.mkdir(exist_ok=True)
found = {file.stem: pandas.read_csv(file) for file in sorted(cells.glob("*.csv"))}
for name, table in found.items():
    table.to_csv(target / f"{name}.csv", index=False)
everything = pandas.concat(found.values(), ignore_index=True)
everything.to_csv(target / "all.csv", index=False)
print(len(everything))
"""


def main() -> int:
    options = _options()
    size = SMALL if options.quick else FULL
    try:
        with tempfile.TemporaryDirectory(prefix="pejl-benchmark-") as scratch:
            return _measure(Path(scratch), size, options.repetitions, quick=options.quick)
    except WrongResultError as error:
        print(f"wrong result: {error}", file=sys.stderr)
        return 1


def _measure(scratch: Path, size: Size, repetitions: int, *, quick: bool) -> int:
    runner, root = runner_in(scratch, "site"), scratch / "workspace"
    write_workspace(root, size)
    runner.pejl("measure", root)
    before, updated, anew = scratch / "before", scratch / "updated", scratch / "anew"
    runner.pejl("publish", root, "--to", anew, "--base-url", _BASE)  # compiles Python's sources, too
    first = _digest(anew)
    whole, peer = [], []
    for _ in range(repetitions):
        shutil.rmtree(before, ignore_errors=True)
        whole.append(_published(runner, root, before))
        must(_digest(before) == first, "two runs gave different bytes")
        peer.append(_by_pandas(runner, root, scratch / "by_pandas"))
    pages = sum(1 for _ in before.rglob("*.html"))
    files = [file for file in before.rglob("*") if file.is_file()]
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    print(f"{size.indicators} indicators, {pages} pages, {len(files)} files, {megabytes:.0f} MB written")
    must(pages > 10 * size.indicators, f"only {pages} pages")
    papers = sorted(path.name.rpartition("-")[2] for path in (before / "paper").iterdir() if path.suffix != ".html")
    must(papers == ["da.docx", "da.pdf", "en.docx", "en.pdf"], f"the papers are {papers}")
    met = _told("the whole site", whole, AIM, peer)

    for what, change in (("one figure changed", _change_a_part), ("one figure of the paper changed", _change_a_total)):
        change(root)
        runner.pejl("measure", root)
        spent = []
        for _ in range(repetitions):
            shutil.rmtree(updated, ignore_errors=True)
            shutil.copytree(before, updated)
            spent.append(_published(runner, root, updated))
        shutil.rmtree(anew)
        runner.pejl("publish", root, "--to", anew, "--base-url", _BASE)
        must(_digest(updated) == _digest(anew), "an updated folder has other bytes than a fresh one")
        met &= _told(what, spent, AIM_CHANGED, peer)
        before, updated = updated, before
    print(f"peer, pandas writes the figures: CPU s {_median(peer):.2f}, peak MB {_peak(peer):.0f}")
    return 0 if met or quick else 1


def _published(runner: Runner, root: Path, folder: Path) -> Spent:
    return runner.pejl("publish", root, "--to", folder, "--base-url", _BASE).spent


def _by_pandas(runner: Runner, root: Path, folder: Path) -> Spent:
    cells = sorted((root / "releases").glob("*/public"))[-1] / "cells"
    ran = runner.python("-c", _PEER, cells, folder)
    figures = sum(file.read_bytes().count(b"\n") - 1 for file in cells.glob("*.csv"))
    must(int(ran.printed) == figures, f"the peer wrote {ran.printed.strip()} figures, not {figures}")
    return ran.spent


def _change_a_part(root: Path) -> None:
    """Change a figure in a breakdown, which stands in no paper."""
    change_one_value(root / "figures" / "table_03.csv")


def _change_a_total(root: Path) -> None:
    """Add 1 to the last total of an indicator of the last goal of the strategy that gets a paper."""
    import yaml

    strategies = [yaml.safe_load(path.read_bytes()) for path in (root / "strategy").glob("*.yaml")]
    ended = [each for each in strategies if each["status"] == "ended"]
    latest = max(ended, key=lambda each: (str(each["valid"]["from"]), each["id"]))
    indicator = latest["guideposts"][-1]["goals"][-1]["indicator"]
    for path in sorted((root / "figures").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
        value, first = COLUMNS.index("value"), COLUMNS.index("period") + 1
        for row in reversed(rows):
            if row[0] == indicator and row[value] and not any(row[first : first + len(DIMENSIONS)]):
                whole, point, decimals = row[value].partition("," if delimiter == ";" else ".")
                row[value] = f"{int(whole) - 1 if int(whole) > 1 else int(whole) + 1}{point}{decimals}"
                with path.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
                return
    raise WrongResultError(f"{indicator} has no total")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _median(spent: Sequence[Spent]) -> float:
    return statistics.median(each.cpu_seconds for each in spent)


def _peak(spent: Sequence[Spent]) -> float:
    return max(each.peak_megabytes for each in spent)


def _told(what: str, spent: Sequence[Spent], aim: Spent, peer: Sequence[Spent]) -> bool:
    cpu, peak = _median(spent), _peak(spent)
    met = cpu <= aim.cpu_seconds and peak <= aim.peak_megabytes
    print(
        f"{what}: CPU s {cpu:.2f} (aim {aim.cpu_seconds:g}), peak MB {peak:.0f} (aim {aim.peak_megabytes:g}), "
        f"{'met' if met else 'NOT MET'}, {cpu / _median(peer):.2f} x pandas"
    )
    return met


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
