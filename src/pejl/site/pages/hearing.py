"""Where citizens can be heard: what the municipality declares, and how people were involved in the strategies."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.lineage import name_of
from pejl.site.pages.wording import Record


@dataclass(frozen=True, slots=True)
class Involved:
    """How people were involved in a strategy: its id, its name, the formats of meeting."""

    strategy: str
    name: Record
    formats: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class HearingPage:
    """What the page shows.

    Attributes:
        hearings: ways to be heard, as the workspace declares them.
        contact: whom to turn to; None where nobody has said.
        own: whether the workspace is the municipality's own.
        synthetic: whether everything is invented.
        involved: how people were involved, by strategy, the newest first.
    """

    hearings: tuple[Record, ...]
    contact: Record | None
    own: bool
    synthetic: bool
    involved: tuple[Involved, ...]


def select(contents: Contents) -> HearingPage:
    """Return what the page shows."""
    face = contents.release.workspace
    return HearingPage(
        hearings=tuple(face["site"]["hearings"]),
        contact=face["site"]["contact"],
        own=face["own"],
        synthetic=face["synthetic"],
        involved=tuple(
            Involved(name, name_of(strategy), tuple(strategy["meeting_formats"]))
            for name, strategy in reversed(contents.strategies.items())
            if strategy["meeting_formats"]
        ),
    )


def page(here: Here) -> Page:
    """Return the page."""
    return Page(
        "pages/be_heard.html",
        here.t("Be heard"),
        here.t("Where citizens, relatives and organisations can say what they think."),
        section="be_heard",
        values={"model": select(Contents(here.release))},
    )
