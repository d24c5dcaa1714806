"""Figures go out into a workbook and come back; only what was changed changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.conftest import FIGURES, INDICATOR, VOCABULARY, MakeWorkspace
from tests.exchange.workbooks import changed, figures, figures_book, found, table_book, told, write

import pejl
from pejl.exchange.changes import ImportRefusedError, apply
from pejl.exchange.figures_template import figures_template, next_period
from pejl.workspace.period import Period

NEXT = 5
"""The row of the next period: a header and three known ones stand above."""

HEADER = ["Series", "Period", "Value", "State", "Source"]


def rows(path: Path) -> list[dict[str, Any]]:
    book = load_workbook(path)
    listed: list[Any] = list(book.worksheets[1].values)
    return [dict(zip(listed[0], row, strict=True)) for row in listed[1:] if any(row)]


def test_the_same_workspace_gives_the_same_bytes(make_workspace: MakeWorkspace) -> None:
    workspace = pejl.open(make_workspace()).declared()
    assert figures_template(workspace, "da") == figures_template(workspace, "da")


def test_every_series_has_its_latest_periods_and_an_empty_row_for_the_next(make_workspace: MakeWorkspace) -> None:
    listed = rows(figures_book(make_workspace()))
    assert [(row["District"], row["Period"], row["Value"]) for row in listed] == [
        (None, 2013, 200),
        (None, 2015, 180),
        (None, 2017, 150),
        (None, 2018, None),
        ("North", 2017, 100),
        ("North", 2018, None),
        ("South", 2017, 50),
        ("South", 2018, None),
    ]
    assert {row["Unit of measure"] for row in listed} == {"persons"}
    assert listed[0]["Stands in"] == "figures/figures.csv:2"


def test_a_workbook_imported_unchanged_changes_nothing(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = figures(figures_book(root), root)
    assert (plan.changes, plan.files, plan.problems) == ((), {}, ())


def test_copenhagen_imported_unchanged_changes_nothing(city: Path) -> None:
    plan = figures(figures_book(city), city)
    assert (plan.changes, plan.files, plan.problems) == ((), {}, ())


def test_a_new_figure_goes_below_the_last_of_its_series_and_every_other_byte_stays(
    make_workspace: MakeWorkspace,
) -> None:
    root = make_workspace({"figures/figures.csv": FIGURES.replace("\n", "\r\n").replace("180", " 180")})
    plan = figures(write(figures_book(root), {("Value", NEXT): "1\u00a0482", ("Source", NEXT): "count, 2018"}), root)
    assert found(plan) == []
    apply(root, plan)
    lines = FIGURES.replace("180", " 180").splitlines()
    lines.append('homeless,2018,total,1482,persons,measured,city,"count, 2018",')
    assert (root / "figures/figures.csv").read_bytes() == "".join(line + "\r\n" for line in lines).encode()


def test_a_corrected_figure_changes_its_fields_alone(make_workspace: MakeWorkspace) -> None:
    odd = FIGURES.replace("homeless,2015,total,180,persons", 'homeless, 2015,"total",180,"persons"')
    root = make_workspace({"figures/figures.csv": "\ufeff" + odd})
    plan = figures(write(figures_book(root), {("Value", 3): 181}), root)
    assert told(plan) == [("Value", "180", "181")]
    assert plan.files["figures/figures.csv"].decode() == "\ufeff" + odd.replace(",180,", ",181,")


def test_semicolons_keep_decimal_commas(make_workspace: MakeWorkspace) -> None:
    percent = INDICATOR.replace("unit: persons", "unit: percent")
    lines = FIGURES.replace("persons", "percent").replace("200", "20").replace("180", "18").replace("150", "15")
    root = make_workspace(
        {
            "indicators/homeless.yaml": percent,
            "figures/figures.csv": lines.replace(",", ";"),
            "strategy/plan.yaml": None,
        }
    )
    book = figures_book(root)
    plan = figures(write(book, {("Value", NEXT): "14,50", ("Source", NEXT): "s"}), root)
    assert found(plan) == []
    assert b"homeless;2018;total;14.50;".replace(b".", b",") in plan.files["figures/figures.csv"]


def test_a_percentage_of_excel_is_read_as_percent(make_workspace: MakeWorkspace) -> None:
    percent = INDICATOR.replace("unit: persons", "unit: percent")
    lines = FIGURES.replace("persons", "percent").replace("200", "20").replace("180", "18").replace("150", "15")
    root = make_workspace(
        {"indicators/homeless.yaml": percent, "figures/figures.csv": lines, "strategy/plan.yaml": None}
    )
    book = write(figures_book(root), {("Value", NEXT): 0.25, ("Source", NEXT): "s"})

    def format_it(sheet: Any) -> None:
        column = next(each.column for each in sheet[1] if each.value == "Value")
        sheet.cell(NEXT, column).number_format = "0%"

    assert told(figures(changed(book, format_it), root)) == [("Value", "–", "25")]
    assert found(figures(write(figures_book(root), {("Value", NEXT): 0.25, ("Source", NEXT): "s"}), root)) == [
        ("Figures!D5", "share_not_percent")
    ]


def test_everything_that_is_wrong_is_named_with_its_cell(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    wrong = {
        ("Series", 20): "Hjemløse",
        ("Period", 20): "engang",
        ("Value", 20): "mange",
        ("State", 20): "måske",
        ("Scope", 20): "the moon",
        ("District", 20): "West",
        ("Value", NEXT): 12.5,
        ("Source", NEXT): "x",
        ("Value", 2): None,
        ("Interval from", 3): 170,
        ("Persons behind", 4): -3,
    }
    plan = figures(write(figures_book(root), wrong), root)
    assert sorted(found(plan)) == [
        ("Figures!A20", "not_on_the_list"),
        ("Figures!B20", "bad_cell"),
        ("Figures!C20", "not_on_the_list"),
        ("Figures!D2", "value_missing"),
        ("Figures!D20", "bad_cell"),
        ("Figures!D5", "impossible_number"),
        ("Figures!F20", "not_on_the_list"),
        ("Figures!I20", "not_on_the_list"),
        ("Figures!J4", "impossible_number"),
        ("Figures!N3", "impossible_number"),
    ]
    assert not plan.ok
    before = (root / "figures/figures.csv").read_bytes()
    with pytest.raises(ImportRefusedError):
        apply(root, plan)
    assert (root / "figures/figures.csv").read_bytes() == before


def test_a_figure_that_is_emptied_needs_the_reason(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    emptied = {("Value", 2): None, ("State", 2): None, ("Source", 2): None}
    assert found(figures(write(figures_book(root), emptied), root)) == [("Figures!D2", "figure_emptied")]
    told_why = {("Value", 2): None, ("State", 2): "no data for the period"}
    plan = figures(write(figures_book(root), told_why), root)
    assert told(plan) == [("Value", "200", "–"), ("State", "measured", "no data for the period")]
    assert b"homeless,2013,total,,persons,no_data,city" in plan.files["figures/figures.csv"]


def test_a_new_number_needs_a_source(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    assert found(figures(write(figures_book(root), {("Value", NEXT): 140}), root)) == [("Figures!G5", "cell_empty")]


def test_a_deleted_row_stays_in_the_workspace(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = figures(changed(figures_book(root), lambda sheet: sheet.delete_rows(2)), root)
    assert (plan.changes, plan.problems) == ((), ())


def test_the_same_figure_twice_is_a_problem(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    twice = {
        **{("Series", row): "homeless" for row in (20, 21)},
        **{("Period", row): 2020 for row in (20, 21)},
        **{("Value", row): row for row in (20, 21)},
        **{("Source", row): "s" for row in (20, 21)},
    }
    assert found(figures(write(figures_book(root), twice), root)) == [("Figures!A21", "row_twice")]


def test_a_sheet_of_ones_own_is_read_by_its_columns(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = make_workspace()
    book = table_book(
        tmp_path / "own.xlsx",
        [["Our figures"], HEADER, ["Citizens in homelessness", 2019.0, "140", "Measured ", " yearly\u00a0 report "]],
    )
    plan = figures(book, root)
    assert found(plan) == []
    assert plan.files["figures/figures.csv"].decode() == (
        FIGURES + "homeless,2019,total,140,persons,measured,city,yearly report,\n"
    )


def test_a_day_is_a_counting_date(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = make_workspace()
    book = table_book(tmp_path / "own.xlsx", [HEADER, ["homeless", datetime(2019, 2, 6), 140, None, "s"]])
    assert b"homeless,2019-02-06,total,140" in figures(book, root).files["figures/figures.csv"]


def test_errors_and_formulas_without_results_are_problems(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    book = write(figures_book(root), {("Value", 3): "=90*2", ("Value", 4): "#N/A"})
    assert found(figures(book, root)) == [
        ("Figures!D3", "formula_without_result"),
        ("Figures!D4", "error_in_cell"),
    ]


def test_merged_cells_are_a_problem(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    book = changed(figures_book(root), lambda sheet: sheet.merge_cells("G2:G4"))
    assert ("Figures!G2", "merged_cells") in found(figures(book, root))


def test_a_renamed_sheet_is_found_and_a_hidden_one_is_said(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()

    def rename(sheet: Any) -> None:
        sheet.title = "Mine"
        sheet.sheet_state = "hidden"

    plan = figures(changed(figures_book(root), rename), root)
    assert (found(plan), plan.ok, plan.changes) == ([("Mine", "hidden_sheet")], True, ())


def test_two_sheets_with_the_columns_are_a_problem(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()

    def copy(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)

    assert [code for _, code in found(figures(changed(figures_book(root), copy), root))] == ["two_data_sheets"]


def test_what_is_no_workbook_is_named(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    root, book = make_workspace(), figures_book(make_workspace())
    content = book.read_bytes()
    cases = {
        "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(500), "old_office_file"),
        "figures.csv": (b"series,period\n", "not_an_office_file"),
        "half.xlsx": (content[: len(content) // 2], "damaged_workbook"),
        "~$figures.xlsx": (b"\x05Anna", "open_elsewhere"),
        "empty.xlsx": (b"", "not_an_office_file"),
    }
    for name, (data, code) in cases.items():
        (tmp_path / name).write_bytes(data)
        assert [each for _, each in found(figures(tmp_path / name, root))] == [code], name
    assert [code for _, code in found(figures(tmp_path / "none.xlsx", root))] == ["unreadable"]
    (tmp_path / "~$figures.xlsx").unlink()
    (tmp_path / ".~lock.figures.xlsx#").write_bytes(b",anna")
    assert [code for _, code in found(figures(book, root))] == ["open_elsewhere"]


def test_a_figure_of_a_series_without_file_gets_one(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    more = INDICATOR.replace("id: homeless", "id: lonely").replace("Citizens in homelessness", "Lonely citizens")
    root = make_workspace({"indicators/lonely.yaml": more.replace("Borgere i hjemløshed", "Ensomme borgere")})
    rows: list[list[object]] = [[*HEADER, "District"], ["lonely", 2019, 140, None, "s", "South side"]]
    plan = figures(table_book(tmp_path / "own.xlsx", rows), root)
    assert found(plan) == []
    assert plan.files == {
        "figures/entered.csv": b"series,period,district,value,unit,state,scope,source,n,numerator,denominator,se,low,"
        b"high,note\nlonely,2019,south,140,persons,measured,city,s,,,,,,,\n"
    }


def test_what_check_refuses_is_refused_with_the_cell(make_workspace: MakeWorkspace, tmp_path: Path) -> None:
    """A scope that has two spellings in a file: only the whole workspace tells."""
    root = make_workspace()
    book = table_book(tmp_path / "own.xlsx", [HEADER, ["homeless", 2013, 201, None, "s"]])
    plan = figures(book, root)
    assert told(plan) == [("Value", "200", "201"), ("Source", "count of 2013", "s")]
    (root / "strategy/plan.yaml").write_text(
        (root / "strategy/plan.yaml")
        .read_text()
        .replace("          period: 2013\n", "          period: 2013\n          value: 200\n", 1)
        .replace("kind: at_most", "kind: level\n            change: -40", 1)
    )
    assert figures(book, root).ok, "the printed baseline counts, not the figure"


def test_a_file_that_changed_meanwhile_stops_everything(make_workspace: MakeWorkspace) -> None:
    root = make_workspace()
    plan = figures(write(figures_book(root), {("Value", 3): 181}), root)
    (root / "figures/figures.csv").write_text(FIGURES + "homeless,2011,total,1,persons,measured,city,s,\n")
    with pytest.raises(ImportRefusedError, match="changed in the meantime"):
        apply(root, plan)


def test_a_rename_that_fails_leaves_nothing_half_done(
    make_workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FIGURES.replace("homeless,", "lonely,")
    root = make_workspace(
        {
            "figures/more.csv": other,
            "indicators/lonely.yaml": INDICATOR.replace("id: homeless", "id: lonely").replace("hjemløshed", "e"),
        }
    )
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    plan = figures(write(figures_book(root), {("Value", 2): 201, ("Value", 10): 199}), root)
    assert set(plan.files) == {"figures/figures.csv", "figures/more.csv"}
    real, calls = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        apply(root, plan)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_next_period_follows_the_rhythm(make_workspace: MakeWorkspace) -> None:
    rhythm = "rhythm:\n  periods:\n    - 2013\n    - 2015\n    - 2019\n    - 2022\n"
    root = make_workspace({"indicators/homeless.yaml": INDICATOR + rhythm})
    listed = [row["Period"] for row in rows(figures_book(root)) if row["District"] is None]
    assert listed == [2013, 2015, 2017, 2019]


@pytest.mark.parametrize(
    ("latest", "following"),
    [("2017", "2018"), ("2017-Q4", "2018-Q1"), ("2016/2017", "2017/2018"), ("2015..2017", "2016..2018"),
     ("2016>2017", "2017>2018")],
)  # fmt: skip
def test_without_a_rhythm_the_next_period_is_the_next_of_its_kind(
    make_workspace: MakeWorkspace, latest: str, following: str
) -> None:
    indicator = pejl.open(make_workspace()).declared().indicators[0]
    assert str(next_period(indicator, [Period.parse(latest)], None)) == following
    assert next_period(indicator, [Period.parse("2017-02-06")], None) is None
    assert next_period(indicator, [Period.parse("2017")], 2020) == Period.year(2020)


def test_a_unit_written_beside_must_be_the_series_own(make_workspace: MakeWorkspace) -> None:
    root = make_workspace({"vocabulary/words.yaml": VOCABULARY})
    assert found(figures(write(figures_book(root), {("Unit of measure", 2): "percent"}), root)) == [
        ("Figures!E2", "other_unit")
    ]
