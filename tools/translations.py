"""Collect the sentences of the source and of the site's templates into the Danish catalogue, and compile it.

Sentences already translated stay; sentences no longer used are dropped; new ones come with an empty translation,
which the tests refuse.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pejl"
PO = SOURCE / "text" / "locale" / "da" / "LC_MESSAGES" / "pejl.po"
METHODS = [("**.py", "python"), ("site/templates/**.html", "jinja2"), ("office/**.html", "jinja2")]
"""Python says `message("…")` or, in a view, `here.t("…")`; a template says `t("…")`."""


def collected() -> Catalog:
    """Return every sentence in the source, with the files it stands in."""
    catalogue = Catalog(domain="pejl", charset="utf-8")
    found = extract_from_dir(SOURCE, METHODS, {"**.html": {"silent": "false"}}, keywords={"message": None, "t": None})
    for file, _line, sentence, comments, _context in found:
        catalogue.add(sentence, locations=[(file, 0)], auto_comments=comments)
    return catalogue


def updated() -> Catalog:
    """Return the Danish catalogue brought up to date with the source."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="da", domain="pejl")
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for entry in catalogue:
        entry.flags.discard("python-format")  # a percent sign in a sentence is no placeholder here
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """Return the catalogue as a PO file, without dates that would differ from run to run."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, no_location=True, sort_output=True, width=110)
    fields = ("Language: da", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
    header = "\n".join(('msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields), "", ""))
    return header.encode() + buffer.getvalue()


def main() -> None:
    """Write the catalogue and its compiled form."""
    catalogue = updated()
    PO.write_bytes(as_text(catalogue))
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    missing = sum(1 for entry in catalogue if entry.id and not entry.string)
    print(f"{len(catalogue)} sentences, {missing} without Danish")


if __name__ == "__main__":
    main()
