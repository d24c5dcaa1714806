"""The site as Django serves it: the same pages as frozen, with headers that a frozen page cannot have."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.site.checking import Frozen
from tests.site.worlds import DAY, write_lilleby

import pejl
from pejl.pipeline.releasing import approve, withdraw_release
from pejl.release import ReleaseError
from pejl.site.freezing import freeze
from pejl.site.live import Live
from pejl.site.policy import META_POLICY


@pytest.fixture(scope="module")
def client(lilleby_root: Path) -> Iterator[Any]:
    """Django's own client over the whole application with its middleware."""
    from django.conf import settings
    from django.test import Client

    from pejl.site.views import live

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PEJL_WORKSPACE", str(lilleby_root))
        live.cache_clear()
        yield Client(headers={"host": "localhost"})
    live.cache_clear()


@pytest.fixture(scope="module")
def frozen(site_folder: Path, lilleby_root: Path) -> Frozen:
    """The same workspace, frozen at the root of a host."""
    return Frozen(freeze(lilleby_root, site_folder / "lilleby-root").folder, "/")


def test_every_page_is_served_as_it_is_frozen(client: Any, frozen: Frozen) -> None:
    differing = []
    for name in frozen.documents:
        answer = client.get(frozen.path(name))
        assert answer.status_code == 200, name
        if answer.content != frozen.documents[name].content:
            differing.append(name)
    assert differing == []


@pytest.mark.parametrize("file", ["feed.atom", "en/feed.atom", "sitemap.xml"])
def test_feeds_and_lists_are_served_as_they_are_frozen(file: str, client: Any, frozen: Frozen) -> None:
    answer = client.get(f"/{file}")
    assert answer.content == (frozen.folder / file).read_bytes()
    kind = "application/atom+xml" if file.endswith("atom") else "application/xml"
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_open_data_and_papers_are_served_as_they_are_frozen(client: Any, frozen: Frozen) -> None:
    names = [name for name in frozen.files if name.startswith(("data/", "paper/", "udgaver/2015-r1/data/"))]
    files = [name for name in names if not name.endswith(".html")]
    assert len(files) > 10
    for name in files:
        assert client.get(f"/{name}").content == (frozen.folder / name).read_bytes(), name


def test_styles_are_served_under_their_hashed_names_for_ever(client: Any, frozen: Frozen) -> None:
    name = next(name for name in frozen.files if name.startswith("static/css/pejl."))
    answer = client.get(f"/{name}")
    assert b"".join(answer.streaming_content) == (frozen.folder / name).read_bytes()
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_headers_keep_the_browser_from_doing_anything_but_show_the_page(client: Any) -> None:
    headers = client.get("/").headers
    told = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert told == {*(part.strip() for part in META_POLICY.split(";")), "frame-ancestors 'none'"}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_answer_sets_a_cookie_or_varies_by_one(client: Any, frozen: Frozen) -> None:
    for path in ("/", "/en/", "/no-such-page/", "/feed.atom"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_page_that_is_not_there_says_so_with_the_page_for_it(client: Any, frozen: Frozen) -> None:
    answer = client.get("/maal/no-such-goal/")
    assert answer.status_code == 404
    assert answer.content == (frozen.folder / "404.html").read_bytes()


def test_an_address_without_its_last_slash_leads_to_the_page(client: Any) -> None:
    answer = client.get("/maal/fewer-homeless")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/maal/fewer-homeless/")


@pytest.mark.parametrize("path", ["/data/../../pejl.toml", "/data/%2e%2e/%2e%2e/pejl.toml", "/paper//etc/passwd"])
def test_nothing_outside_the_site_can_be_asked_for(path: str, client: Any) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_can_only_be_read(method: str, client: Any) -> None:
    assert getattr(client, method)("/").status_code == 405


def test_a_head_request_gets_the_headers_alone(client: Any) -> None:
    answer = client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_page_the_browser_has_already_is_not_sent_again(client: Any) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304


def test_another_host_is_refused(client: Any) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_no_page_says_how_the_server_is_built(client: Any) -> None:
    answer = client.get("/no-such-page/")
    assert b"Traceback" not in answer.content
    assert b"DEBUG" not in answer.content


def test_a_new_release_and_a_new_standing_are_seen_at_the_next_page(tmp_path: Path) -> None:
    town = pejl.open(write_lilleby(tmp_path / "town"))
    first = town.measure(year=2015, as_of=DAY).release
    assert first is not None
    live = Live(town.folder)

    def front() -> str:
        found = live.read("")
        assert found is not None
        return found.content.decode()

    assert "<strong>Udkast</strong>" in front()
    approve(town.folder, first.id, "Udvalget")
    assert "<strong>Udkast</strong>" not in front()
    assert "180" in front()
    assert town.measure(as_of=DAY).new
    assert "<strong>Udkast</strong>" in front()
    assert "150" in front()


def test_a_withdrawn_release_is_not_served(tmp_path: Path) -> None:
    town = pejl.open(write_lilleby(tmp_path / "town"))
    made = town.measure(as_of=DAY).release
    assert made is not None
    live = Live(town.folder)
    assert live.read("") is not None
    withdraw_release(town.folder, made.id, "Udvalget", {"da": "Et tal kunne regnes ud.", "en": None})
    with pytest.raises(ReleaseError, match="withdrawn"):
        live.read("")


def test_a_release_that_was_withdrawn_disappears_from_the_frozen_site(tmp_path: Path, lilleby_root: Path) -> None:
    root = shutil.copytree(lilleby_root, tmp_path / "town")
    before = Frozen(freeze(root, tmp_path / "site").folder, "/")
    assert any("2015-r1" in name for name in before.files)
    withdraw_release(root, "2015-r1", "Udvalget", {"da": "Et tal kunne regnes ud.", "en": None})
    after = Frozen(freeze(root, tmp_path / "site").folder, "/")
    assert not any("2015-r1" in name for name in after.files)
    listed = (tmp_path / "site" / "udgaver" / "index.html").read_text()
    assert "2015" in listed
    assert "/udgaver/2015-r1/" not in listed
