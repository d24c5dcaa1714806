"""What stands in the frozen folders, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.site.checking import Frozen, html_problems

import pejl

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(params=["copenhagen_site", "lilleby_site"])
def site(request: pytest.FixtureRequest) -> Frozen:
    frozen: Frozen = request.getfixturevalue(request.param)
    return frozen


def test_every_page_is_valid_html_whose_references_are_there(site: Frozen) -> None:
    assert [problem for document in site.documents.values() for problem in html_problems(document)] == []


def test_every_link_and_anchor_leads_somewhere_below_the_base_path(site: Frozen) -> None:
    assert [problem for document in site.documents.values() for problem in site.broken_links(document)] == []


def test_every_page_and_feed_carries_the_notice_of_the_workspace(copenhagen_site: Frozen) -> None:
    notices = {
        False: "Ikke en hjemmeside fra Københavns Kommune.",
        True: "Not a website of the City of Copenhagen.",
    }
    names = [*copenhagen_site.documents, "feed.atom", "en/feed.atom"]
    missing = [
        name for name in names if notices[name.startswith("en/")] not in (copenhagen_site.folder / name).read_text()
    ]
    assert missing == []


def test_every_page_of_a_draft_says_udkast_and_asks_not_to_be_indexed(copenhagen_site: Frozen) -> None:
    for name, document in copenhagen_site.documents.items():
        text = document.content.decode()
        assert ("<strong>Draft</strong>" if name.startswith("en/") else "<strong>Udkast</strong>") in text, name
        assert '<meta name="robots" content="noindex">' in text, name


def test_no_page_of_a_public_release_says_that_it_is_a_draft(lilleby_site: Frozen) -> None:
    found = [
        name
        for name, document in lilleby_site.documents.items()
        if "<strong>Udkast</strong>" in (text := document.content.decode()) or "<strong>Draft</strong>" in text
    ]
    assert found == []


def test_an_earlier_release_says_so_on_every_page_and_leads_to_the_same_page_of_the_latest(
    lilleby_site: Frozen,
) -> None:
    goal = lilleby_site.documents["udgaver/2015-r1/maal/fewer-homeless/index.html"]
    assert lilleby_site.base + "maal/fewer-homeless/" in set(goal.links())
    assert lilleby_site.base + "udgaver/2015-r1/maal/homes-kept/" not in set(
        lilleby_site.documents["maal/fewer-homeless/index.html"].links()
    )
    earlier = [name for name in lilleby_site.documents if name.startswith(("udgaver/2015", "en/releases/2015"))]
    assert len(earlier) > 20
    for name in earlier:
        text = (lilleby_site.folder / name).read_text()
        assert 'class="notice-strip old"' in text, name
        assert "noindex" in text, name


def test_the_owner_of_the_site_can_be_reached_from_every_page(lilleby_site: Frozen) -> None:
    for name, document in lilleby_site.documents.items():
        links = set(document.links())
        assert {"tel:12345678", "mailto:strategi@example.dk", "https://was.example.dk/lilleby"} <= links, name


def test_without_contact_and_statement_the_footer_invents_none(copenhagen_site: Frozen) -> None:
    links = {link for document in copenhagen_site.documents.values() for link in document.links()}
    assert not any(link.startswith(("tel:", "mailto:")) for link in links)


def test_the_language_link_leads_to_the_same_page(copenhagen_site: Frozen) -> None:
    base = copenhagen_site.base
    danish = copenhagen_site.documents["indikatorer/homeless/index.html"]
    assert base + "en/indicators/homeless/" in set(danish.links())
    english = copenhagen_site.documents["en/indicators/homeless/index.html"]
    assert base + "indikatorer/homeless/" in set(english.links())


def test_the_sitemap_lists_every_page_of_the_public_release_and_nothing_else(lilleby_site: Frozen) -> None:
    tree = ElementTree.parse(lilleby_site.folder / "sitemap.xml").getroot()
    listed = {str(each.text) for each in tree.iter(f"{MAP}loc")}
    there = {
        "https://example.dk" + lilleby_site.path(name)
        for name in lilleby_site.documents
        if name != "404.html" and not name.startswith(("udgaver/2", "en/releases/2"))
    }
    assert listed == there


def test_the_sitemap_of_a_draft_lists_nothing(copenhagen_site: Frozen) -> None:
    tree = ElementTree.parse(copenhagen_site.folder / "sitemap.xml").getroot()
    assert list(tree.iter(f"{MAP}loc")) == []


@pytest.mark.parametrize("file", ["feed.atom", "en/feed.atom"])
def test_the_feed_has_what_atom_asks_for_and_an_entry_for_each_release(file: str, lilleby_site: Frozen) -> None:
    feed = ElementTree.parse(lilleby_site.folder / file).getroot()
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for record in (feed, *entries):
        assert [len(record.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
    ids = [str(entry.findtext(f"{ATOM}id")) for entry in (feed, *entries)]
    assert len(set(ids)) == 3
    links = [link.attrib["href"] for entry in entries for link in entry.findall(f"{ATOM}link")]
    english = "en/" if file.startswith("en/") else ""
    earlier = "en/releases/" if english else "udgaver/"
    origin = "https://example.dk" + lilleby_site.base
    assert links == [f"{origin}{english}", f"{origin}{earlier}2015-r1/"]


def test_times_in_the_feed_are_those_of_the_releases(lilleby_site: Frozen, lilleby_root: Path) -> None:
    log = [json.loads(line) for line in (lilleby_root / "releases" / "log.jsonl").read_text().splitlines()]
    published = {line["release"]: line["at"].replace("+00:00", "Z") for line in log if line["event"] == "publish"}
    feed = ElementTree.parse(lilleby_site.folder / "feed.atom").getroot()
    told = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert told == [published["2017-r1"], published["2015-r1"]]


def test_everything_under_static_has_the_hash_of_its_content_in_its_name(copenhagen_site: Frozen) -> None:
    import hashlib

    names = [name for name in copenhagen_site.files if name.startswith("static/")]
    assert len(names) > 20
    for name in names:
        digest = hashlib.sha256((copenhagen_site.folder / name).read_bytes()).hexdigest()[:12]
        assert name.rsplit(".", 2)[1] == digest


def test_only_two_weights_of_letters_are_sent_to_readers(copenhagen_site: Frozen) -> None:
    fonts = [name for name in copenhagen_site.files if name.startswith("static/fonts/")]
    assert len(fonts) == 2
    assert all(name.endswith(".woff2") for name in fonts)


def test_nothing_internal_is_found_in_any_file(tmp_path: Path, lilleby_root: Path) -> None:
    import shutil

    root = tmp_path / "planted"
    shutil.copytree(lilleby_root, root)
    canary = "0101011234"
    for release in ("2015-r1", "2017-r1"):
        internal = root / "releases" / release / "internal"
        (internal / "planted.csv").write_text(f"person,cpr\nPlantet Person,{canary}\n", encoding="utf-8")
    done = pejl.open(root).publish(tmp_path / "site")
    for path in done.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert canary.encode() not in content, path
            assert b"Plantet" not in content, path
