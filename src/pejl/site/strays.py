"""The page for those who went astray: one file for both languages."""

from __future__ import annotations

from pejl.site.page import Here, Page, PageKind


def not_found(here: Here) -> Page:
    """Return the page that stands where no page is."""
    edition = here.edition
    english = edition.url("front", "en", {}) if here.language != "en" and "en" in edition.languages else None
    return Page("not_found.html", here.t("The page does not exist"), values={"english": english})


NOT_FOUND = PageKind("not_found", not_found)
