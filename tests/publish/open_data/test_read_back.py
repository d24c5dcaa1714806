"""What is read back from each format is what the release holds, cell by cell, number by number."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from tests.publish.open_data.worlds import NUMBERS, cell, cells, public_folder

from pejl.publish.open_data import Label, ParquetWriter, label_of
from pejl.publish.open_data.csv_files import FigureLines
from pejl.publish.open_data.excel_files import NONE, ExcelLines
from pejl.publish.open_data.json_stat import figures_json_stat
from pejl.publish.open_data.static_json import indicator_json
from pejl.publish.open_data.tables import FigureTable, table_of
from pejl.publish.open_data.texts import as_it_was
from pejl.publish.words import STATE_WORDS
from pejl.release.public import PublicCell
from pejl.workspace.period import Period
from pejl.workspace.states import State

Told = dict[str, Any]
every_release = given(cells())
not_timed = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
TEXTS = ("state", "unit", "method", "next_due", "source", "note")
ROUNDED = ("rounded", "rounded_within")
EVERY = (*NUMBERS, *TEXTS, *ROUNDED)


@contextmanager
def _read(written: Sequence[PublicCell]) -> Iterator[tuple[FigureTable, Label]]:
    with tempfile.TemporaryDirectory() as folder:
        release = public_folder(Path(folder), written)
        yield table_of(release, "late"), label_of(release, draft=False, made="2026-03-02")


def _facts(told: PublicCell) -> Told:
    """A cell as plain facts; what a CSV of the release cannot tell apart (nothing and an empty text) is the same."""
    named = {name: getattr(told, name) for name in EVERY}
    return named | {"version": told.version, "period": told.period, "scope": told.scope, "by": dict(told.dimensions)}


@every_release
@not_timed
def test_the_csv_for_machines_gives_back_every_figure(written: list[PublicCell]) -> None:
    with _read(written) as (table, label):
        lines = csv.DictReader(io.StringIO(FigureLines(table, label).file().decode("utf-8"), newline=""), strict=True)
        found = [_from_csv(line, table.dimensions) for line in lines]
    assert found == [_facts(each) for each in written]


def _from_csv(line: dict[str, str], dimensions: Sequence[str]) -> Told:
    assert line["withheld"] == ("true" if line["state"] == "withheld" else "false")
    assert line["period_start"] == str(Period.parse(line["period"]).start)
    codes = {name: as_it_was(line[name]) for name in dimensions}
    return {
        **{name: float(line[name]) if line[name] else None for name in NUMBERS},
        **{name: as_it_was(line[name]) or None for name in TEXTS},
        **{name: int(line[name]) if line[name] else None for name in ROUNDED},
        "version": as_it_was(line["definition_version"]),
        "period": line["period"],
        "scope": line["scope"],
        "by": {name: code for name, code in codes.items() if code != "total"},
    }


@every_release
@not_timed
def test_the_csv_for_danish_excel_gives_back_every_number_and_leaves_nothing_blank(written: list[PublicCell]) -> None:
    with _read(written) as (table, label):
        content = ExcelLines(table, label).file()
        assert content.startswith(b"\xef\xbb\xbf")
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        lines = list(csv.reader(text, delimiter=";", strict=True))
        numbers_from = 6 + len(table.dimensions)
    assert len(lines) == len(written) + 1
    assert len({len(line) for line in lines}) == 1
    for told, line in zip(written, lines[1:], strict=True):
        assert all(line), "nothing is blank"
        numbers = line[numbers_from : numbers_from + 6]
        for name, shown in zip(NUMBERS, numbers, strict=True):
            number = getattr(told, name)
            if number is not None:
                assert float(shown.replace(",", ".")) == number
            else:
                assert not any(sign.isdigit() for sign in shown), "words, where there is no number"
        for name, shown in zip(ROUNDED, line[numbers_from + 6 :], strict=False):
            number = getattr(told, name)
            assert shown == (NONE.render("da") if number is None else str(number))
        if told.value is None and told.state != "withheld":
            assert numbers[0] == STATE_WORDS[State(told.state)].render("da")
        codes = line[-4]
        expected = " ".join(f"{name}={code}" for name, code in (("scope", told.scope), *told.dimensions))
        assert codes == expected


@every_release
@not_timed
def test_the_static_json_gives_back_every_figure(written: list[PublicCell]) -> None:
    with _read(written) as (table, label):
        found = json.loads(indicator_json(table, label, [], {}))["figures"]
    for told, each in zip(written, found, strict=True):
        facts = _facts(told)
        assert {name: each[name] for name in EVERY} == {name: facts[name] for name in EVERY}
        assert all(type(each[name]) is type(getattr(told, name)) for name in ROUNDED)
        assert each["dimensions"] == facts["by"]
        assert (each["definition_version"], each["period"], each["scope"]) == (told.version, told.period, told.scope)


@every_release
@not_timed
def test_json_stat_gives_back_every_figure_and_no_other(written: list[PublicCell]) -> None:
    with _read(written) as (table, label):
        content = figures_json_stat(table, label, lambda language: language)["en"]
    key = ("version", "period", "scope")
    expected = {
        (*(facts[name] for name in key), tuple(sorted(facts["by"].items()))): facts for facts in map(_facts, written)
    }
    assert _from_json_stat(json.loads(content)) == expected


def _from_json_stat(told: Told) -> dict[Any, Told]:
    """Read a sparse cube by the specification: a place is the row-major index of its categories."""
    ids, sizes = told["id"], told["size"]
    codes = [told["dimension"][name]["category"]["index"] for name in ids]
    assert [len(each) for each in codes] == sizes

    def category(at: int) -> list[str]:
        places = []
        for size in reversed(sizes):
            at, place = divmod(at, size)
            places.append(place)
        return [listed[place] for listed, place in zip(codes, reversed(places), strict=True)]

    found: dict[Any, Told] = {}

    def figure(at: int) -> tuple[Told, str]:
        version, period, scope, *by, measure = category(at)
        parts = {name: code for name, code in zip(ids[3:-1], by, strict=True) if code != "total"}
        empty = {**dict.fromkeys(EVERY), "version": version, "period": period, "scope": scope, "by": parts}
        return found.setdefault((version, period, scope, tuple(sorted(parts.items()))), empty), measure

    for at, value in told["value"].items():
        facts, measure = figure(int(at))
        facts[measure] = value
    for at, state in told["status"].items():
        facts, _ = figure(int(at))
        assert facts["state"] in (None, state), "one state for all measures of a figure"
        facts["state"] = state
    for name, texts in told["extension"]["cells"].items():
        for text, places in texts.items():
            for at in places:
                facts, measure = figure(at)
                assert measure == "value"
                facts[name] = int(text) if name in ROUNDED else text
    return found


@every_release
@settings(not_timed, max_examples=15)
def test_parquet_gives_back_every_figure(written: list[PublicCell]) -> None:
    with tempfile.TemporaryDirectory() as folder, _read(written) as (table, label), ParquetWriter() as parquet:
        file = Path(folder, "late.parquet")
        file.write_bytes(parquet.content(table, label))
        assert file.read_bytes() == parquet.content(table, label), "the same bytes again"
        with duckdb.connect() as connection:
            rows = connection.execute("SELECT * FROM read_parquet(?)", [str(file)])
            names = [each[0] for each in rows.description or ()]
            found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    for told, each in zip(written, found, strict=True):
        facts = _facts(told)
        assert {name: each[name] for name in EVERY} == {name: facts[name] for name in EVERY}
        assert all(type(each[name]) is type(getattr(told, name)) for name in ROUNDED)
        codes = {name: each[name] for name in table.dimensions if each[name] != "total"}
        assert (each["definition_version"], each["period"], codes) == (told.version, told.period, facts["by"])
        assert each["withheld"] == (told.state == "withheld")
        assert each["period_end"] == Period.parse(told.period).end


def test_a_withheld_figure_is_words_in_the_file_for_excel_and_null_elsewhere() -> None:
    with _read([cell(value=12.5, low=1.0, high=20.0, n=40.0), cell(state="withheld", dimensions=[("sex", "f")])]) as (
        table,
        label,
    ):
        excel = ExcelLines(table, label).file().decode("utf-8-sig").splitlines()[2].split(";")
        figure = json.loads(indicator_json(table, label, [], {}))["figures"][1]
        stat = json.loads(figures_json_stat(table, label, lambda language: language)["da"])
    assert len(set(excel[7:13])) == 1
    assert excel[13] == excel[14] == NONE.render("da")
    assert excel[16] == STATE_WORDS[State.WITHHELD].render("da")
    assert [figure[name] for name in (*NUMBERS, "state")] == [*([None] * 6), "withheld"]
    # The cube is 1 version x 1 period x 1 scope x (total, f) x 6 measures: the second figure is at 6 to 11.
    assert {at: state for at, state in stat["status"].items() if state == "withheld"} == {
        str(at): "withheld" for at in range(6, 12)
    }
    assert sorted(stat["value"], key=int) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("number", "machine", "excel"),
    [
        (1693.0, "1693", "1693"),
        (0.1, "0.1", "0,1"),
        (-3.5, "-3.5", "-3,5"),
        (80.3295057414, "80.3295057414", "80,3295057414"),
    ],
)
def test_numbers_are_written_in_full(number: float, machine: str, excel: str) -> None:
    with _read([cell(value=number)]) as (table, label):
        assert f",{machine}," in FigureLines(table, label).file().decode().splitlines()[1]
        assert ExcelLines(table, label).file().decode().splitlines()[1].split(";")[6] == excel
