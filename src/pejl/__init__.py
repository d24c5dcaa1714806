"""Pejl takes a bearing: from a city's vision to a published, honest number.

    import pejl

    city = pejl.open("workspaces/copenhagen")
    city.check()      # every problem, each with file, line, column and mend
    city.measure()    # a release: measured, judged, written once
    city.status()     # the judged goals as plain data

A **workspace** (text files under version control) declares strategies, goals, indicators and figures. Pejl turns
them into **measurements**, judges every goal in two halves (target and development), and freezes the result into
a **release**. See `docs/` for the tutorial, the how-tos and the reference.

Engines that stand on their own:

    from pejl.judge import control_chart, funnel, progress

Importing `pejl` loads nothing heavy; each verb imports what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pejl.api import NoReleaseError, OpenWorkspace, WorkspaceProblemsError

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["NoReleaseError", "OpenWorkspace", "WorkspaceProblemsError", "open"]


def open(folder: str | PathLike[str]) -> OpenWorkspace:  # noqa: A001  # pejl.open(DIR) is the field's idiom
    """Open the workspace in `folder` and return it, with the verbs `check`, `measure`, `status`.

    Nothing is read yet; a folder that is missing shows at the first verb.
    """
    return OpenWorkspace(folder)
