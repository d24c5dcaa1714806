"""What an import would change: shown before it is written, checked as a whole, written as a whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pejl.text import Message, message
from pejl.workspace.loading import DEFINITION_FOLDERS, FIGURES_FOLDER, OPTIONAL_FOLDERS
from pejl.workspace.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

REMARKS_FOLDER = "remarks"
_READ_FOLDERS = (*DEFINITION_FOLDERS, FIGURES_FOLDER, *OPTIONAL_FOLDERS, REMARKS_FOLDER)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change: what it belongs to, which part of it, from what to what; and where it was read."""

    subject: str
    part: str
    old: str
    new: str
    place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `files` are the new contents by path relative to the workspace, `before` the contents they were made from, None
    for a file that is new. `origins` tells for lines of those files in which cell they were written. With a problem
    among `problems` there is nothing to be done.
    """

    changes: tuple[Change, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    before: Mapping[str, bytes | None] = field(default_factory=dict)
    origins: Mapping[tuple[str, int], Location] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing stands in the way; warnings are allowed."""
        return not any(problem.severity is Severity.PROBLEM for problem in self.problems)


class ImportRefusedError(Exception):
    """Nothing was written; the message says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what.render("en"))
        self.what = what


def checked(root: Path, plan: Plan, as_of: date | None = None) -> Plan:
    """Return `plan` with everything that `check` would find in the workspace after it, and does not find now.

    A problem that stands there already is no reason to refuse. The workspace itself is not touched.
    """
    from pejl.pipeline import check

    if not plan.ok or not plan.files:
        return plan
    now = Counter(map(_sense, check(root, as_of, data=False).problems))
    found = []
    with _as_it_would_be(root, plan) as trial:
        for problem in check(trial, as_of, data=False).problems:
            if now[_sense(problem)] > 0:
                now[_sense(problem)] -= 1
            else:
                found.append(_where_written(problem, plan))
    return replace(plan, problems=(*plan.problems, *found))


def _sense(problem: Problem) -> tuple[object, ...]:
    """Return what a problem says, without the line: lines move when others are put in above."""
    return problem.severity, problem.code, problem.location.file, problem.value, problem.what.id


def _where_written(problem: Problem, plan: Plan) -> Problem:
    where = problem.location
    origin = plan.origins.get((where.file, where.line or 0))
    return replace(problem, location=origin) if origin is not None else problem


@contextmanager
def _as_it_would_be(root: Path, plan: Plan) -> Iterator[Path]:
    """Make, for the time of a check, a folder that looks as the workspace would after the import."""
    with tempfile.TemporaryDirectory(prefix="pejl-import-") as name:
        trial = Path(name) / root.resolve().name
        trial.mkdir()
        for path in sorted(root.resolve().iterdir()):
            if path.is_dir() and path.name in _READ_FOLDERS:
                _link_tree(path, trial / path.name)
            elif path.name != "releases":
                (trial / path.name).symlink_to(path)
        for file, content in plan.files.items():
            place = trial / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            place.write_bytes(content)
        yield trial


def _link_tree(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _link_tree(path, target / path.name)
        else:
            (target / path.name).symlink_to(path)


def apply(root: Path, plan: Plan) -> None:
    """Write all files of `plan`, or none.

    Every file is written beside its place first; then all are renamed. If a rename fails, those done are put back.

    Raises:
        ImportRefusedError: the plan has problems, or a file was changed since it was made.
    """
    if not plan.ok:
        raise ImportRefusedError(message("the import has problems; nothing was written"))
    for file, content in plan.before.items():
        path = root / file
        if (path.read_bytes() if path.exists() else None) != content:
            raise ImportRefusedError(
                message("'{file}' was changed in the meantime; nothing was written. Run it again.", file=file)
            )
    new, kept, done = [], [], list[tuple[Path, Path | None]]()
    try:
        for file, content in plan.files.items():
            place = root / file
            place.parent.mkdir(parents=True, exist_ok=True)
            new.append((_written_beside(place, content), place))
            old = place.with_name(f".{place.name}.{os.getpid()}.old") if place.exists() else None
            if old is not None:
                kept.append(old)
                shutil.copy2(place, old)
                shutil.copymode(place, new[-1][0])
        for beside, place in new:
            old = place.with_name(f".{place.name}.{os.getpid()}.old")
            beside.replace(place)
            done.append((place, old if old in kept else None))
    except OSError:
        for place, old in reversed(done):
            if old is not None:
                old.replace(place)
            else:
                place.unlink(missing_ok=True)
        raise
    finally:
        for path in (*(beside for beside, _ in new), *kept):
            path.unlink(missing_ok=True)


def _written_beside(place: Path, content: bytes) -> Path:
    beside = place.with_name(f".{place.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return beside
