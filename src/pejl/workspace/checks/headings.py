"""Headings that no sign of success speaks to."""

from __future__ import annotations

from pejl.text import message
from pejl.workspace.model import Workspace
from pejl.workspace.problems import Problems


def check_headings(workspace: Workspace, problems: Problems) -> None:
    """Warn of every heading below a vision to which no sign is linked; nobody would see whether it happens."""
    for strategy in workspace.strategies:
        for vision in strategy.visions:
            linked = {link.heading for sign in vision.signs for link in sign.headings}
            for heading in vision.headings:
                if heading.id not in linked:
                    problems.add(
                        "heading_without_sign",
                        heading.location("id"),
                        message("no sign of success belongs to the heading '{title}'", title=heading.title.da),
                        message("Link a sign to it, or leave it: then nobody measures whether it happens."),
                        value=heading.id,
                        warning=True,
                    )
