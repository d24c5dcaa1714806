"""Addresses are for ever: one table, each page once, ids that can be read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.site.addresses import ADDRESSES, Base, BaseRefusedError, path_of, slug
from pejl.text import LANGUAGES

VALUES = {"strategy": "a_1", "goal": "b_2", "indicator": "c_3", "dimension": "d_4", "value": "e_5", "file": "f_6.csv"}


@pytest.mark.parametrize(
    ("name", "values", "danish", "english"),
    [
        ("front", {}, "", "en/"),
        ("goal", {"goal": "fewer_homeless"}, "maal/fewer-homeless/", "en/goals/fewer-homeless/"),
        ("strategy", {"strategy": "plan_2014"}, "strategier/plan-2014/", "en/strategies/plan-2014/"),
        (
            "breakdown",
            {"indicator": "homeless", "dimension": "age_group"},
            "indikatorer/homeless/age-group/",
            "en/indicators/homeless/age-group/",
        ),
        ("status_target", {"value": "not_reached"}, "status/maal/not-reached/", "en/status/target/not-reached/"),
        ("a_z", {}, "a-aa/", "en/a-z/"),
        ("open_data", {}, "data/", "en/open-data/"),
        ("feed", {}, "feed.atom", "en/feed.atom"),
        ("data_file", {"file": "all_figures.csv"}, "data/all_figures.csv", "data/all_figures.csv"),
        ("not_found", {}, "404.html", "404.html"),
    ],
)
def test_a_page_stands_at_its_address(name: str, values: dict[str, str], danish: str, english: str) -> None:
    assert path_of(name, "da", values) == danish
    assert path_of(name, "en", values) == english


def test_an_earlier_release_has_the_same_addresses_below_its_own() -> None:
    values = {"goal": "fewer_homeless"}
    assert path_of("goal", "da", values, "2015-r1") == "udgaver/2015-r1/maal/fewer-homeless/"
    assert path_of("goal", "en", values, "2015-r1") == "en/releases/2015-r1/goals/fewer-homeless/"
    assert path_of("front", "en", {}, "2015-r1") == "en/releases/2015-r1/"
    assert path_of("data_file", "en", {"file": "homeless.csv"}, "2015-r1") == "udgaver/2015-r1/data/homeless.csv"


def test_the_list_of_releases_and_the_feed_are_one_for_all_releases() -> None:
    assert path_of("releases", "da", {}, "2015-r1") == "udgaver/"
    assert path_of("feed", "en", {}, "2015-r1") == "en/feed.atom"


def test_no_two_pages_have_the_same_address() -> None:
    paths = [
        path_of(name, language, VALUES, release)
        for name, address in ADDRESSES.items()
        for language in (LANGUAGES[:1] if address.bare else LANGUAGES)
        for release in (None, "2015-r1")
        if not (release and name in ("releases", "feed"))
    ]
    assert len(set(paths)) == len(paths)


def test_a_missing_value_is_a_fault_of_the_callers() -> None:
    with pytest.raises(KeyError, match="goal"):
        path_of("goal", "da", {})


@given(st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True))
def test_an_id_can_be_read_back_from_its_address(identifier: str) -> None:
    found = slug(identifier)
    assert re.fullmatch(r"[a-z0-9-]+", found)
    assert found.replace("-", "_") == identifier


@pytest.mark.parametrize(
    ("text", "address", "path", "origin"),
    [
        ("/", None, "/", ""),
        ("", None, "/", ""),
        ("/strategi", None, "/strategi/", ""),
        ("/byen/strategi/", "https://a.dk/x/", "/byen/strategi/", "https://a.dk"),
        ("https://b.dk/strategi", "https://a.dk/", "/strategi/", "https://b.dk"),
        ("https://b.dk", None, "/", "https://b.dk"),
        ("http://localhost:8000/", None, "/", "http://localhost:8000"),
    ],
)
def test_the_place_of_the_site_is_a_path_or_a_whole_address(
    text: str, address: str | None, path: str, origin: str
) -> None:
    base = Base.parse(text, address)
    assert (base.path, base.origin) == (path, origin)
    assert base.url("maal/x/") == f"{path}maal/x/"
    assert base.absolute("maal/x/") == f"{origin}{path}maal/x/"


@pytest.mark.parametrize(
    "text", ["strategi/", "//b.dk/", "ftp://b.dk/", "/a b/", "/a?b", "/a#b", "/<a>/", 'https://"/']
)
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(BaseRefusedError, match=re.escape(f"'{text}'")) as refused:
        Base.parse(text)
    assert refused.value.what.render("da").startswith(f"'{text}'")
