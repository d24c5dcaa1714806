"""A small town where too much would be withheld: what readers see of merged codes and of rounded numbers.

With `most_lost = 0` homes assigned (a count) is merged in breakdowns by two, homes kept (a share) and people on the
street (a count) are rounded. Twelve and six homes were assigned in 2016; ten and three people were on the street.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from tests.conftest import MINIMAL
from tests.pipeline.test_remedies import COARSE, ROUND
from tests.site.checking import Document, Element, html_problems

import pejl
from pejl.publish.charts import alt_text, breakdown_of, table_of
from pejl.publish.paper import paper_of
from pejl.publish.paper.model import Paragraph
from pejl.release import current_release
from pejl.release.public import PublicRelease

BASE = "https://example.dk/byen/"
ROUNDED = (
    "Rounded to a multiple of 5, to protect people: each number may be up to 9 off. The figure for all is not rounded."
)
SHARES = (
    "Worked out from numbers of people that are rounded to a multiple of 5, to protect people: each of them may be up "
    "to 5 off. The figure for all is not rounded."
)
MERGED = (
    "Shown in wider groups where two breakdowns are crossed, because too many numbers could otherwise not be shown. "
    "District: Everywhere (North, South)."
)


@pytest.fixture(scope="module")
def town(site_folder: Path) -> Path:
    """The town with its release. Not to be changed."""
    root = site_folder / "coarser"
    for name, content in {**MINIMAL, **COARSE, "pejl.toml": ROUND["pejl.toml"], "figures/.keep": ""}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert pejl.open(root).measure().release is not None
    return root


@pytest.fixture(scope="module")
def release(town: Path) -> PublicRelease:
    """What is public of it."""
    found = current_release(town)
    assert found is not None
    return PublicRelease(found.folder / "public", found.id)


@pytest.fixture(scope="module")
def site(site_folder: Path, town: Path) -> Path:
    """It frozen, with its papers and data."""
    return pejl.open(town).publish(site_folder / "coarser-site", base_url=BASE).folder


def page(site: Path, address: str) -> list[Element]:
    file = f"en/{address}/index.html"
    document = Document(file, (site / file).read_bytes())
    elements = document.elements
    assert html_problems(document) == []
    return elements


def paragraphs(elements: list[Element]) -> list[str]:
    return [each.text for each in elements if each.tag == "p"]


def all_years(site: Path, address: str) -> list[list[str]]:
    text = (site / "en" / address / "index.html").read_text(encoding="utf-8")
    table = text[text.index('id="years"') :].partition("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells]


def test_rounded_numbers_are_marked_in_the_table_and_totals_are_as_they_are(site: Path) -> None:
    assert all_years(site, "indicators/on-the-street/district") == [
        ["District", "2016", "2017"],
        ["North", "about 10", "about 10"],
        ["South", "about 0", "about 5"],
        ["Unknown", "about 0", "about 0"],
        ["All", "13", "19"],
    ]
    assert ROUNDED in paragraphs(page(site, "indicators/on-the-street/district"))


def test_a_share_of_rounded_numbers_says_so_and_one_of_nobody_is_no_missing_data(site: Path) -> None:
    nobody = "△not shown: too few people"
    assert all_years(site, "indicators/homes-kept/district") == [
        ["District", "2016", "2017"],
        ["North", "about 50", "about 67"],
        ["South", "about 50", "about 50"],
        ["Unknown", nobody, nobody],
        ["All", "50", "70"],
    ]
    elements = page(site, "indicators/homes-kept/district")
    assert SHARES in paragraphs(elements)
    assert "△ not shown: too few people" in [each.text for each in elements if each.tag == "li"]


def test_the_drawing_of_rounded_numbers_says_it_in_words_and_in_its_table(release: PublicRelease) -> None:
    chart = breakdown_of(release, "on_the_street", "district", "2016")
    assert chart is not None
    told = alt_text(chart, "en")
    assert "North about 10; South about 0; Unknown about 0." in told
    assert told.endswith(ROUNDED)
    assert table_of(chart, "en").rows == (
        ("North", "about 10", "not shown"),
        ("South", "about 0", "not shown"),
        ("Unknown", "about 0", "not shown"),
        ("All", "13", "7–22"),
    )


def test_merged_groups_are_said_beside_the_files_that_have_them(site: Path) -> None:
    address = "indicators/homes-assigned/district"
    assert all_years(site, address)[1:3] == [["North", "12", "14"], ["South", "6", "6"]]
    assert f"In the files: {MERGED} How we protect people" in paragraphs(page(site, address))
    by_sex = " ".join(paragraphs(page(site, "indicators/homes-assigned/sex")))
    assert "wider groups" not in by_sex


def test_the_pages_of_indicators_and_of_protection_say_what_was_done(site: Path) -> None:
    for name, line in (("homes-assigned", MERGED), ("homes-kept", SHARES), ("on-the-street", ROUNDED)):
        assert [each for each in (MERGED, SHARES, ROUNDED) if each in paragraphs(page(site, f"indicators/{name}"))] == [
            line
        ]
    assert any(
        "shown in wider groups, or its numbers are rounded" in each for each in paragraphs(page(site, "protection"))
    )


def test_the_paper_says_it_where_it_tells_how_each_indicator_is_counted(release: PublicRelease) -> None:
    blocks = paper_of(release, "plan", "en", draft=True).blocks
    told = ["".join(run.text for run in block.runs) for block in blocks if isinstance(block, Paragraph)]
    assert [each for each in told if each.startswith("Broken down: ")] == [
        f"Broken down: {line}" for line in (MERGED, SHARES, ROUNDED)
    ]


def read_json(site: Path, name: str) -> Any:
    return json.loads((site / "data" / name).read_bytes())


def test_the_static_json_has_what_was_done_and_the_codes_behind_a_merged_one(site: Path) -> None:
    told = read_json(site, "v1/indicators/homes_assigned.json")
    (merged,) = told["coarser"]
    assert merged["merged"] == {"district": {"everywhere": ["north", "south"]}}
    assert (merged["rounded"], merged["rounded_within"], merged["text"]["en"]) == (None, None, MERGED)
    rounded = read_json(site, "v1/indicators/on_the_street.json")
    assert [(each["rounded"], each["rounded_within"], each["merged"]) for each in rounded["coarser"]] == [(5, 9, {})]
    widths = {(each["period"], bool(each["dimensions"])): each["rounded_within"] for each in rounded["figures"]}
    assert widths == {("2016", False): None, ("2016", True): 9, ("2017", False): None, ("2017", True): 5}
    index = read_json(site, "v1/index.json")
    codes = index["dimensions"]["district"]["codes"]
    assert [(each["code"], each["of"]) for each in codes] == [
        ("everywhere", ["north", "south"]),
        ("north", None),
        ("south", None),
        ("unknown", None),
    ]
    for schema, document in (("index", index), ("indicator", told), ("indicator", rounded)):
        assert list(Draft202012Validator(read_json(site, f"v1/schema/{schema}.json")).iter_errors(document)) == []


def test_the_other_formats_say_it_too(site: Path) -> None:
    cube = read_json(site, "homes_assigned.en.jsonstat.json")
    assert cube["note"][-1] == MERGED
    categories = cube["dimension"]["district"]["category"]
    assert categories["index"] == ["total", "everywhere", "north", "south", "unknown"]
    assert categories["label"]["everywhere"] == "Everywhere"
    lines = list(csv.DictReader((site / "data/codes/dimension-district.csv").read_text(encoding="utf-8").splitlines()))
    assert [(each["code"], each["label_en"], each["of"]) for each in lines][:3] == [
        ("total", "Total", ""),
        ("everywhere", "Everywhere", "north south"),
        ("north", "North", ""),
    ]
    resources = {each["name"]: each for each in read_json(site, "datapackage.json")["resources"]}
    done = {name: bool(resources[name].get("description")) for name in ("homes_assigned", "homes_kept", "all-figures")}
    assert done == {"homes_assigned": True, "homes_kept": True, "all-figures": False}
    assert MERGED in (site / "data/catalog.ttl").read_text(encoding="utf-8")
    figures = list(csv.DictReader((site / "data/on_the_street.csv").read_text(encoding="utf-8").splitlines()))
    assert {(each["district"] == each["sex"] == "total", each["rounded"]) for each in figures} == {
        (True, ""),
        (False, "5"),
    }


def test_site_papers_and_data_are_the_same_bytes_without_anything_internal(
    site: Path, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was withheld and rounded cannot come from anywhere else than the public folder and the ledger."""
    monkeypatch.setenv("PEJL_CACHE", str(tmp_path / "cache"))
    bare = shutil.copytree(town, tmp_path / "town")
    internal = list((bare / "releases").glob("*/internal"))
    assert internal
    for folder in (*internal, bare / "data", bare / "registers"):
        shutil.rmtree(folder)
    again = pejl.open(bare).publish(tmp_path / "site", base_url=BASE).folder
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == files
    endings = {path.suffix for path in files}
    assert {".html", ".pdf", ".docx", ".csv", ".parquet", ".json", ".ttl", ".jsonld"} <= endings
