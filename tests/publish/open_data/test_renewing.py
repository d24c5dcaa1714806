"""A folder made with the help of an earlier one is, byte for byte, the folder that is made without."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.publish.open_data.worlds import MADE, cell, cells, public_folder

from pejl.publish.open_data import Written, write_open_data
from pejl.publish.open_data.earlier import LIST
from pejl.release import ReleaseError
from pejl.release.public import PublicCell, PublicRelease

Figures = Mapping[str, Sequence[PublicCell]]
ONE = [cell("2019", value=12.5), cell("2019", value=3.0, dimensions=[("district", "north")])]
OTHER = [cell("2019", value=40.0), cell("2019", "withheld", [("district", "north")])]
THIRD = [cell("2020", value=7.25), cell("2020", value=1.0, dimensions=[("district", "@home")])]
ALWAYS_NEW = {"README.txt", "catalog.jsonld", "catalog.ttl", "datapackage.json"}
ALL_FIGURES = {"all-figures.csv", "all-figures-excel.csv", "all-figures.parquet"} | {
    f"all-figures.{language}.jsonstat.json" for language in ("da", "en")
}


def _release(folder: Path, figures: Figures, release_id: str = "2020-r1", **more: Any) -> PublicRelease:
    shutil.rmtree(folder, ignore_errors=True)
    public_folder(folder, [], **more)
    (folder / "indicators/late.json").unlink()
    (folder / "cells/late.csv").unlink()
    for indicator, told in figures.items():
        public_folder(folder, told, id_=indicator, **more)
    return PublicRelease(folder, release_id)


def _write(release: PublicRelease, folder: Path, **more: Any) -> tuple[Written, ...]:
    told: dict[str, Any] = {"base_url": "/", "draft": False, "made": MADE} | more
    return write_open_data(release, folder, **told)


def _content(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def _files_of(indicator: str) -> set[str]:
    ends = (".csv", "-excel.csv", ".da.jsonstat.json", ".en.jsonstat.json", ".parquet")
    return {f"{indicator}{end}" for end in ends} | {f"v1/indicators/{indicator}.json"}


def _renewed(scratch: Path, first: Figures, then: Figures, **more: Any) -> tuple[Written, ...]:
    """Write `then` with and without what was written of `first`, and hold that it is the same; return the former."""
    _write(_release(scratch / "public", first), scratch / "first")
    earlier = _content(scratch / "first")
    release = _release(scratch / "public", then, "2021-r1")
    renewed = _write(release, scratch / "renewed", before=scratch / "first", **more)
    _write(release, scratch / "anew", **more)
    assert _content(scratch / "renewed") == _content(scratch / "anew")
    assert _content(scratch / "first") == earlier, "the earlier folder is not touched"
    return renewed


_figures = st.dictionaries(st.sampled_from(["a", "b", "b_1", "c", "d"]), cells(), max_size=5)


@st.composite
def _two_releases(draw: st.DrawFn) -> tuple[Figures, Figures]:
    """Draw a release and the next one: some indicators as they were, some changed, added or gone."""
    first = draw(_figures)
    kept = {each: told for each, told in first.items() if draw(st.booleans())}
    return first, dict(sorted((draw(_figures) | kept).items()))


@given(_two_releases(), st.booleans())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_changed_the_folder_is_the_one_that_is_made_anew(
    releases: tuple[Figures, Figures], draft: bool
) -> None:
    first, then = releases
    with tempfile.TemporaryDirectory() as scratch:
        renewed = _renewed(Path(scratch), first, then, draft=draft)
    same = {each for each, told in then.items() if first.get(each) == told}
    if draft:
        assert not any(each.kept for each in renewed), "the word for a draft stands in every file"
    else:
        assert {each.path for each in renewed if each.kept} == {path for each in same for path in _files_of(each)}


def test_after_one_changed_indicator_only_its_files_and_those_about_everything_are_new(tmp_path: Path) -> None:
    first = {"a": ONE, "b": OTHER, "c": ONE}
    renewed = _renewed(tmp_path, first, first | {"b": THIRD})
    kept = {each.path for each in renewed if each.kept}
    assert kept == _files_of("a") | _files_of("c")
    assert all((tmp_path / "first" / path).samefile(tmp_path / "renewed" / path) for path in kept)
    new = {each.path for each in renewed if not each.kept}
    others = {path for path in new if not path.startswith(("codes/", "v1/", LIST))}
    assert others == _files_of("b") - {"v1/indicators/b.json"} | ALL_FIGURES | ALWAYS_NEW


def test_the_figures_of_what_is_taken_over_are_not_read(tmp_path: Path) -> None:
    first = {"a": ONE, "b": OTHER, "c": ONE}
    _write(_release(tmp_path / "public", first), tmp_path / "first")
    release = _release(tmp_path / "public", first | {"b": THIRD}, "2021-r1")
    read, cells_of = set(), release.cells

    def noted(indicator: str) -> tuple[PublicCell, ...]:
        read.add(indicator)
        return cells_of(indicator)

    release.cells = noted
    _write(release, tmp_path / "renewed", before=tmp_path / "first")
    assert read == {"b"}


def test_a_draft_that_becomes_public_is_made_anew(tmp_path: Path) -> None:
    release = _release(tmp_path / "public", {"a": ONE, "b": OTHER})
    _write(release, tmp_path / "draft", draft=True)
    renewed = _write(release, tmp_path / "renewed", before=tmp_path / "draft")
    _write(release, tmp_path / "anew")
    assert not any(each.kept for each in renewed)
    assert _content(tmp_path / "renewed") == _content(tmp_path / "anew")


@pytest.mark.parametrize(
    "more",
    [{"base_url": "https://small.example/"}, {"made_by": "another version"}],
    ids=["another address", "another version of the software"],
)
def test_what_was_made_otherwise_is_not_taken_over(tmp_path: Path, more: dict[str, Any]) -> None:
    renewed = _renewed(tmp_path, {"a": ONE}, {"a": ONE}, **more)
    assert not any(each.kept for each in renewed)


def test_a_dimension_that_comes_or_goes_changes_the_columns_of_every_figure(tmp_path: Path) -> None:
    by_sex = [*OTHER, cell("2019", value=2.0, dimensions=[("sex", "f")])]
    for first, then in (({"b": OTHER}, {"b": by_sex}), ({"b": by_sex}, {"b": OTHER})):
        renewed = _renewed(tmp_path, {"a": ONE} | first, {"a": ONE} | then)
        assert {each.path for each in renewed if each.kept} == _files_of("a")
        shutil.rmtree(tmp_path / "first")
        shutil.rmtree(tmp_path / "renewed")
        shutil.rmtree(tmp_path / "anew")


def _shorten(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _turn(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-7] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("spoil", [Path.unlink, _shorten, _turn], ids=["gone", "shortened", "changed"])
@pytest.mark.parametrize(
    "path",
    ["a.csv", "a.parquet", "a.da.jsonstat.json", "all-figures.csv", "all-figures-excel.csv", "all-figures.parquet"],
)
def test_a_file_that_somebody_touched_is_not_taken_over(
    tmp_path: Path, path: str, spoil: Callable[[Path], None]
) -> None:
    release = _release(tmp_path / "public", {"a": ONE, "b": OTHER})
    _write(release, tmp_path / "first")
    spoil(tmp_path / "first" / path)
    renewed = _write(release, tmp_path / "renewed", before=tmp_path / "first")
    _write(release, tmp_path / "anew")
    assert _content(tmp_path / "renewed") == _content(tmp_path / "anew")
    kept = {each.path for each in renewed if each.kept}
    assert kept == (_files_of("b") if path in _files_of("a") else _files_of("a") | _files_of("b"))


@pytest.mark.parametrize(
    "told", [None, b"", b"{}", b"[1]", b'{"format":1}', b'{"format":1,"dimensions":[],"parquet":1,"made":[["a"]]}']
)
def test_without_a_list_that_can_be_understood_nothing_is_taken_over(tmp_path: Path, told: bytes | None) -> None:
    release = _release(tmp_path / "public", {"a": ONE})
    _write(release, tmp_path / "first")
    (tmp_path / "first" / LIST).unlink()
    if told is not None:
        (tmp_path / "first" / LIST).write_bytes(told)
    assert not any(each.kept for each in _write(release, tmp_path / "renewed", before=tmp_path / "first"))
    assert _content(tmp_path / "renewed")["a.csv"] == _content(tmp_path / "first")["a.csv"]


def test_a_folder_can_be_written_again_in_its_place(tmp_path: Path) -> None:
    _write(_release(tmp_path / "public", {"a": ONE, "b": OTHER}), tmp_path / "data")
    shutil.copytree(
        tmp_path / "data", tmp_path / "linked", copy_function=lambda one, other: Path(other).hardlink_to(one)
    )
    before = _content(tmp_path / "linked")
    release = _release(tmp_path / "public", {"a": ONE, "b": THIRD})
    _write(release, tmp_path / "data", before=tmp_path / "data")
    _write(release, tmp_path / "anew")
    assert _content(tmp_path / "data") == _content(tmp_path / "anew")
    assert _content(tmp_path / "linked") == before, "a file with two names is replaced, not written into"


def test_a_changed_figure_that_leaks_stops_everything_before_anything_is_written(tmp_path: Path) -> None:
    _write(_release(tmp_path / "public", {"a": ONE, "b": OTHER}), tmp_path / "first")
    release = _release(tmp_path / "public", {"a": ONE, "b": [cell(state="withheld", value=3.0)]})
    with pytest.raises(ReleaseError, match="b"):
        _write(release, tmp_path / "renewed", before=tmp_path / "first")
    assert not (tmp_path / "renewed").exists()


def _by_day(days: int, step: float) -> list[PublicCell]:
    first = date(2001, 1, 1)
    return [cell(str(first + timedelta(days=each)), value=each * step, unit=f"u{each % 7}") for each in range(days)]


def test_parquet_of_thousands_of_figures_does_not_show_where_they_were_read_from(tmp_path: Path) -> None:
    """DuckDB takes 2,048 figures at a time; parts of files end in the middle of that."""
    first = {"a": _by_day(2500, 0.1), "b": _by_day(900, 3.0), "c": _by_day(3100, 0.7)}
    renewed = _renewed(tmp_path, first, {"a": first["a"], "aa": ONE, "b": _by_day(1300, 0.2), "c": first["c"]})
    assert {each.path for each in renewed if each.kept} == _files_of("a") | _files_of("c")


def test_an_earlier_parquet_file_that_would_be_cut_into_many_parts_is_not_used(tmp_path: Path) -> None:
    first = {f"i{at:02}": [cell(value=float(at))] for at in range(20)}
    then = {each: (told if at % 2 else ONE) for at, (each, told) in enumerate(first.items())}
    renewed = _renewed(tmp_path, first, then)
    assert {each.path for each in renewed if each.kept} == {
        path for at in range(1, 20, 2) for path in _files_of(f"i{at:02}")
    }
