"""The folder as a whole: labelled, the same on every run, made from what is public, with nothing invented."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.publish.open_data.test_validators import CELLS, CONTACT, LICENCE
from tests.publish.open_data.worlds import MADE, cell, public_folder

from pejl.publish.open_data import ParquetWriter, content_key, indicator_files, label_of, shared_key, write_open_data
from pejl.publish.open_data.columns import column_of_dimension
from pejl.publish.open_data.earlier import LIST
from pejl.publish.open_data.labels import DRAFT
from pejl.publish.open_data.names import address_of
from pejl.release import ReleaseError
from pejl.release.public import PublicRelease

SECRET = "a row that nobody may see"


@pytest.fixture
def release(tmp_path: Path) -> PublicRelease:
    (tmp_path / "internal").mkdir()
    (tmp_path / "internal/rows.csv").write_text(SECRET, encoding="utf-8")
    return public_folder(tmp_path / "public", CELLS)


def _write(release: PublicRelease, folder: Path, **more: Any) -> dict[str, bytes]:
    told: dict[str, Any] = {"base_url": "/", "draft": True, "made": MADE} | more
    written = write_open_data(release, folder, **told)
    files = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    assert [each.path for each in written] == files
    found = {path: (folder / path).read_bytes() for path in files}
    told_of = {each.path: (each.size, each.sha256) for each in written}
    assert told_of == {path: (len(each), hashlib.sha256(each).hexdigest()) for path, each in found.items()}
    return found


def test_two_runs_give_the_same_bytes(release: PublicRelease, tmp_path: Path) -> None:
    again = PublicRelease(release.folder, release.id)
    assert _write(release, tmp_path / "one") == _write(again, tmp_path / "two")


def test_the_files_of_one_indicator_are_those_of_the_folder(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data")
    with ParquetWriter() as parquet:
        alone = indicator_files(release, "late", label_of(release, draft=True, made=MADE), parquet)
    assert {path: folder[path] for path in alone} == alone
    assert {path for path in folder if "late" in path} == set(alone)


def test_every_file_says_draft_and_notice_but_codes_and_schemas(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data")
    draft, notice = DRAFT.render("da"), "Opfundne tal."
    for path, content in folder.items():
        if path.startswith(("codes/", "v1/schema/", LIST)):
            continue
        if path.endswith(".parquet"):
            with duckdb.connect() as connection:
                query = "SELECT DISTINCT draft, synthetic, notice FROM read_parquet(?)"
                rows = connection.execute(query, [str(tmp_path / "data" / path)]).fetchall()
            assert rows == [(True, True, f"{draft} {notice}")]
            continue
        assert f"{draft} {notice}" in content.decode(), path


def test_the_release_and_its_day_stand_in_what_is_about_the_whole_release_and_in_no_file_of_figures(
    release: PublicRelease, tmp_path: Path
) -> None:
    folder = _write(release, tmp_path / "data")
    about_all = {"README.txt", "catalog.jsonld", "catalog.ttl", "datapackage.json", "v1/goals.json", "v1/index.json"}
    for said in (b"2020-r1", MADE.encode()):
        assert {path for path, content in folder.items() if said in content} == about_all
    with duckdb.connect() as connection:
        for path in ("late.parquet", "all-figures.parquet"):
            rows = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "data" / path)])
            assert not {"release", "made"} & {each[0] for each in rows.description or ()}


def test_an_approved_release_is_no_draft(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data", draft=False, made=datetime.fromisoformat(MADE))
    assert json.loads(folder["v1/index.json"])["draft"] is False
    assert json.loads(folder["v1/index.json"])["made"] == MADE
    assert not any(DRAFT.render("da").encode() in content for content in folder.values())
    assert b"access-right/PUBLIC" in folder["catalog.ttl"]


def test_nothing_internal_is_written(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data")
    for told in (SECRET, "SELECT secret", "indicators/late.yaml", str(tmp_path)):
        assert not [path for path, content in folder.items() if told.encode() in content]


def test_everything_in_one_file_is_every_figure_of_every_indicator(tmp_path: Path) -> None:
    public_folder(tmp_path / "public", [cell(value=3.0, dimensions=[("sex", "f")])], id_="early")
    release = public_folder(tmp_path / "public", CELLS)
    folder = _write(release, tmp_path / "data")
    lines = folder["all-figures.csv"].decode().split("\r\n")[1:-1]
    assert [line.partition(",")[0] for line in lines] == ["early", *(["late"] * len(CELLS))]
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT indicator, district, sex, value FROM read_parquet(?)", [str(tmp_path / "data/all-figures.parquet")]
        ).fetchall()
    assert rows[0] == ("early", "total", "f", 3.0)
    assert rows[1:3] == [("late", "total", "total", 12.5), ("late", "total", "total", None)]
    assert [row[1:3] for row in rows[3:]] == [("=1+1", "total"), ("north", "total"), ("total", "1-5")]


def test_the_catalogue_names_size_and_hash_of_every_file(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data")
    catalog = folder["catalog.ttl"].decode()
    for path in ("late.csv", "late-excel.csv", "late.da.jsonstat.json", "late.parquet", "v1/indicators/late.json"):
        assert f"dcat:downloadURL <{path}>" in catalog
        assert f'"{len(folder[path])}"^^xsd:nonNegativeInteger' in catalog
        assert hashlib.sha256(folder[path]).hexdigest() in catalog


@pytest.mark.parametrize(
    ("base_url", "site", "address"),
    [
        ("/", None, None),
        ("/town/", None, None),
        ("https://small.example/town/", None, "https://small.example/town/data/"),
        ("https://small.example", "https://other.example/", "https://small.example/data/"),
        ("/town/", "https://small.example/", "https://small.example/town/data/"),
        ("/", "https://small.example/town", "https://small.example/town/data/"),
    ],
)
def test_the_address_of_the_folder(tmp_path: Path, base_url: str, site: str | None, address: str | None) -> None:
    release = public_folder(tmp_path, CELLS, workspace={"site": {"address": site}})
    assert address_of(release, base_url) == address


def test_without_a_declared_licence_none_is_stated(release: PublicRelease, tmp_path: Path) -> None:
    folder = _write(release, tmp_path / "data")
    assert "licenses" not in json.loads(folder["datapackage.json"])
    assert json.loads(folder["v1/index.json"])["licence"] is None
    assert b"dct:license" not in folder["catalog.ttl"]


def test_a_declared_licence_and_contact_stand_in_all_descriptions(tmp_path: Path) -> None:
    site = {"address": None, "contact": CONTACT, "licence": LICENCE}
    folder = _write(public_folder(tmp_path / "public", CELLS, workspace={"site": site}), tmp_path / "data")
    assert json.loads(folder["datapackage.json"])["licenses"] == [
        {"title": "CC BY 4.0", "name": "CC-BY-4.0", "path": LICENCE["url"]}
    ]
    assert f"dct:license <{LICENCE['url']}>".encode() in folder["catalog.ttl"]
    assert b"<mailto:data@lilleby.example>" in folder["catalog.ttl"]
    assert b"<tel:12345678>" in folder["catalog.ttl"]


def test_a_workspace_that_is_not_the_municipalitys_own_does_not_name_it_as_publisher(tmp_path: Path) -> None:
    folder = _write(public_folder(tmp_path / "public", CELLS, workspace={"own": False}), tmp_path / "data")
    assert 'foaf:name "not stated (not Small Town Council)"@en' in folder["catalog.ttl"].decode()
    assert "contributors" not in json.loads(folder["datapackage.json"])


@pytest.mark.parametrize("leaking", ["value", "low", "high", "n", "numerator", "denominator"])
def test_a_withheld_figure_with_a_number_stops_everything(tmp_path: Path, leaking: str) -> None:
    leak: dict[str, Any] = {leaking: 3.0}
    release = public_folder(tmp_path / "public", [cell(state="withheld", **leak)])
    with pytest.raises(ReleaseError, match="late"):
        _write(release, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_two_figures_about_the_same_stop_everything(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="late"):
        _write(public_folder(tmp_path / "public", [cell(value=1.0), cell(value=2.0)]), tmp_path / "data")


def test_an_indicator_without_figures_and_a_release_without_indicators_can_be_written(tmp_path: Path) -> None:
    release = public_folder(tmp_path / "public", [])
    assert json.loads(_write(release, tmp_path / "one")["v1/indicators/late.json"])["figures"] == []
    (release.folder / "indicators/late.json").unlink()
    nothing = _write(PublicRelease(release.folder, release.id), tmp_path / "two")
    assert json.loads(nothing["v1/index.json"])["indicators"] == []
    assert "all-figures.parquet" not in nothing


def test_the_key_changes_with_the_figures_the_words_the_label_and_the_goals_and_with_nothing_else(
    tmp_path: Path,
) -> None:
    def key(
        name: str, cells: Any = CELLS, goals: Sequence[str] = (), draft: bool = True, made: str = MADE, **more: Any
    ) -> str:
        release = public_folder(tmp_path / name, cells, **more)
        shared = shared_key(release, label_of(release, draft=draft, made=made))
        return content_key(release, "late", goals, shared)

    first = key("first")
    assert key("again") == first
    assert key("another day", made="2027-01-01") == first
    assert key("contact", workspace={"site": {"address": None, "contact": CONTACT}}) == first
    changed = {
        key("figure", [replace(CELLS[0], value=12.6), *CELLS[1:]]),
        key("words", workspace={"scopes": {}}),
        key("notice", workspace={"notice": {"da": "Andre tal.", "en": "Other figures."}}),
        key("approved", draft=False),
        key("definition", note={"da": "Ny note", "en": "New note"}),
        key("goals", goals=["new"]),
    }
    assert len(changed) == 6
    assert first not in changed


@pytest.mark.parametrize(
    ("dimension", "column"),
    [("district", "district"), ("unit", "by_unit"), ("sex_da", "by_sex_da"), ("by_x", "by_by_x")],
)
def test_a_dimension_that_could_be_taken_for_another_column_says_by(dimension: str, column: str) -> None:
    assert column_of_dimension(dimension) == column
