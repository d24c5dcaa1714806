"""The pages around the figures: about the site, its releases, open data, the committee's paper."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.publish.words import STATE_WORDS as STATES
from pejl.release.standing import STATE_WORDS
from pejl.site.edition import FileLine
from pejl.site.page import Here, Page
from pejl.site.pages.collation import sort_key
from pejl.site.pages.contents import Contents
from pejl.site.pages.downloads import KINDS, File, of_everything, row_of, size_words
from pejl.site.pages.indicator import variants
from pejl.site.pages.wording import Record, capital
from pejl.text import message


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the page about the site shows.

    Attributes:
        municipality: whose strategies these are.
        own: whether the pages are the municipality's own.
        synthetic: whether the people in the registers are invented.
        contact: whom to turn to; None where nobody has said.
        statement: the address of the accessibility statement; None likewise.
        year: the release was made for.
        release: its id.
        counted: how many goals, indicators and strategies there are.
    """

    municipality: Record
    own: bool
    synthetic: bool
    contact: Record | None
    statement: str | None
    year: int
    release: str
    goals: int
    indicators: int
    strategies: int


def select(contents: Contents) -> AboutPage:
    """Return what the page about the site shows."""
    face = contents.release.workspace
    return AboutPage(
        municipality=face["municipality"],
        own=face["own"],
        synthetic=face["synthetic"],
        contact=face["site"]["contact"],
        statement=face["site"]["accessibility_statement"],
        year=contents.year,
        release=contents.release.id,
        goals=len(contents.judged),
        indicators=len(contents.release.indicators),
        strategies=len(contents.strategies),
    )


def page(here: Here) -> Page:
    """Return the page about the site."""
    return Page(
        "pages/about.html",
        here.t("About the site"),
        here.t("Whose pages these are, whom to turn to, and how they are made."),
        values={"model": select(Contents(here.release))},
    )


def releases(here: Here) -> Page:
    """Return the list of releases."""
    lines = here.edition.releases(here.language)
    return Page(
        "pages/releases.html",
        here.t("Earlier releases"),
        here.t("The figures as they were published before. A release never changes; a correction is a new one."),
        values={"lines": lines, "states": STATE_WORDS, "own": here.edition.shown.id},
    )


@dataclass(frozen=True, slots=True)
class DataSet:
    """An indicator whose figures can be downloaded: its id, title and files."""

    id: str
    title: Record
    files: tuple[File, ...]


def open_data(here: Here) -> Page:
    """Return the page of downloads."""
    titles = ((name, title) for name, (title, _) in variants(Contents(here.release)).items())
    sets = [DataSet(name, title, row_of(here, name)) for name, title in titles]
    return Page(
        "pages/open_data.html",
        here.t("Open data"),
        here.t("All figures as files that a spreadsheet or a program can read."),
        values={
            "sets": sorted(sets, key=lambda each: sort_key(here.say(each.title), here.language)),
            "kinds": [words.render(here.language) for words in KINDS.values()],
            "everything": of_everything(here),
            "states": [(str(state), capital(words.render(here.language))) for state, words in STATES.items()],
        },
    )


_IN = {"da": message("in Danish"), "en": message("in English")}


def papers(here: Here) -> Page:
    """Return the page of the committee's paper: the papers in the language of the page, then those in others."""
    lines = sorted(here.edition.files, key=lambda line: not line.name.endswith(".pdf"))  # to read, before to edit
    files = [_paper(here, line) for line in lines if line.kind == "paper_file"]
    own = f"-{here.language}."
    return Page(
        "pages/papers.html",
        here.t("The committee's paper"),
        here.t("The yearly status as it is put before the committee: to read, to print, and to edit."),
        values={
            "year": here.edition.year,
            "files": [file for file in files if own in file.href],
            "others": [file for file in files if own not in file.href],
        },
    )


def _paper(here: Here, line: FileLine) -> File:
    ending = line.name.rpartition(".")[2]
    told = here.t("The paper to read and print") if ending == "pdf" else here.t("The paper to work on with")
    language = next((code for code in _IN if f"-{code}." in line.name and code != here.language), None)
    if language is not None:
        told = f"{told}, {_IN[language].render(here.language)}"
    kind = {"pdf": "PDF", "docx": "Word"}.get(ending, ending)
    return File(told, here.url("paper_file", file=line.name), kind, size_words(line.size, here.language))
