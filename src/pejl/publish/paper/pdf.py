"""The paper as PDF/UA-1, set by Typst: tagged, in its language, with alternative texts, fonts embedded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from pejl.publish.paper.marks import MARKS
from pejl.publish.paper.model import Paper, Picture
from pejl.publish.paper.row_heads import with_row_heads
from pejl.text import message

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"
STANDARD = "ua-1"
_REGIONS = {"da": "dk", "en": "gb"}
_TOGETHER = 10
"""So many pictures are drawn in one go; hundreds would take a gigabyte."""


class LettersMissingError(Exception):
    """The typeface of the paper is not installed beside the program; `what` says what to do."""

    def __init__(self) -> None:
        self.what = message("the letters of the paper are missing: run make assets, or install pejl again")
        super().__init__(self.what.render("en"))


def pdf_of(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1; the same paper gives the same bytes.

    Raises:
        LettersMissingError: the typeface is not there.
    """
    import typst

    _require_letters()
    told = json.dumps({**asdict(paper), "mark": paper.mark, "regions": _REGIONS, "marks": MARKS}, ensure_ascii=False)
    compiled: Any = typst.compile  # its types ask for a literal list of standards, and know no list of pages
    found = compiled(
        (_HERE / "paper.typ").read_bytes(),
        format="pdf",
        sys_inputs={"paper": told},
        pdf_standards=[STANDARD],
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return with_row_heads(bytes(found))


def rasters_of(pictures: Sequence[Picture], *, dots_per_inch: float = 144.0) -> list[bytes]:
    """Return the pictures as PNG, in order, one unit of a chart to one point.

    Raises:
        LettersMissingError: the typeface is not there.
    """
    _require_letters()
    found = []
    for start in range(0, len(pictures), _TOGETHER):
        found += _drawn(pictures[start : start + _TOGETHER], dots_per_inch)
    return found


def _drawn(pictures: Sequence[Picture], dots_per_inch: float) -> list[bytes]:
    import typst

    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        "#for (number, svg) in json(bytes(sys.inputs.pictures)).enumerate() {\n"
        "  if number > 0 { pagebreak() }\n"
        '  image(bytes(svg), format: "svg")\n'
        "}\n"
    )
    compiled: Any = typst.compile
    found = compiled(
        source.encode(),
        format="png",
        ppi=dots_per_inch,
        sys_inputs={"pictures": json.dumps([picture.svg for picture in pictures])},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return [bytes(page) for page in found] if isinstance(found, list) else [bytes(found)]


@cache
def letters_key() -> str:
    """Return a hash over the typeface.

    Raises:
        LettersMissingError: it is not there.
    """
    _require_letters()
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(FONTS.glob("*.ttf")))).hexdigest()


def _require_letters() -> None:
    if not (FONTS / "IBMPlexSans-Regular.ttf").is_file():
        raise LettersMissingError
