"""Auditing a release from what is public, and taking cells back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.release_of_cells import make_release, measurements

from pejl.measure.records import to_record
from pejl.pipeline.auditing import AuditRefusedError, audit, withdraw
from pejl.release import open_release
from pejl.release.ledger import read_ledger, record
from pejl.workspace.states import State

HOLDS = {"homeless": {"2020": {"total": 60, "a": None, "b": 40, "c": None}}}
LEAKS = {"homeless": {"2020": {"total": 43, "a": None, "b": 40}}}


def point(value: float | None, period: str = "2020") -> dict[str, Any]:
    return {"period": period, "value": value, "low": value, "high": value, "n": value, "state": "measured"}


def goal(name: str, indicator: str) -> dict[str, Any]:
    return {
        "id": name,
        "indicator": indicator,
        "latest": point(60),
        "baseline": point(70, "2018"),
        "series": [point(70, "2018"), point(60)],
        "context": [{"kind": "rate", **point(12)}],
        "difference": {"value": -10.0, "p": 0.01},
        "target_status": "reached",
        "development": "right_way",
        "reasons": [{"code": "x"}],
    }


def test_a_release_that_holds_is_proved_and_one_that_leaks_is_not(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    assert audit(tmp_path).report.proved
    make_release(tmp_path, LEAKS)
    found = audit(tmp_path)
    assert found.release == "2020-r2"
    assert [(row.low, row.high) for row in found.report.rows] == [(3, 3)]
    assert audit(tmp_path, "2020-r1").report.proved


def test_the_audit_is_the_same_without_anything_internal(tmp_path: Path) -> None:
    release = make_release(
        tmp_path, HOLDS | {"ill": {"2020": {"total": (30, 60), "a": None, "b": (20, 40), "c": None}}}
    )
    record(tmp_path, release, 5)
    before = audit(tmp_path)
    shutil.rmtree(release.folder / "internal")
    assert audit(tmp_path) == before
    assert len(before.report.rows) == 8


def test_what_another_release_showed_is_used_from_the_ledger(tmp_path: Path) -> None:
    record(tmp_path, make_release(tmp_path, {"homeless": {"2020": {"total": 60, "a": None, "b": 40, "c": 17}}}), 5)
    make_release(tmp_path, HOLDS)
    found = audit(tmp_path)
    assert {row.cell[0][1]: (row.low, row.high, str(row.outcome)) for row in found.report.rows} == {
        "a": (3, 3, "found"),
        "c": (17, 17, "known"),
    }


def test_relations_stand_in_the_release_itself(tmp_path: Path) -> None:
    tables = HOLDS | {"citizens": {"2020": {"total": 70, "a": 6, "b": 45, "c": 19}}}
    make_release(tmp_path, tables, relations={"homeless": [{"kind": "part_of", "indicator": "citizens"}]})
    assert {row.cell[0][1]: (row.low, row.high) for row in audit(tmp_path).report.rows} == {"a": (1, 6), "c": (14, 19)}


def test_what_if_a_table_were_published_too(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    table = tmp_path / "more.csv"
    table.write_text(
        "indicator,period,district,sex,value\nhomeless,2020,a,f,1\nhomeless,2020,a,m,2\nhomeless,2020,b,f,18\n"
        "homeless,2020,b,m,22\nhomeless,2020,c,f,1\nhomeless,2020,c,m,16\n",
        encoding="utf-8",
    )
    found = audit(tmp_path, extra_table=table)
    assert {row.cell[0][1]: (row.low, row.high) for row in found.report.rows} == {"a": (3, 3), "c": (17, 17)}
    assert not found.report.proved
    assert {(row.cell, row.low, row.high) for row in found.report.newly} == {
        ((("district", "a"),), 3, 3),
        ((("district", "c"),), 17, 17),
    }
    assert audit(tmp_path).report.proved
    assert audit(tmp_path).report.newly == ()


def more(folder: Path, *lines: str) -> Path:
    table = folder / "more.csv"
    table.write_text("\n".join(["indicator,period,district,value", *lines, ""]), encoding="utf-8")
    return table


def test_what_is_found_without_the_extra_table_too_is_not_new(tmp_path: Path) -> None:
    make_release(tmp_path, LEAKS)
    found = audit(tmp_path, extra_table=more(tmp_path, "homeless,2020,b,40"))
    assert [(row.cell, row.low) for row in found.report.rows] == [((("district", "a"),), 3)]
    assert found.report.newly == ()


def test_a_small_number_that_stands_in_the_extra_table_itself_is_new_and_so_is_what_it_tells(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    found = audit(tmp_path, extra_table=more(tmp_path, "homeless,2020,a,3")).report
    assert [(row.cell, row.low, row.high) for row in found.newly] == [
        ((("district", "a"),), 3, 3),
        ((("district", "c"),), 17, 17),
    ]
    # Who is told of c, 17, knows that 3 are left for a.
    (row,) = audit(tmp_path, extra_table=more(tmp_path, "homeless,2020,c,17")).report.newly
    assert (row.cell, row.low, row.high) == ((("district", "a"),), 3, 3)


def test_an_extra_table_that_tells_nothing_new_gives_nothing_away(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    found = audit(tmp_path, extra_table=more(tmp_path, "homeless,2019,a,30", "homeless,2019,b,40")).report
    assert found.newly == ()
    assert found.proved


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    for text in ("name;n\nx;1\n", "indicator,period,value\nhomeless,2020,many\n"):
        table = tmp_path / "more.csv"
        table.write_text(text, encoding="utf-8")
        with pytest.raises(AuditRefusedError) as refused:
            audit(tmp_path, extra_table=table)
        assert refused.value.code == "table_not_read"


def test_the_threshold_is_that_of_the_ledger_unless_told(tmp_path: Path) -> None:
    record(tmp_path, make_release(tmp_path, {"homeless": {"2020": {"total": 47, "a": None, "b": 40, "c": None}}}), 5)
    assert audit(tmp_path).report.proved  # 1 to 6
    assert not audit(tmp_path, threshold=10).report.proved


def test_a_row_that_is_taken_back_is_gone_from_the_release_and_kept_as_known(tmp_path: Path) -> None:
    make_release(tmp_path, HOLDS)
    first = make_release(tmp_path, {"homeless": {"2020": {"total": 60, "a": 3, "b": 40, "c": 17}}})
    done = withdraw(tmp_path, first.id, ["homeless:2020:district=a"])
    assert (done.cells, done.files, done.also_in) == (1, ("public/cells/homeless.csv",), ())
    release = open_release(tmp_path, first.id)
    release.verify()
    rows = list(csv.DictReader(io.StringIO(release.read("public/cells/homeless.csv").decode())))
    taken = {name: text for name, text in rows[1].items() if text}
    assert taken == {
        "indicator": "homeless",
        "version": "1",
        "period": "2020",
        "scope": "city",
        "district": "a",
        "state": "withheld",
        "unit": "persons",
        "method": "register",
    }
    assert [row["value"] for row in rows] == ["60", "", "40", "17"]
    assert release.manifest["indicators"]["homeless"] == "withdrawn"
    book = read_ledger(tmp_path).ledger
    assert book.withdrawn == {(("homeless", "1", "2020", "city"), (("district", "a"),))}
    log = (tmp_path / "releases" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(log[-1])["cells"] == ["homeless:2020:district=a"]
    # the same again changes nothing
    assert withdraw(tmp_path, first.id, ["homeless:2020:district=a"]).cells == 1
    assert len(read_ledger(tmp_path).ledger.withdrawn) == 1


def test_a_total_that_is_taken_back_takes_its_verdict_with_it(tmp_path: Path) -> None:
    tables = {"homeless": {"2020": {"total": 60, "a": 40, "b": 20}}, "ill": {"2020": {"total": 60, "a": 40, "b": 20}}}
    release = make_release(tmp_path, tables, goals=[goal("fewer", "homeless"), goal("healthy", "ill")])
    done = withdraw(tmp_path, release.id, ["homeless:2020:total"])
    assert done.files == ("public/cells/homeless.csv", "public/indicators/homeless.json", "public/status.json")
    status = open_release(tmp_path, release.id).status
    fewer, healthy = status["goals"]
    gone = {"period": "2020", "value": None, "low": None, "high": None, "n": None, "state": "withheld"}
    assert fewer["latest"] == gone
    assert fewer["series"] == [point(70, "2018"), gone]
    assert fewer["context"] == []
    assert fewer["difference"] == {"value": None, "p": None}
    assert (fewer["target_status"], fewer["development"], fewer["reasons"]) == ("withheld", "withheld", [])
    assert healthy == goal("healthy", "ill")
    assert status["footnote"]["surviving_benjamini_hochberg"] == ["healthy"]
    (total,) = open_release(tmp_path, release.id).indicator("homeless")["totals"]  # type: ignore[index]
    before = measurements("homeless", tables["homeless"]["2020"])[0]
    assert total == to_record(before.without_number(State.WITHHELD))
    assert (total["value"], total["numerator"], total["n"], total["state"]) == (None, None, None, "withheld")


def test_other_releases_that_show_the_row_still_are_named(tmp_path: Path) -> None:
    for _ in range(2):
        make_release(tmp_path, {"homeless": {"2020": {"total": 60, "a": 40, "b": 20}}})
    assert withdraw(tmp_path, "2020-r1", ["homeless:2020:district=a"]).also_in == ("2020-r2",)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("homeless", "cell_not_named"),
        ("homeless:2020:a", "cell_not_named"),
        ("homeless:2020:district=z", "no_such_cell"),
        ("homeless:1999:total", "no_such_cell"),
        ("housed:2020:total", "no_such_cell"),
    ],
)
def test_a_cell_that_is_not_there_is_refused_before_anything_changes(tmp_path: Path, cell: str, code: str) -> None:
    release = make_release(tmp_path, HOLDS)
    with pytest.raises(AuditRefusedError) as refused:
        withdraw(tmp_path, release.id, ["homeless:2020:district=b", cell])
    assert refused.value.code == code
    assert read_ledger(tmp_path).ledger.editions == ()
    open_release(tmp_path, release.id).verify()


def test_a_row_taken_back_is_known_and_nothing_more_is_found_out(tmp_path: Path) -> None:
    release = make_release(tmp_path, {"homeless": {"2020": {"total": 60, "a": 12, "b": 31, "c": 17}}})
    withdraw(tmp_path, release.id, ["homeless:2020:district=a"])
    found = audit(tmp_path)
    assert [(row.low, row.high, str(row.outcome)) for row in found.report.rows] == [(12, 12, "known")]
    assert found.report.proved
    assert found.before == 0
