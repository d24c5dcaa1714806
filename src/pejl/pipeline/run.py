"""From a workspace to a release: check everything, measure what changed, judge all goals, write once."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.measure.queries import Graph, build_graph
from pejl.pipeline.asking import Asking
from pejl.pipeline.cache import FigureSummaries
from pejl.pipeline.code import code_hash
from pejl.pipeline.counting import Counting, counting, registers_needed
from pejl.pipeline.data_checks import UNUSABLE, data_problems
from pejl.pipeline.disclosure import NotProtectedError
from pejl.pipeline.engine_checks import check_engine
from pejl.pipeline.events import (
    GoalsJudged,
    IndicatorDone,
    IndicatorMeasured,
    Listener,
    ProtectionDone,
    ProtectionStarted,
    ProtectionStep,
    RunFinished,
    RunStarted,
    silent,
)
from pejl.pipeline.face import doing, face, remarks, strategies
from pejl.registers import check_registers
from pejl.release import (
    Release,
    ReleaseError,
    ReleaseWriter,
    current_release,
    locked,
    make_current,
    next_release_id,
    releases_for,
)
from pejl.release.caching import cache_folder
from pejl.text import Message, message
from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import OVERDUE, Problem, Problems, Severity

if TYPE_CHECKING:
    from pejl.measure.measurement import Measurement
    from pejl.pipeline.measuring import Measuring
    from pejl.release.ledger import Book

_SOFTWARE = ("numpy", "scipy", "pydantic")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `check` found; the workspace is whole only if it is `ok`. `graph` is its SQL, as far as it can be used."""

    workspace: Workspace
    problems: tuple[Problem, ...]
    graph: Graph = field(default_factory=Graph)

    @property
    def ok(self) -> bool:
        """Tell whether there are no problems; warnings are allowed."""
        return not any(problem.severity is Severity.PROBLEM for problem in self.problems)

    @property
    def workable(self) -> bool:
        """Tell whether the workspace can be measured: nothing is wrong but late decisions and registers' data."""
        allowed = {*OVERDUE, UNUSABLE}
        return all(problem.code in allowed for problem in self.problems if problem.severity is Severity.PROBLEM)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What `measure` did: the release that now is the current one (None if refused), and what was found.

    `noted` is what was found only when everything was measured: what hangs together otherwise than declared, or could
    not be published as it is.
    """

    release: Release | None
    new: bool
    problems: tuple[Problem, ...]
    refused: Message | None = None
    noted: tuple[Problem, ...] = ()


def check(root: Path, as_of: date | None = None, *, data: bool = True, listener: Listener = silent) -> CheckResult:
    """Read the workspace in `root` and return everything that is wrong with it, by place.

    Args:
        root: the folder.
        as_of: the day on which deadlines are looked at; today if not given.
        data: read the rows of the registers too, where the declarations are in order.
        listener: is told which register is being read.

    Raises:
        WorkspaceNotFoundError: there is no workspace in `root`.
        EngineNotFoundError, KeyRefusedError: as for `measure`; only with `data`.
    """
    workspace, problems = load_workspace(root, FigureSummaries(cache_folder()))
    check_workspace(workspace, problems, as_of or date.today())
    check_registers(workspace, problems)
    if workspace.surveys or workspace.instruments or any(item.asking for item in workspace.indicators):
        _check_asking(workspace, problems)
    check_engine(workspace, problems)
    graph = build_graph(workspace, problems)
    checked = CheckResult(workspace, problems.sorted(), graph)
    if not data or not checked.workable:
        return checked
    listener(RunStarted(0, len(registers_needed(workspace, graph))))
    with counting(workspace, graph, date.max, listener) as counts:
        problems.extend(data_problems(workspace, counts))
    problems.extend(Asking(workspace, date.max).problems())
    return CheckResult(workspace, problems.sorted(), graph)


def _check_asking(workspace: Workspace, problems: Problems) -> None:
    from pejl.surveys.checking import check_surveys
    from pejl.surveys.letters import check_letters
    from pejl.surveys.library import library

    check_surveys(workspace, library(), problems)
    check_letters(workspace, problems)


def measure(
    root: Path,
    *,
    year: int | None = None,
    only: Sequence[str] = (),
    as_of: date | None = None,
    engine: str | None = None,
    workers: int = 1,
    listener: Listener = silent,
) -> RunResult:
    """Make a release of the workspace in `root`, unless it has problems or nothing has changed.

    Args:
        root: the folder of the workspace.
        year: the year the release is made for. If not given, the latest year measured; where nothing is measured
            yet, the year of `as_of`. Later figures stay out.
        only: indicators to measure anew; the others stand as in the current release. All if empty.
        as_of: the day on which deadlines are looked at in the check; today if not given.
        engine: what counts the registers; the workspace's own engine if not given.
        workers: how many processes check against recomputation; more than one only from a program whose main module
            may be imported again.
        listener: is told what happens.

    Raises:
        WorkspaceNotFoundError: there is no workspace in `root`.
        ReleaseError: another run is making a release.
        EngineNotFoundError: there is no such engine.
        KeyRefusedError: the key of the pseudonyms lies in the workspace, or cannot be read or made.
    """
    checked = check(root, as_of, data=False)
    workspace = checked.workspace
    if not checked.workable:
        return RunResult(None, False, checked.problems)
    chosen = year or latest_year(workspace) or (as_of or date.today()).year
    found = list(checked.problems)
    with locked(root):
        previous = _readable_release(root)
        refused = _refusal(workspace, only, previous)
        if refused is not None:
            return RunResult(None, False, checked.problems, refused)
        last_day = date(chosen, 12, 31)
        from pejl.pipeline.measuring import Measuring

        listener(RunStarted(len(workspace.indicators), len(registers_needed(workspace, checked.graph))))
        with counting(workspace, checked.graph, last_day, listener, engine) as counts:
            asking = Asking(workspace, last_day)
            found += [*data_problems(workspace, counts), *asking.problems()]
            measuring = Measuring(workspace, last_day, previous, only, counts, asking)
            try:
                release, new, noted = _make(measuring, listener, workers)
            except NotProtectedError as error:
                return RunResult(None, False, tuple(found), error.what, error.problems)
    listener(RunFinished(release.id, new))
    return RunResult(release, new, tuple(found), noted=noted)


def latest_year(workspace: Workspace) -> int | None:
    """Return the year of the latest period for which there is a figure, registers are counted, or answers are here."""
    days = (use.last_measured for source in workspace.figures for use in source.uses.values())
    last = max(days, default="")
    years = [date.fromisoformat(last).year] if last else []
    if workspace.settings.years is not None and any(map(workspace.counted_here, workspace.indicators)):
        years.append(workspace.settings.years.last)
    asked = Asking(workspace, date.max).latest_year()
    if asked is not None:
        years.append(asked)
    return max(years, default=None)


def _readable_release(root: Path) -> Release | None:
    """Return the current release, or None where there is none that is whole."""
    try:
        release = current_release(root)
        if release is not None:
            release.verify()
    except ReleaseError:
        return None
    return release


def _refusal(workspace: Workspace, only: Sequence[str], previous: Release | None) -> Message | None:
    unknown = [name for name in only if name not in workspace.indicators_by_id]
    if unknown:
        return message("there is no indicator '{names}'", names="', '".join(unknown))
    if only and previous is None:
        return message("there is no release yet to take the other indicators from; measure all of them first")
    return None


def _make(measuring: Measuring, listener: Listener, workers: int) -> tuple[Release, bool, tuple[Problem, ...]]:
    workspace, year, counts = measuring.workspace, measuring.last_day.year, measuring.counting
    book = _book(workspace)
    manifest = _manifest(workspace, year, measuring.keys, counts, measuring.asking)
    manifest["taken_back"] = book.taken_back
    manifest["dropped"] = list(book.dropped)
    same = _made_before(workspace.root, year, measuring.previous, manifest)
    if same is not None:
        return same, False, ()
    from pejl.pipeline.judging import judge_workspace
    from pejl.release.ledger import record

    release_id = next_release_id(workspace.root, year)
    with ReleaseWriter(workspace.root, release_id) as writer:
        totals, noted = _measure_all(measuring, book, writer, listener, workers)
        status = judge_workspace(workspace, totals, release_id, measuring.last_day)
        listener(GoalsJudged(len(status["goals"]), status["footnote"]["tests"]))
        writer.add_json("public/status.json", status)
        writer.add_json("public/workspace.json", face(workspace))
        writer.add_json("public/strategies.json", strategies(workspace))
        writer.add_json("public/remarks.json", remarks(workspace, measuring.last_day.year))
        writer.add_json("public/doing.json", doing(workspace))
        release = writer.finish(manifest)
    record(workspace.root, release, workspace.settings.disclosure.threshold)
    return release, True, noted


def _book(workspace: Workspace) -> Book:
    """Return everything ever published, with the releases that a run was killed before it could note."""
    from pejl.release.ledger import catch_up, read_ledger

    catch_up(workspace.root, workspace.settings.disclosure.threshold)
    return read_ledger(workspace.root)


def _measure_all(
    measuring: Measuring, book: Book, writer: ReleaseWriter, listener: Listener, workers: int
) -> tuple[dict[str, list[Measurement]], tuple[Problem, ...]]:
    """Measure every indicator, decide what of it readers may see, and write it.

    Returns:
        The totals readers see, by indicator, and what a person should know of what is withheld.
    """
    begun = []
    for indicator in measuring.workspace.indicators:
        begun.append(measuring.begin(indicator, writer))
        listener(IndicatorMeasured(indicator.id))
    tables = {each.indicator.id: each.tables for each in begun if each.tables}
    decision = None
    if tables:
        from pejl.pipeline.disclosure import decide
        from pejl.pipeline.person_cache import kept_protection

        listener(ProtectionStarted(len(tables), sum(len(table.rows) for each in tables.values() for table in each)))
        others = [table for each in begun for table in each.others]
        keeper = kept_protection(measuring.workspace)
        decision = decide(
            measuring.workspace, tables, book, workers, keeper, others, lambda rows: listener(ProtectionStep(rows))
        )
        decision.write(writer)
        listener(ProtectionDone(len(decision.protection.withheld), len(decision.protection.checks)))
    totals = {}
    for each in begun:
        done = measuring.finish(each, decision, writer)
        totals[each.indicator.id] = done.totals
        listener(IndicatorDone(each.indicator.id, done.cells, done.reused))
    return totals, decision.warnings if decision is not None else ()


def _manifest(
    workspace: Workspace, year: int, keys: dict[str, str], counts: Counting, asking: Asking
) -> dict[str, Any]:
    from importlib.metadata import version

    software = {"pejl": version("pejl"), "code": code_hash(), "python": platform.python_version()}
    return {
        "workspace": workspace.settings.id,
        "year": year,
        "software": software | {name: version(name) for name in _SOFTWARE},
        "engine": counts.engine,
        "inputs": dict(workspace.file_hashes),
        "registers": {name: intake.sha256 for name, intake in sorted(counts.intakes.items()) if intake.usable},
        "surveys": asking.hashes,
        "indicators": keys,
    }


def _made_before(root: Path, year: int, previous: Release | None, manifest: dict[str, Any]) -> Release | None:
    """Return a whole release made of just this for the same year, now the current one; None if there is none."""
    if previous is not None and _same(previous.manifest, manifest):
        return previous
    for release in releases_for(root, year):
        try:
            if _same(release.manifest, manifest):
                release.verify()
                make_current(root, release.id)
                return release
        except ReleaseError:
            continue
    return None


def _same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return all(before.get(name) == value for name, value in now.items())
