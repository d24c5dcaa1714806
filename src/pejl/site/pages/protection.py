"""How people are protected: the rule for small numbers, what is never shown, and what an attacker finds."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.site.page import Here, Page
from pejl.site.pages.contents import Contents
from pejl.site.pages.wording import WITHHELD_MARK, Record


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """What the page on protection shows.

    Attributes:
        threshold: the least number above zero that is shown.
        synthetic: whether the people in the registers are invented.
        counted: whether anything of this release is counted from registers.
        published: whether there are figures that others have published.
        asked: whether anything is asked for in questionnaires.
        mark: what stands for a number that is not shown.
        coarser: whether groups of any figure are merged, or its numbers rounded.
        audit: what an attacker finds who has only what is published; empty where nothing was attacked.
    """

    threshold: int
    synthetic: bool
    counted: bool
    published: bool
    asked: bool
    mark: str
    coarser: bool
    audit: Record


def select(contents: Contents) -> ProtectionPage:
    """Return what the page on protection shows."""
    face = contents.release.workspace
    sources = contents.sources_of_figures
    return ProtectionPage(
        threshold=face["threshold"],
        synthetic=face["synthetic"],
        counted="registers" in sources,
        published="figures" in sources,
        asked="survey" in sources,
        mark=WITHHELD_MARK,
        coarser=bool(contents.release.audit.get("remedies")),
        audit=contents.release.audit,
    )


def page(here: Here) -> Page:
    """Return the page on protection."""
    return Page(
        "pages/protection.html",
        here.t("How we protect people"),
        here.t("Figures are about people. This is how we see to it that nobody can be recognised in them."),
        values={"model": select(Contents(here.release))},
    )
