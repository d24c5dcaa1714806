"""Every kind of page in both languages, wide and narrow, in a real browser."""

from __future__ import annotations

import pytest
from tests.site.browsing import WIDTHS, Windows, violations

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
    windows: Windows,
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
    with windows.visiting(origin, width) as visit:
        visit.go(path)
        assert visit.problems() == []
        assert violations(visit.page) == []
        assert len(visit.finished) > 1
        assert visit.loaded() <= MOST_BYTES
