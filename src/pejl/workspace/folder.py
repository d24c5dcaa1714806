"""Is this folder a workspace? Asked by every verb, so it loads nothing else."""

from __future__ import annotations

from pathlib import Path

from pejl.text import message
from pejl.workspace.problems import Location, Problem, Severity

SETTINGS_FILE = "pejl.toml"


class WorkspaceNotFoundError(Exception):
    """The folder is not a workspace; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.location}: {problem.what.render('en')}")
        self.problem = problem


def require_workspace(root: Path) -> None:
    """Refuse a folder that is missing, is none, or holds no pejl.toml.

    Raises:
        WorkspaceNotFoundError: `root` is no workspace.
    """
    name_it = message("Name the folder that holds pejl.toml.")
    if not root.exists():
        reason = "missing_folder", message("there is no such folder"), message("Check the path.")
    elif not root.is_dir():
        reason = "not_a_folder", message("this is not a folder"), name_it
    elif not (root / SETTINGS_FILE).exists():
        reason = "not_a_workspace", message("the folder holds no pejl.toml"), name_it
    else:
        return
    code, what, mend = reason
    raise WorkspaceNotFoundError(Problem(Severity.PROBLEM, code, Location(str(root)), what, mend))
