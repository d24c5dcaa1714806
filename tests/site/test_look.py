"""The look of the site: files under hashed names, and how they are built from the design system."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from tools import assets as building

from pejl.site import assets
from pejl.site.assets import Assets, AssetsMissingError, load_assets, write_served
from pejl.site.rendering import TEMPLATES

ICONS = b'<svg class="icons"></svg>'


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def test_a_file_is_named_after_its_content_and_a_style_sheet_names_it_so() -> None:
    picture = b"<svg/>"
    made = Assets({"css/a.css": b"x{background:url(../img/p.svg)}", "img/p.svg": picture, "icons.svg": ICONS})
    name = f"p.{digest(picture)}.svg"
    style = f"x{{background:url(../img/{name})}}".encode()
    assert made.files == {f"static/img/{name}": picture, f"static/css/a.{digest(style)}.css": style}
    assert made.path("img/p.svg") == f"static/img/{name}"
    assert made.icons == ICONS.decode()


def test_a_style_sheet_changes_its_name_when_what_it_names_changes() -> None:
    def name(picture: bytes) -> str:
        files = {"css/a.css": b"url('../img/p.svg')", "img/p.svg": picture, "icons.svg": ICONS}
        return Assets(files).path("css/a.css")

    assert name(b"one") != name(b"other")


def test_a_style_sheet_that_names_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match=r"img/p\.svg"):
        Assets({"css/a.css": b"url(../img/p.svg)", "icons.svg": ICONS})


def test_without_the_built_files_one_is_told_to_build_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    load_assets.cache_clear()
    try:
        with pytest.raises(AssetsMissingError, match="run make assets"):
            load_assets()
    finally:
        load_assets.cache_clear()


def test_what_is_served_lies_in_the_cache_under_hashed_names(own_cache: Path) -> None:
    folder = write_served()
    assert folder.is_relative_to(own_cache)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {f"static/{name}": content for name, content in found.items()} == load_assets().files
    assert write_served() == folder


def test_no_style_sheet_or_script_names_anything_elsewhere() -> None:
    for name, content in load_assets().files.items():
        if name.endswith((".css", ".js")):
            assert not re.search(rb"url\([\"']?(https?:)?//|sourceMappingURL|@import", content), name


def test_every_icon_that_a_template_uses_is_in_the_pages() -> None:
    used: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r"icon\(\"([a-z-]+)\"", template.read_text()))
        used |= set(re.findall(r"<use href=\"#([a-z-]+)\"", template.read_text()))
    there = set(re.findall(r'<symbol id="([^"]+)"', load_assets().icons))
    assert used
    assert used <= there
    assert there == set(building.ICONS)


PACKAGE = {
    "dist/css/dkfds.min.css": "@font-face{src:url(x.woff)}"
    ".icon-car:not(a){background-image:url(../img/svg-icons/car.svg)}"
    ".a{background:url(../img/svg-icons/plus.svg)}.logo{background:url(../img/logo.png)}/*# sourceMappingURL=x.map */",
    "dist/js/dkfds.min.js": "var DKFDS;\n//# sourceMappingURL=x.map\n",
    "dist/img/svg-icons/plus.svg": "<svg/>",
    "dist/img/svg-icons/car.svg": "<svg/>",
    "dist/img/all-svg-icons.svg": "<svg>"
    + "".join(f'<symbol id="{name}">x</symbol>' for name in building.ICONS)
    + "</svg>",
    "LICENSE.md": "MIT",
    "dist/fonts/IBMPlexSans/complete/woff2/license.txt": "OFL",
    "dist/fonts/IBMPlexSans/complete/ttf/license.txt": "OFL",
    **{f"dist/fonts/IBMPlexSans/split/woff2/{name}": "woff2" for name in building.WEB_FONTS},
    **{f"dist/fonts/IBMPlexSans/complete/ttf/{name}": "ttf" for name in building.PAPER_FONTS},
}


def test_of_the_design_system_only_what_pages_use_is_built(tmp_path: Path) -> None:
    package, target, paper = tmp_path / "package", tmp_path / "target", tmp_path / "paper"
    for name, text in PACKAGE.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    target.mkdir()
    (target / "old.css").write_text("of another version")
    building.build(package, target, paper)
    assert {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()} == {
        "LICENSES.txt",
        "css/dkfds.min.css",
        "icons.svg",
        "img/svg-icons/plus.svg",
        "js/dkfds.min.js",
        *(f"fonts/{name}" for name in building.WEB_FONTS),
    }
    css = (target / "css" / "dkfds.min.css").read_text()
    assert css == ".a{background:url(../img/svg-icons/plus.svg)}.logo{background:none}\n"
    assert {path.name for path in paper.iterdir()} == {*building.PAPER_FONTS, "license.txt"}


def test_the_lock_of_the_npm_packages_names_no_registry_and_every_hash() -> None:
    import json

    lock = json.loads((Path(__file__).parents[2] / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert set(packages) == {"node_modules/dkfds", "node_modules/axe-core"}
    for each in packages.values():
        assert each["integrity"].startswith("sha512-")
        assert "resolved" not in each
