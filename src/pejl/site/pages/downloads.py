"""The files a page offers, as the templates take them."""

from __future__ import annotations

from dataclasses import dataclass

from pejl.publish.open_data import names_of
from pejl.site.page import Here
from pejl.text import Language, Message, format_number, message

EXCEL = message("Excel (CSV)")
CSV = message("CSV")
KINDS: dict[str, Message] = {
    "excel": EXCEL,
    "csv": CSV,
    "json_stat": message("JSON-stat"),
    "parquet": message("Parquet"),
    "json": message("JSON"),
}
"""The formats of the figures of an indicator, in the order they are offered."""
ALL_FIGURES = "all-figures"


@dataclass(frozen=True, slots=True)
class File:
    """A file to download.

    Attributes:
        text: what it is.
        href: its address.
        kind: its format, in words.
        size: how large it is, in words; empty where that is not said.
    """

    text: str
    href: str
    kind: str
    size: str = ""


def of_indicator(here: Here, indicator: str) -> tuple[File, ...]:
    """Return the figures of an indicator in every format."""
    names = names_of(indicator, here.edition.languages)
    found = []
    for kind, words in KINDS.items():
        name = names[f"json_stat_{here.language}"] if kind == "json_stat" else names[kind]
        said = words.render(here.language)
        text = here.t("The figures as {kind}", kind=said)
        found.append(File(text, here.url("data_file", file=name), ""))
    return tuple(found)


def row_of(here: Here, indicator: str) -> tuple[File, ...]:
    """Return the same with the format alone, for a table."""
    kinds = (words.render(here.language) for words in KINDS.values())
    return tuple(File(kind, file.href, kind) for kind, file in zip(kinds, of_indicator(here, indicator), strict=True))


def of_everything(here: Here) -> tuple[File, ...]:
    """Return the files that hold every figure."""
    names = (
        (here.t("All figures, for Excel"), f"{ALL_FIGURES}-excel.csv", EXCEL),
        (here.t("All figures, for programs"), f"{ALL_FIGURES}.csv", CSV),
        (here.t("All figures as JSON-stat"), f"{ALL_FIGURES}.{here.language}.jsonstat.json", KINDS["json_stat"]),
        (here.t("All figures as Parquet"), f"{ALL_FIGURES}.parquet", KINDS["parquet"]),
        (here.t("All goals with their verdicts"), "v1/goals.json", KINDS["json"]),
        (here.t("What there is, for programs"), "v1/index.json", KINDS["json"]),
        (here.t("Which columns there are, as a data package"), "datapackage.json", KINDS["json"]),
        (here.t("Which file is which"), "README.txt", message("text")),
    )
    sizes = {line.name: line.size for line in here.edition.files if line.kind == "data_file"}
    return tuple(
        File(
            text,
            here.url("data_file", file=name),
            kind.render(here.language),
            size_words(sizes[name], here.language) if name in sizes else "",
        )
        for text, name, kind in names
    )


def size_words(size: int, language: Language) -> str:
    """Return how large a file is: in kB, from a thousand on in MB."""
    if size < 1_000_000:
        return f"{format_number(max(size / 1000, 1), language, 0)}\N{NO-BREAK SPACE}kB"
    return f"{format_number(size / 1_000_000, language, 1)}\N{NO-BREAK SPACE}MB"
