"""What is measured: the tasks, their aims, their peers, and what must come out of them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from benchmarks.broken import PROBLEMS, break_strategy
from benchmarks.generated import FULL, SMALL, change_one_value
from benchmarks.spending import ROOT, Ran, Runner, Spent, WrongResultError

COPENHAGEN = ROOT / "workspaces" / "copenhagen"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was run, what it may cost, and the line it is held against."""

    what: str
    cpu_aim: float | None = None
    memory_aim: float | None = None
    peer: str | None = None


class Case(Protocol):
    """Tasks measured together, so that they share what is slow to prepare; `rows` are their lines, by name."""

    rows: ClassVar[Mapping[str, Row]]

    def repeat(self) -> dict[str, Spent]:
        """Run each task once, peers in between, and return what each spent.

        Raises:
            WrongResultError: a task did not give what it must.
        """


def must(holds: bool, what: str) -> None:
    """Stop unless `holds`: what is wrong is not worth measuring."""
    if not holds:
        raise WrongResultError(what)


def runner_in(scratch: Path, name: str) -> Runner:
    """Return a runner with a cache of its own, and bytecode that is shared by all."""
    return Runner(cache=scratch / name / "cache", bytecode=scratch / "bytecode")


def warm_up(scratch: Path) -> None:
    """Run every command once, on a small workspace, so that no line pays for compiling Python's sources."""
    runner, root = runner_in(scratch, "warm_up"), scratch / "warm_up" / "workspace"
    runner.python("-m", "benchmarks.generated", root, "--small")
    for command in ("check", "measure", "status"):
        runner.pejl(command, root)
    for peer in ("yaml", "figures"):
        runner.python("-m", "benchmarks.peers", peer, root, scratch / "warm_up" / "by_hand")


def problems_in(ran: Ran) -> list[str]:
    """Return the codes of the problems that `pejl check` printed, warnings left out."""
    return re.findall(r": problem: .* \[(\w+)\]$", ran.printed, re.MULTILINE)


def numbers_in(ran: Ran, word: str) -> list[int]:
    """Return the whole numbers in the first line printed that holds `word`."""
    line = next((line for line in ran.printed.splitlines() if word in line.lower()), "")
    return [int(number) for number in re.findall(r"\d+", line)]


class Copenhagen:
    """A first look at a workspace: every process starts cold, and no cache is there."""

    rows: ClassVar[Mapping[str, Row]] = {
        "copenhagen": Row("check + status, Copenhagen, cold start", cpu_aim=1.0, peer="copenhagen_yaml"),
        "copenhagen_check": Row("  of it check", peer="copenhagen_yaml"),
        "copenhagen_status": Row("  of it status", peer="start"),
        "copenhagen_yaml": Row("  peer: yaml (C), toml and csv read the same files"),
        "start": Row("  peer: python -c pass"),
    }

    def __init__(self, folder: Path, runner: Runner, quick: bool) -> None:  # noqa: ARG002  # as small as it is either way
        self.runner = runner
        self.root = folder / "copenhagen"
        shutil.copytree(COPENHAGEN, self.root, ignore=shutil.ignore_patterns("releases"))
        self.runner.pejl("measure", self.root)
        goals = (self.root / "strategy").glob("*.yaml")
        self.goals = sum(len(re.findall(r"^ +targets:$", path.read_text(encoding="utf-8"), re.M)) for path in goals)
        status = json.loads(self.runner.pejl("status", self.root, "--format", "json").printed)
        must(len(status["goals"]) == self.goals, f"{len(status['goals'])} goals have a status, not {self.goals}")
        current = json.loads((self.root / "releases/current.json").read_bytes())["release"]
        manifest = json.loads((self.root / "releases" / current / "manifest.json").read_bytes())
        self.files = len(manifest["inputs"])

    def repeat(self) -> dict[str, Spent]:
        """Check and show the status once, between the peers."""
        start = self.runner.python("-c", "pass")
        self.runner.empty_cache()
        check = self.runner.pejl("check", self.root)
        must(not problems_in(check), f"Copenhagen has problems:\n{check.printed}")
        read = self.runner.python("-m", "benchmarks.peers", "yaml", self.root)
        must(read.printed == f"{self.files} files read\n", f"the peer says: {read.printed}")
        status = self.runner.pejl("status", self.root)
        must("1.482" in status.printed, "the status does not show the count of 2017")
        return {
            "copenhagen": check.spent + status.spent,
            "copenhagen_check": check.spent,
            "copenhagen_status": status.spent,
            "copenhagen_yaml": read.spent,
            "start": start.spent,
        }


class Generated:
    """The whole run on the generated workspace, then again with one figures file changed, then unchanged."""

    rows: ClassVar[Mapping[str, Row]] = {
        "whole": Row("whole run, generated: check + measure", cpu_aim=10.0, memory_aim=500.0, peer="by_hand"),
        "whole_check": Row("  of it check", peer="by_hand"),
        "whole_measure": Row("  of it measure", peer="by_hand"),
        "changed": Row("measure, one figures file changed", cpu_aim=1.5, memory_aim=500.0, peer="by_hand"),
        "unchanged": Row("measure, nothing changed", cpu_aim=1.5, memory_aim=500.0, peer="by_hand"),
        "by_hand": Row("  peer: csv and numpy, all intervals, one CSV per file"),
    }

    def __init__(self, folder: Path, runner: Runner, quick: bool) -> None:
        self.size = SMALL if quick else FULL
        self.runner = runner
        self.root = folder / "generated"
        self.by_hand = folder / "by_hand"
        options = ("--small",) if quick else ()
        self.runner.python("-m", "benchmarks.generated", self.root, *options)
        self.changing = self.root / "figures" / "table_03.csv"
        self.original = self.changing.read_bytes()

    def repeat(self) -> dict[str, Spent]:
        """Run everything once, from nothing: no cache, no release."""
        size = self.size
        self.runner.empty_cache()
        shutil.rmtree(self.root / "releases", ignore_errors=True)
        self.changing.write_bytes(self.original)
        by_hand = self.runner.python("-m", "benchmarks.peers", "figures", self.root, self.by_hand)
        must(by_hand.printed == f"{size.rows} cells written\n", f"the peer says: {by_hand.printed}")
        check = self.runner.pejl("check", self.root)
        must(not problems_in(check), f"the generated workspace has problems:\n{check.printed[:2000]}")
        measure = self._measure(reused=0)
        self.runner.python("-m", "benchmarks.verifying", self.root, self.by_hand, str(size.goals), str(size.rows))
        change_one_value(self.changing)
        in_file = size.indicators // size.files
        changed = self._measure(reused=size.indicators - in_file)
        current = self.root / "releases" / "current.json"
        before = current.read_bytes()
        unchanged = self.runner.pejl("measure", self.root)
        must(current.read_bytes() == before, f"something changed by itself:\n{unchanged.printed}")
        return {
            "whole": check.spent + measure,
            "whole_check": check.spent,
            "whole_measure": measure,
            "changed": changed,
            "unchanged": unchanged.spent,
            "by_hand": by_hand.spent,
        }

    def _measure(self, reused: int) -> Spent:
        ran = self.runner.pejl("measure", self.root)
        size = self.size
        found = [numbers_in(ran, word) for word in ("indicators", "goals")]
        must(
            found[0][:2] == [size.indicators, reused] and found[1][:1] == [size.goals],
            f"{size.indicators} indicators, {reused} of them unchanged, and {size.goals} goals were to be measured:\n"
            f"{ran.printed[:2000]}",
        )
        return ran.spent


class Broken:
    """A long strategy file with many problems, all of them reported."""

    rows: ClassVar[Mapping[str, Row]] = {
        "broken_form": Row("check, 10,000 lines, 500 problems of form", cpu_aim=1.0, peer="broken_yaml"),
        "broken_references": Row("check, 10,000 lines, 500 broken references", cpu_aim=1.0, peer="broken_yaml"),
        "broken_yaml": Row("  peer: yaml (C), toml and csv read the same files"),
    }

    def __init__(self, folder: Path, runner: Runner, quick: bool) -> None:  # noqa: ARG002  # as small as it is either way
        self.runner = runner
        self.folders: dict[str, Path] = {}
        self.expected: dict[str, Counter[str]] = {}
        for sort in ("form", "references"):
            root = folder / sort
            self.runner.python("-m", "benchmarks.generated", root, "--small")
            self.folders[sort] = root
            self.expected[sort] = break_strategy(root, sort)

    def repeat(self) -> dict[str, Spent]:
        """Check both, with the peer in between."""
        self.runner.empty_cache()
        form = self._check("form")
        read = self.runner.python("-m", "benchmarks.peers", "yaml", self.folders["references"])
        references = self._check("references")
        return {"broken_form": form, "broken_references": references, "broken_yaml": read.spent}

    def _check(self, sort: str) -> Spent:
        ran = self.runner.pejl("check", self.folders[sort], expected_exit=1)
        found = Counter(problems_in(ran))
        must(found == self.expected[sort], f"{dict(found)} were found, not {dict(self.expected[sort])}")
        must(found.total() == PROBLEMS, f"{found.total()} problems were found, not {PROBLEMS}")
        return ran.spent


CASES: Mapping[str, Callable[[Path, Runner, bool], Case]] = {
    "copenhagen": Copenhagen,
    "generated": Generated,
    "broken": Broken,
}
