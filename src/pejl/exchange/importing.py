"""What `pejl import` and `pejl template` do, in Python: workbooks out, plans in, plans carried out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pejl.exchange.changes import ImportRefusedError, Plan, apply, checked
from pejl.text import Language, message
from pejl.workspace.model import Workspace

Reader = Callable[[Path, Workspace, Language], Plan]


def readable(root: Path) -> Workspace:
    """Return the workspace in `root`, which may have late decisions but no other problems.

    Raises:
        ImportRefusedError: it has problems.
        WorkspaceNotFoundError: there is no workspace in `root`.
    """
    from pejl.pipeline import check

    found = check(root, data=False)
    if not found.workable:
        raise ImportRefusedError(
            message(
                "the workspace itself has {count} problems; mend them first, see pejl check {folder}",
                count=sum(problem.severity == "problem" for problem in found.problems),
                folder=root,
            )
        )
    return found.workspace


def planned(source: Path, root: Path, language: Language, read: Reader) -> Plan:
    """Return what `source` would change in the workspace in `root`, with every problem there would be.

    Args:
        source: a workbook or a document.
        root: the folder of the workspace.
        language: in which the changes are told.
        read: what makes a plan of the source.

    Raises:
        ImportRefusedError: the workspace has problems.
        WorkspaceNotFoundError: there is no workspace in `root`.
    """
    return checked(root, read(source, readable(root), language))


__all__ = ["ImportRefusedError", "Plan", "apply", "planned", "readable"]
