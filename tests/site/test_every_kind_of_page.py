"""Every kind of page in both languages, wide and narrow, in a real browser."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Request
from tests.site.browsing import WIDTHS, Visit, violations, visiting

from pejl.site.pages import KINDS
from pejl.text import LANGUAGES, Language

NAMES = ("not_found", *(kind.name for kind in KINDS))
MOST_BYTES = 300_000

Pages = dict[tuple[str, Language], str]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_nothing_that_browser_policy_or_axe_object_to(
    name: str,
    language: Language,
    width: int,
    browser: Browser,
    copenhagen_pages: Pages,
    copenhagen_origin: str,
    lilleby_pages: Pages,
    lilleby_origin: str,
) -> None:
    if (name, language) == ("not_found", "en"):
        pytest.skip("one file for both languages")
    if path := copenhagen_pages.get((name, language)):
        origin = copenhagen_origin
    else:
        path, origin = lilleby_pages[name, language], lilleby_origin
    with visiting(browser, origin, width) as visit:
        loaded = _loaded(visit)
        visit.go(path)
        assert visit.problems() == []
        assert violations(visit.page) == []
        assert sum(loaded) <= MOST_BYTES


def _loaded(visit: Visit) -> list[int]:
    """Return the list that the gzipped sizes of everything loaded are put into."""
    sizes: list[int] = []

    def finished(asked: Request) -> None:
        answer = asked.response()
        assert answer is not None
        sizes.append(len(gzip.compress(answer.body(), mtime=0)))

    visit.page.on("requestfinished", finished)
    return sizes
