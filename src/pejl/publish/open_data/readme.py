"""The text file beside the data: which file is which, in every language of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pejl.publish.open_data.labels import Label, said
from pejl.publish.open_data.static_json import licence_of
from pejl.text import Language, message

FILES = (
    ("<id>.csv", message("for programs: UTF-8, comma between fields, point before decimals, codes with words")),
    ("<id>-excel.csv", message("for Danish Excel: semicolon between fields, decimal comma, Danish words")),
    ("<id>.da.jsonstat.json", message("JSON-stat 2.0, in Danish; `.en.` in English")),
    ("<id>.parquet", message("Parquet, the same columns as the CSV for programs")),
    ("v1/indicators/<id>.json", message("JSON with definition and figures; its schema is in `v1/schema/`")),
    ("all-figures.*, all-figures-excel.csv", message("every indicator in one file of the same kind")),
    ("codes/", message("lists of codes with their words")),
    ("v1/index.json, v1/goals.json", message("what there is, and every goal with its verdict")),
    ("datapackage.json", message("Frictionless data package: the columns of every CSV file")),
    ("catalog.ttl, catalog.jsonld", message("DCAT-AP, for data portals")),
)
"""What lies in the folder; `<id>` is the id of an indicator."""


def readme(workspace: dict[str, Any], label: Label) -> bytes:
    """Return `README.txt`."""
    parts = ["\n".join(_lines(workspace, label, language)) for language in label.languages]
    return ("\n\n\n".join(parts) + "\n").encode()


def _lines(workspace: dict[str, Any], label: Label, language: Language) -> Iterator[str]:
    licence = licence_of(workspace)
    yield said(workspace["title"], language)
    yield label.text(language)
    yield message("Release {release}, made {made}.", release=label.release, made=label.made).render(language)
    if licence is None:
        yield message("No licence is stated.").render(language)
    else:
        told = " ".join(each for each in (said(licence["title"], language), licence["url"]) if each)
        yield message("Licence: {licence}", licence=told).render(language)
    yield ""
    for name, words in FILES:
        yield f"{name}: {words.render(language)}"
    yield ""
    yield message(
        "A figure without a number has a state that says why. `withheld` means that it is not shown, to protect "
        "people's anonymity; it is not zero."
    ).render(language)
