"""From a workspace to a release: check everything, measure what changed, judge all goals, write once."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.pipeline.cache import FigureSummaries, cache_folder
from pejl.pipeline.code import code_hash
from pejl.pipeline.events import GoalsJudged, IndicatorDone, Listener, RunFinished, RunStarted, silent
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
from pejl.text import Message, message
from pejl.workspace.checks import check_workspace
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace
from pejl.workspace.problems import OVERDUE, Problem, Severity

if TYPE_CHECKING:
    from pejl.pipeline.measuring import Measured

_SOFTWARE = ("numpy", "scipy", "pydantic")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `check` found; the workspace is whole only if it is `ok`."""

    workspace: Workspace
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Tell whether there are no problems; warnings are allowed."""
        return not any(problem.severity is Severity.PROBLEM for problem in self.problems)

    @property
    def workable(self) -> bool:
        """Tell whether the workspace can be measured: nothing is wrong but decisions that are late."""
        return all(problem.code in OVERDUE for problem in self.problems if problem.severity is Severity.PROBLEM)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What `measure` did: the release that now is the current one (None if refused), and what was found."""

    release: Release | None
    new: bool
    problems: tuple[Problem, ...]
    refused: Message | None = None


def check(root: Path, as_of: date | None = None) -> CheckResult:
    """Read the workspace in `root` and return everything that is wrong with it, by place.

    Args:
        root: the folder.
        as_of: the day on which deadlines are looked at; today if not given.

    Raises:
        WorkspaceNotFoundError: there is no workspace in `root`.
    """
    workspace, problems = load_workspace(root, FigureSummaries(cache_folder()))
    check_workspace(workspace, problems, as_of or date.today())
    return CheckResult(workspace, problems.sorted())


def measure(
    root: Path,
    *,
    year: int | None = None,
    only: Sequence[str] = (),
    as_of: date | None = None,
    listener: Listener = silent,
) -> RunResult:
    """Make a release of the workspace in `root`, unless it has problems or nothing has changed.

    Args:
        root: the folder of the workspace.
        year: the year the release is made for. If not given, the latest year measured; where nothing is measured
            yet, the year of `as_of`. Later figures stay out.
        only: indicators to measure anew; the others stand as in the current release. All if empty.
        as_of: the day on which deadlines are looked at in the check; today if not given.
        listener: is told what happens.

    Raises:
        WorkspaceNotFoundError: there is no workspace in `root`.
        ReleaseError: another run is making a release.
    """
    checked = check(root, as_of)
    workspace = checked.workspace
    if not checked.workable:
        return RunResult(None, False, checked.problems)
    chosen = year or latest_year(workspace) or (as_of or date.today()).year
    with locked(root):
        previous = _readable_release(root)
        refused = _refusal(workspace, only, previous)
        if refused is not None:
            return RunResult(None, False, checked.problems, refused)
        release, new = _make(workspace, chosen, only, previous, listener)
    listener(RunFinished(release.id, new))
    return RunResult(release, new, checked.problems)


def latest_year(workspace: Workspace) -> int | None:
    """Return the year of the latest period for which a figure is measured or estimated."""
    days = (use.last_measured for source in workspace.figures for use in source.uses.values())
    last = max(days, default="")
    return date.fromisoformat(last).year if last else None


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


def _make(
    workspace: Workspace, year: int, only: Sequence[str], previous: Release | None, listener: Listener
) -> tuple[Release, bool]:
    from pejl.pipeline.measuring import Measuring

    last_day = date(year, 12, 31)
    measuring = Measuring(workspace, last_day, previous, only)
    listener(RunStarted(len(workspace.indicators)))
    manifest = _manifest(workspace, year, measuring.keys)
    same = _made_before(workspace.root, year, previous, manifest)
    if same is not None:
        return same, False
    from pejl.pipeline.judging import judge_workspace

    release_id = next_release_id(workspace.root, year)
    with ReleaseWriter(workspace.root, release_id) as writer:
        measured: dict[str, Measured] = {}
        for indicator in workspace.indicators:
            found = measuring.measure(indicator, writer)
            measured[indicator.id] = found
            listener(IndicatorDone(indicator.id, found.cells, found.reused))
        totals = {name: found.totals for name, found in measured.items()}
        status = judge_workspace(workspace, totals, release_id, last_day)
        listener(GoalsJudged(len(status["goals"]), status["footnote"]["tests"]))
        writer.add_json("public/status.json", status)
        writer.add_json("public/workspace.json", _face(workspace))
        return writer.finish(manifest), True


def _manifest(workspace: Workspace, year: int, keys: dict[str, str]) -> dict[str, Any]:
    from importlib.metadata import version

    software = {"pejl": version("pejl"), "code": code_hash(), "python": platform.python_version()}
    return {
        "workspace": workspace.settings.id,
        "year": year,
        "software": software | {name: version(name) for name in _SOFTWARE},
        "inputs": dict(workspace.file_hashes),
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


def _face(workspace: Workspace) -> dict[str, Any]:
    settings = workspace.settings
    return {
        "id": settings.id,
        "title": settings.title.as_dict(),
        "municipality": settings.municipality.as_dict(),
        "own": settings.own,
        "notice": settings.notice.as_dict(),
        "languages": list(settings.languages),
    }
