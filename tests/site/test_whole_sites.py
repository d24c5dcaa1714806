"""Every page of Copenhagen and of the town that does not exist: `make test-site`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.site.browsing import WIDTHS, serving, violations, visiting
from tests.site.checking import Frozen, html_problems

from pejl.site.freezing import freeze

pytestmark = pytest.mark.every_page

MADE = Path(__file__).parents[2] / "demo" / "ravnsoelund"
BASE = "/hele/byen/"


@pytest.fixture(scope="module")
def town_root(site_folder: Path) -> Path:
    """The town of `pejl demo`, where it is made already (or named by PEJL_TOWN), else made now."""
    root = site_folder / "ravnsoelund"
    made = Path(os.environ.get("PEJL_TOWN", MADE))
    if (made / "releases" / "current.json").is_file():
        return shutil.copytree(made, root)
    from pejl.cli.commands import cli

    cli.main(["demo", str(root)], standalone_mode=False)
    return root


@pytest.fixture(scope="module", params=["copenhagen", "town"])
def whole(request: pytest.FixtureRequest, site_folder: Path) -> Frozen:
    """A whole site, frozen."""
    root: Path = request.getfixturevalue(f"{request.param}_root")
    return Frozen(freeze(root, site_folder / f"whole-{request.param}", BASE).folder, BASE)


@pytest.fixture(scope="module")
def origin(whole: Frozen) -> Iterator[str]:
    with serving(whole.folder, whole.base) as address:
        yield address


def test_every_page_is_valid_html_and_every_link_leads_somewhere(whole: Frozen) -> None:
    found = [problem for each in whole.documents.values() for problem in html_problems(each)]
    found += [problem for each in whole.documents.values() for problem in whole.broken_links(each)]
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_has_nothing_that_browser_policy_or_axe_object_to(
    width: int, whole: Frozen, origin: str, browser: Browser
) -> None:
    found: list[str] = []
    with visiting(browser, origin, width) as visit:
        for name in whole.documents:
            visit.complaints.clear()
            visit.go(whole.path(name))
            found += visit.problems() + violations(visit.page)
    assert found == []
