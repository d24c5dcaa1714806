"""Frozen sites and a browser, each made once for all tests of the site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.site import specimens
from tests.site.browsing import Windows, serving
from tests.site.checking import Frozen
from tests.site.worlds import copenhagen, lilleby_with_releases

import pejl
from pejl.site.addresses import Base
from pejl.site.freezing import freeze_publication
from pejl.site.page import PageKind
from pejl.site.publication import Publication, file_of
from pejl.site.rendering import environment
from pejl.site.standings import releases_to_publish
from pejl.text import LANGUAGES, Language

BASE = "/byen/strategi/"


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for everything that is made once, with a cache of its own."""
    folder = tmp_path_factory.mktemp("sites")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEJL_CACHE", str(folder / "cache"))
        patch.setenv("XDG_DATA_HOME", str(folder / "data-home"))
        yield folder


@pytest.fixture(scope="session")
def copenhagen_root(site_folder: Path) -> Path:
    """Copenhagen with a draft release. Not to be changed."""
    return copenhagen(site_folder / "copenhagen")


@pytest.fixture(scope="session")
def lilleby_root(site_folder: Path) -> Path:
    """The small town with two public releases. Not to be changed."""
    return lilleby_with_releases(site_folder / "lilleby")


@pytest.fixture(scope="session")
def copenhagen_site(site_folder: Path, copenhagen_root: Path) -> Frozen:
    """Copenhagen, frozen below a base path."""
    done = pejl.open(copenhagen_root).publish(site_folder / "copenhagen-site", base_url=BASE)
    return Frozen(done.folder, BASE)


@pytest.fixture(scope="session")
def lilleby_site(site_folder: Path, lilleby_root: Path) -> Frozen:
    """The small town, frozen below a base path: its release of 2017, and that of 2015 under /udgaver/."""
    done = pejl.open(lilleby_root).publish(site_folder / "lilleby-site", base_url=f"https://example.dk{BASE}")
    return Frozen(done.folder, BASE)


@pytest.fixture(scope="session")
def copenhagen_origin(copenhagen_site: Frozen) -> Iterator[str]:
    """Where Copenhagen's frozen site is served while the tests run."""
    with serving(copenhagen_site.folder, copenhagen_site.base) as origin:
        yield origin


@pytest.fixture(scope="session")
def lilleby_origin(lilleby_site: Frozen) -> Iterator[str]:
    """Where the town's frozen site is served while the tests run."""
    with serving(lilleby_site.folder, lilleby_site.base) as origin:
        yield origin


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Windows]:
    """Windows of the browser that tests look at pages in, one after the other."""
    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def copenhagen_pages(copenhagen_root: Path, copenhagen_site: Frozen) -> dict[tuple[str, Language], str]:
    """Of every kind of page and language the address of the page that says the most."""
    return largest_pages(copenhagen_root, copenhagen_site)


@pytest.fixture(scope="session")
def lilleby_pages(lilleby_root: Path, lilleby_site: Frozen) -> dict[tuple[str, Language], str]:
    """Of every kind of page and language the address of the page that says the most."""
    return largest_pages(lilleby_root, lilleby_site)


def largest_pages(root: Path, site: Frozen) -> dict[tuple[str, Language], str]:
    found: dict[tuple[str, Language], str] = {}
    size: dict[tuple[str, Language], int] = {}
    for place in Publication(releases_to_publish(root), Base(site.base)).first.places.values():
        content = (site.folder / file_of(place.path)).stat().st_size
        if content > size.get((place.name, place.language), 0):
            size[place.name, place.language] = content
            found[place.name, place.language] = site.base + place.path
    return found


@pytest.fixture
def town(tmp_path: Path, lilleby_root: Path) -> Path:
    """The small town, to be changed."""
    return shutil.copytree(lilleby_root, tmp_path / "town")


@pytest.fixture
def specimen_kinds(monkeypatch: pytest.MonkeyPatch) -> tuple[PageKind, ...]:
    """Pages that are quick to make, and whose sources are known by heart."""
    from jinja2 import FileSystemLoader

    from pejl.site.rendering import TEMPLATES

    for language in LANGUAGES:
        monkeypatch.setattr(environment(language), "loader", FileSystemLoader([TEMPLATES, specimens.TEMPLATES]))
    return specimens.KINDS


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, specimen_kinds: tuple[PageKind, ...]) -> Callable[[Path, Path], Any]:
    """Freezes a workspace with the specimens only, without open data and papers."""
    monkeypatch.setattr("pejl.site.freezing.extras", lambda _: iter(()))

    def freeze_specimens(root: Path, to: Path) -> Any:
        return freeze_publication(Publication(releases_to_publish(root), Base(), kinds=specimen_kinds), to)

    return freeze_specimens
