"""Make the picture in the README: what `pejl status` prints for two guideposts of Copenhagen, in Danish.

    python -m tools.screenshot            write docs/pictures/status.svg
    python -m tools.screenshot --check    change nothing; say whether the picture is what would be made now

The workspace is measured in a folder of its own that is removed again. The picture names no web font, so that showing
it fetches nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from unittest import mock

from rich.console import Console, RenderableType
from rich.table import Table
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import pejl
from pejl.publish.status import status_table

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "status.svg"
WORKSPACE = ROOT / "workspaces" / "copenhagen"
STRATEGY = "grundlagspapir_2014_2017"
GUIDEPOSTS = ("1.", "8.")
WIDTH = 120
HEAD_LINES = 4
TITLE = f"pejl status workspaces/copenhagen --strategy {STRATEGY}"
DESCRIPTION = (
    "Two tables in Danish, guideposts 1 and 8: goal, target, figures, whether the target is reached, development"
)

PAPER = TerminalTheme(
    (255, 255, 255),
    (0, 0, 0),
    [
        (33, 37, 41),
        (173, 20, 40),
        (17, 99, 41),
        (125, 78, 0),
        (9, 80, 160),
        (100, 40, 130),
        (0, 95, 110),
        (90, 95, 100),
    ],
)
"""Dark on white: every colour has a contrast of at least 5 to 1, dimmed ones too, against the background."""

FRAME = """\
<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>{label}</title>
<style>
.pejl-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; \
line-height: {line_height}px; }}
.pejl-title {{ font-family: "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 16px; }}
{styles}
</style>
<defs>
<clipPath id="pejl-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#pejl-clip-terminal)">
{backgrounds}
<g class="pejl-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture() -> str:
    """Return the picture as SVG."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, PEJL_CACHE=f"{folder}/cache"):
        copy = Path(folder) / "copenhagen"
        shutil.copytree(WORKSPACE, copy, ignore=shutil.ignore_patterns("releases"))
        city = pejl.open(copy)
        city.measure()
        things = status_table(city.release(), STRATEGY, "da")
    console = Console(record=True, width=WIDTH, file=StringIO(), highlight=False, force_terminal=True)
    for thing in _two_guideposts(things):
        console.print(thing)
    frame = FRAME.replace("{label}", DESCRIPTION)
    svg = console.export_svg(title=TITLE, theme=PAPER, code_format=frame, unique_id="pejl")
    svg = re.sub(r'<g transform="translate\(26,22\)">.*?</g>', "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def _two_guideposts(things: Sequence[RenderableType]) -> Iterator[RenderableType]:
    """Yield the head, then the tables under the two headings, then what is said of all verdicts."""
    yield from things[:HEAD_LINES]
    shown = False
    for position, thing in enumerate(things[HEAD_LINES:], start=HEAD_LINES):
        if isinstance(thing, Text):
            before_table = position + 1 < len(things) and isinstance(things[position + 1], Table)
            shown = thing.plain.startswith(GUIDEPOSTS) if before_table else "dim" in str(thing.style)
            if "underline" in str(thing.style):
                yield thing
                yield Text("")
        if shown:
            yield thing


def main() -> None:
    """Write the picture, or with --check compare it."""
    made = picture()
    if "--check" not in sys.argv[1:]:
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(made, encoding="utf-8")
    elif not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != made:
        sys.exit("docs/pictures/status.svg is not what would be made now: run python -m tools.screenshot")


if __name__ == "__main__":
    main()
