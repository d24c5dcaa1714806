from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from benchmarks.registers.approaches import MODULES
from benchmarks.registers.cells import INDICATORS, Cells, compare, read_cells, times, write_cells
from benchmarks.registers.data import COPIES, make, make_tenfold
from benchmarks.spending import WrongResultError

PERSONS = 2_000
OTHERS = [name for name in MODULES if name != "by hand"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers") / "data"
    make(PERSONS, folder)
    return folder


def counted(name: str, data: Path, scratch: Path) -> Cells:
    cells: Cells = import_module(f"benchmarks.registers.{MODULES[name]}").count(data, "1GB", scratch)
    return cells


@pytest.fixture(scope="module")
def by_hand(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return counted("by hand", data, tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize("name", OTHERS)
def test_every_approach_counts_the_same_cells(name: str, data: Path, by_hand: Cells, tmp_path: Path) -> None:
    assert compare(name, counted(name, data, tmp_path), by_hand) >= len(by_hand)


def test_ten_times_the_rows_give_ten_times_the_numbers(data: Path, by_hand: Cells, tmp_path: Path) -> None:
    make_tenfold(data, tmp_path / "tenfold")
    compare("ten times", counted("by hand", tmp_path / "tenfold", tmp_path), times(by_hand, COPIES))


def test_the_parts_of_a_partition_sum_to_the_total(by_hand: Cells) -> None:
    for indicator in set(INDICATORS) - {"sick_days_per_fte", "social_mobility", "homes_kept_one_year"}:
        for period, persons in totals(by_hand, indicator).items():
            parts = [n for (of, at, by), (_, _, n) in by_hand.items() if (of, at) == (indicator, period) and is_sex(by)]
            assert sum(parts) == persons


def totals(cells: Cells, indicator: str) -> Mapping[str, int]:
    return {period: n for (of, period, by), (_, _, n) in cells.items() if of == indicator and not by}


def is_sex(by: str) -> bool:
    return by.startswith("sex=") and "|" not in by


def test_cells_are_read_as_they_were_written(by_hand: Cells, tmp_path: Path) -> None:
    write_cells(tmp_path / "cells.csv", by_hand)
    assert read_cells(tmp_path / "cells.csv") == by_hand


SAME: Cells = {(name, "2016", ""): (1.0, 4.0, 4) for name in INDICATORS}
CELL = ("school_absence", "2016", "")


def test_a_cell_without_persons_may_be_left_out() -> None:
    assert compare("one", SAME, {**SAME, ("school_absence", "2016", "sex=male"): (0.0, None, 0)}) == 9


@pytest.mark.parametrize("numbers", [(1.0, 4.0, 5), (1.0, 5.0, 4), (1.001, 4.0, 4)])
def test_one_number_that_differs_is_told_with_its_cell(numbers: tuple[float, float, int]) -> None:
    with pytest.raises(WrongResultError, match=r"one: 1 of 8 cells differ\n  school_absence 2016 : .*, expected"):
        compare("one", {**SAME, CELL: numbers}, SAME)


def test_an_approach_that_counts_nobody_is_wrong_even_where_all_do() -> None:
    nobody: Cells = {**SAME, CELL: (0.0, 0.0, 0)}
    with pytest.raises(WrongResultError, match="no persons counted for school_absence"):
        compare("one", nobody, nobody)
