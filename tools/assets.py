"""Build the look of the site from the design system's npm package: `npm ci` has to have run.

Written to two folders that are not kept under version control but are part of every wheel. `src/pejl/site/static/`:

    css/dkfds.min.css   the neutral theme, without its own fonts and without pictures that no page uses
    js/dkfds.min.js     its components
    fonts/*.woff2       IBM Plex Sans for pages, two weights of Latin letters
    img/…               pictures that the style sheet names
    icons.svg           the icons that pages use, to be put into each page
    LICENSES.txt        of the design system, the letters and the icons

`src/pejl/publish/fonts/`: the same letters as ttf, for the committee's paper and the charts in it.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "node_modules" / "dkfds"
TARGET = ROOT / "src" / "pejl" / "site" / "static"
PAPER = ROOT / "src" / "pejl" / "publish" / "fonts"
ICONS = (
    "arrow-forward",
    "arrow-upward",
    "check",
    "chevron-right",
    "close",
    "document",
    "download",
    "error",
    "info",
    "menu",
    "open-in-new",
    "search",
    "success",
    "warning",
)
WEB_FONTS = ("IBMPlexSans-Regular-Latin1.woff2", "IBMPlexSans-SemiBold-Latin1.woff2")
PAPER_FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf", "IBMPlexSans-Italic.ttf")
_FACE = re.compile(r"@font-face\{[^}]*\}")
_ICON_CLASS = re.compile(r"\.icon-[a-z-]+:not\(a\)\{background-image:url\([^)]*\)\}")
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
_URL = re.compile(r"url\(\.\./(img/[^)]+)\)")
_LOGO = re.compile(r"url\(\.\./img/logo[^)]*\)")
_MAP = re.compile(r"\n?/[/*]# sourceMappingURL=\S+(?: ?\*/)?\s*$")


def style_sheet(package: Path) -> str:
    """Return the style sheet without what no page of ours needs."""
    css = (package / "dist" / "css" / "dkfds.min.css").read_text(encoding="utf-8")
    return _MAP.sub("\n", _LOGO.sub("none", _ICON_CLASS.sub("", _FACE.sub("", css))))


def sprite(package: Path) -> str:
    """Return the icons that pages use as one hidden drawing.

    Raises:
        KeyError: the design system has no icon of a name.
    """
    drawing = (package / "dist" / "img" / "all-svg-icons.svg").read_text(encoding="utf-8")
    symbols = {found.group(1): found.group(0) for found in _SYMBOL.finditer(drawing)}
    return '<svg class="icons" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>'.format(
        "".join(symbols[name] for name in ICONS)
    )


def build(package: Path, target: Path, paper: Path) -> None:
    """Write everything into `target` and `paper` in place of what was there."""
    _build_paper(package, paper)
    shutil.rmtree(target, ignore_errors=True)
    for name in ("css", "js", "fonts", "img"):
        (target / name).mkdir(parents=True)
    css = style_sheet(package)
    (target / "css" / "dkfds.min.css").write_text(css, encoding="utf-8")
    script = (package / "dist" / "js" / "dkfds.min.js").read_text(encoding="utf-8")
    (target / "js" / "dkfds.min.js").write_text(_MAP.sub("\n", script), encoding="utf-8")
    for picture in sorted(set(_URL.findall(css))):
        copied = target / picture
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "dist" / picture, copied)
    fonts = package / "dist" / "fonts" / "IBMPlexSans"
    for name in WEB_FONTS:
        shutil.copyfile(fonts / "split" / "woff2" / name, target / "fonts" / name)
    (target / "icons.svg").write_text(sprite(package), encoding="utf-8")
    licences = ((package / "LICENSE.md"), (fonts / "complete" / "woff2" / "license.txt"))
    (target / "LICENSES.txt").write_text("\n\n".join(file.read_text(encoding="utf-8") for file in licences), "utf-8")


def _build_paper(package: Path, paper: Path) -> None:
    shutil.rmtree(paper, ignore_errors=True)
    paper.mkdir(parents=True)
    letters = package / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
    for name in (*PAPER_FONTS, "license.txt"):
        shutil.copyfile(letters / name, paper / name)


def main() -> None:
    """Build from `node_modules`."""
    if not PACKAGE.is_dir():
        sys.exit("node_modules/dkfds is missing: run make assets")
    build(PACKAGE, TARGET, PAPER)
    for folder in (TARGET, PAPER):
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"Built into {folder.relative_to(ROOT)}: {size // 1024} kB")


if __name__ == "__main__":
    main()
