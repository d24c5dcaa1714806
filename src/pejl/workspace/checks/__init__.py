"""Does a workspace fit together? All that can be known without measuring anything."""

from __future__ import annotations

from datetime import date

from pejl.workspace.checks.counting import check_counting
from pejl.workspace.checks.dates import check_dates
from pejl.workspace.checks.figures import check_figures
from pejl.workspace.checks.headings import check_headings
from pejl.workspace.checks.ids import check_ids
from pejl.workspace.checks.references import check_references
from pejl.workspace.checks.relations import check_relations
from pejl.workspace.checks.targets import check_targets
from pejl.workspace.checks.translations import check_translations
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems

CHECKS = (
    check_ids,
    check_references,
    check_relations,
    check_targets,
    check_headings,
    check_translations,
    check_counting,
    check_figures,
)


def check_workspace(workspace: Workspace, problems: Problems, as_of: date) -> None:
    """Note everything in `workspace` that does not fit together.

    Args:
        workspace: as loaded.
        problems: takes what is found.
        as_of: the day on which deadlines are looked at.
    """
    for check in CHECKS:
        check(workspace, problems)
    check_dates(workspace, problems, as_of)
