"""The same eight indicators in pandas: only the columns needed, codes as categories, summed to the finest cell first.

Every function of an indicator gives one row per person and period, with the day on which the standing is read; homes
are the exception, where a person may have two in a year, so that persons are counted as distinct.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

from benchmarks.registers.cells import CITIZENS, Cells, written_out

FIRST, LAST = 2016, 2025
NEVER = pd.Timestamp("2999-12-31")
KEY = ["person", "day"]
LEVELS = ("from_level", "to_level")
UNIT_SETS: tuple[tuple[str, ...], ...] = ((), ("unit",))
MOVE_SETS: tuple[tuple[str, ...], ...] = ((), LEVELS[:1], LEVELS[1:], LEVELS, ("district", *LEVELS))
NAMES = np.array(["none", "some", "extensive", "acute"])
AGES = pd.CategoricalDtype(["0_17", "18_29", "30_44", "45_64", "65_plus", "unknown"])


class Registers:
    """The Parquet files of a folder; days as datetimes, text as categories, an open end as a day far ahead."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def read(self, name: str, *columns: str) -> pd.DataFrame:
        """Read columns of a register, without rows of no person: beside those, numbers of 60 bits become floats."""
        table = pq.read_table(self.data / f"{name}.parquet", columns=list(columns))
        if "person" in columns and table["person"].null_count:
            table = table.filter(table["person"].is_valid())
        frame: pd.DataFrame = table.to_pandas(date_as_object=False, strings_to_categorical=True)
        if "to_day" in columns:
            frame["to_day"] = frame["to_day"].fillna(NEVER)
        return frame


def count(data: Path, memory: str, scratch: Path) -> Cells:
    """Count every indicator, one after the other, nothing shared; pandas takes no limit of memory, nor a folder."""
    del memory, scratch
    registers = Registers(data)
    cells: Cells = {}
    _citizens(cells, "homes_kept_one_year", homes_kept(registers), registers, distinct=True)
    _citizens(cells, "school_absence", school_absence(registers), registers)
    _citizens(cells, "employment_or_education", employment_or_education(registers), registers)
    _citizens(cells, "poverty_long_term", poverty_long_term(registers), registers)
    _citizens(cells, "support_delivered", support_delivered(registers), registers)
    _citizens(cells, "citizens_special_needs", special_needs(registers), registers)
    staff = sick_days(registers)
    for by in UNIT_SETS:
        _add(cells, "sick_days_per_fte", staff, by, distinct=True)
    moves = mobility(registers)
    for by in MOVE_SETS:
        _add(cells, "social_mobility", moves, by)
    return cells


def homes_kept(registers: Registers) -> pd.DataFrame:
    """Homes assigned, and whether they were kept for a year."""
    assigned = registers.read("housing_assignments", "assignment_id", "person", "assigned_on")
    assigned = assigned[assigned["assigned_on"].dt.year.between(FIRST, LAST - 1)]
    later = assigned["assigned_on"] + pd.DateOffset(years=1)
    month = later.dt.to_period("M")
    assigned = assigned.assign(day=assigned["assigned_on"], later=later)
    assigned = assigned.assign(first=month.dt.start_time, last=month.dt.end_time.dt.normalize())
    residence = registers.read("residence", "person", "from_day", "to_day", "address_type")
    stays = registers.read("stays", "person", "from_day", "to_day", "section")
    homeless = registers.read("homelessness", "person", "from_day", "to_day")

    def those(spells: pd.DataFrame, first: str, last: str) -> pd.Series[int]:
        both = assigned.merge(spells, on="person")
        meet: pd.Series[bool] = (both["from_day"] <= both[last]) & (both["to_day"] >= both[first])
        found: pd.Series[int] = both.loc[meet, "assignment_id"]
        return found

    at_home = assigned["assignment_id"].isin(
        those(residence[residence["address_type"] == "ordinary"], "later", "later")
    )
    in_a_home = assigned["assignment_id"].isin(those(stays[stays["section"].isin(["107", "110"])], "first", "last"))
    without = assigned["assignment_id"].isin(those(homeless, "later", "later"))
    kept = (at_home & ~in_a_home & ~without).astype("int64")
    years = assigned["day"].dt.year.astype(str)
    rows: pd.DataFrame = assigned[KEY]
    return rows.assign(period=years, numerator=kept, denominator=1)


def school_absence(registers: Registers) -> pd.DataFrame:
    """Days of absence and of school, by pupil and school year."""
    absent = ("illness_days", "lawful_days", "unlawful_days")
    rows = registers.read("school_absence", "person", "month_first", "school_days", *absent)
    rows["year"] = rows["month_first"].dt.year + (rows["month_first"].dt.month >= 8)
    rows["numerator"] = rows["illness_days"] + rows["lawful_days"] + rows["unlawful_days"]
    rows = rows.rename(columns={"school_days": "denominator"})
    sums = rows.groupby(["person", "year"], as_index=False, sort=False)[["numerator", "denominator"]].sum()
    return _of_years(sums, school=True)


def employment_or_education(registers: Registers) -> pd.DataFrame:
    """Quarters in employment or education, and all quarters, by person and year."""
    rows = registers.read("labour", "person", "quarter_first", "status")
    rows["year"] = rows["quarter_first"].dt.year
    rows["numerator"] = rows["status"].isin(["employed", "education"]).astype("int64")
    by_year = rows.groupby(["person", "year"], as_index=False, sort=False)
    return _of_years(by_year.agg(numerator=("numerator", "sum"), denominator=("numerator", "size")))


def poverty_long_term(registers: Registers) -> pd.DataFrame:
    """Whether people were poor in each of three years on end."""
    rows = registers.read("income", "person", "year", "equivalised_income", "net_wealth", "student")
    line = rows["year"].map(rows.groupby("year")["equivalised_income"].median() / 2)
    rows["poor"] = (rows["equivalised_income"] < line) & (rows["net_wealth"] < 100_000) & ~rows["student"]
    rows = rows[["person", "year", "poor"]].sort_values(["person", "year"], ignore_index=True)
    two_back = rows.shift(2)
    same = (two_back["person"] == rows["person"]) & (two_back["year"] == rows["year"] - 2)
    poor = rows["poor"].to_numpy()
    rows["numerator"] = 0
    rows.loc[2:, "numerator"] = (poor[2:] & poor[1:-1] & poor[:-2]).astype("int64")
    return _of_years(rows.loc[same, ["person", "year", "numerator"]].assign(denominator=1))


def support_delivered(registers: Registers) -> pd.DataFrame:
    """Minutes of support, by person and year."""
    rows = registers.read("support_delivered", "person", "week_first", "minutes")
    rows["year"] = rows["week_first"].dt.year
    by_year = rows.groupby(["person", "year"], as_index=False, sort=False)
    return _of_years(by_year.agg(numerator=("minutes", "sum")).assign(denominator=1))


def special_needs(registers: Registers) -> pd.DataFrame:
    """Citizens with support, a stay, treatment or no home on the last day of a year."""
    rows = _needs(registers)[["person", "year"]].drop_duplicates()
    return _of_years(rows.assign(numerator=1, denominator=np.nan))


def sick_days(registers: Registers) -> pd.DataFrame:
    """Days of sick leave and years of work, by row."""
    absent = registers.read("sick_absence", "person", "unit", "from_day", "working_days")
    paid = registers.read("pay_months", "person", "unit", "month_first", "fte")
    absent = absent.assign(year=absent["from_day"].dt.year, numerator=absent["working_days"], denominator=0.0)
    paid = paid.assign(year=paid["month_first"].dt.year, numerator=0.0, denominator=paid["fte"] / 12)
    columns = ["person", "unit", "year", "numerator", "denominator"]
    rows = pd.concat([absent[columns], paid[columns]])
    rows = rows[rows["year"].between(FIRST, LAST)]
    return rows.assign(period=rows["year"].astype(str), unit=rows["unit"].astype(str))


def mobility(registers: Registers) -> pd.DataFrame:
    """Moves between levels of vulnerability from one year's end to the next, counted by district and levels."""
    needs = _needs(registers).groupby(["person", "year"], as_index=False, sort=False)["need"].max()
    residents = _at_year_ends(registers.read("residence", "person", "from_day", "to_day", "district"))
    levels = residents.merge(needs, on=["person", "year"], how="left")
    levels["need"] = levels["need"].fillna(0).astype("int8")
    later = levels[["person", "year", "need"]].assign(year=levels["year"] - 1).rename(columns={"need": "to_need"})
    rows = levels[levels["year"] < LAST].merge(later, on=["person", "year"], how="left")
    died = registers.read("persons", "person", "death_date").set_index("person")["death_date"].dt.year
    dead = rows["person"].map(died) <= rows["year"] + 1
    code = rows["to_need"].fillna(4).astype("int8").mask(dead, 5)
    rows = rows.assign(to_need=code)
    fine = rows.groupby(["year", "district", "need", "to_need"], as_index=False, observed=True).size()
    return pd.DataFrame(
        {
            "period": fine["year"].astype(str) + ">" + (fine["year"] + 1).astype(str),
            "district": fine["district"],
            "from_level": NAMES[fine["need"]],
            "to_level": np.array([*NAMES, "moved", "dead"])[fine["to_need"]],
            "numerator": fine["size"],
            "denominator": np.nan,
            "n": fine["size"],
        }
    )


def _needs(registers: Registers) -> pd.DataFrame:
    """Every spell of need that lasts over the end of a year: person, year, how great a need."""
    spell = ("person", "from_day", "to_day")
    support = registers.read("support", *spell, "hours_per_week")
    stays = registers.read("stays", *spell, "section")
    parts = [
        support.assign(need=np.where(support["hours_per_week"] >= 10, 2, 1)),
        stays.assign(need=np.where(stays["section"].isin(["109", "110"]), 3, 2)),
        registers.read("treatments", *spell).assign(need=1),
        registers.read("homelessness", *spell).assign(need=3),
    ]
    return _at_year_ends(pd.concat([part[[*spell, "need"]] for part in parts], ignore_index=True))


def _at_year_ends(spells: pd.DataFrame) -> pd.DataFrame:
    """Repeat each spell for the years on whose last day it lasts."""
    first = spells["from_day"].dt.year.clip(lower=FIRST).to_numpy()
    last_day = (spells["to_day"].dt.month == 12) & (spells["to_day"].dt.day == 31)
    last = (spells["to_day"].dt.year - ~last_day).clip(upper=LAST).to_numpy()
    years = np.maximum(last - first + 1, 0)
    spread = spells.drop(columns=["from_day", "to_day"]).loc[spells.index.repeat(years)].reset_index(drop=True)
    spread["year"] = np.repeat(first, years) + np.arange(len(spread)) - np.repeat(np.cumsum(years) - years, years)
    return spread


def _of_years(rows: pd.DataFrame, *, school: bool = False) -> pd.DataFrame:
    """Add the period, as a category, and its last day to rows with a year."""
    rows = rows[rows["year"].between(FIRST, LAST)]
    years = np.arange(FIRST, LAST + 1)
    names = [f"{year - 1}/{year}" if school else str(year) for year in years]
    days = np.array([f"{year}-07-31" if school else f"{year}-12-31" for year in years], dtype="datetime64[ms]")
    at = rows["year"].to_numpy() - FIRST
    return rows.drop(columns="year").assign(
        day=days[at], period=pd.Categorical.from_codes(at, dtype=pd.CategoricalDtype(names))
    )


def _citizens(
    cells: Cells, indicator: str, rows: pd.DataFrame, registers: Registers, *, distinct: bool = False
) -> None:
    """Add the cube over district, target group, age group and sex, one- and two-way."""
    placed = _placed(rows, registers)
    support = registers.read("support", "person", "from_day", "to_day", "target_group")
    both = placed[KEY].merge(support, on="person")
    lasting = both["day"].between(both["from_day"], both["to_day"])
    groups = both.loc[lasting, [*KEY, "target_group"]].drop_duplicates()
    grouped = placed.merge(groups, on=KEY, how="left")
    grouped["target_group"] = grouped["target_group"].cat.add_categories("none").fillna("none")
    ungrouped = tuple(name for name in CITIZENS if name != "target_group")
    for frame, own, fixed in ((placed, ungrouped, ()), (grouped, CITIZENS, ("target_group",))):
        fine = frame if distinct else _finest(frame, ["period", *own])
        for by in _sets(ungrouped, 2 - len(fixed)):
            _add(cells, indicator, fine, (*fixed, *by), distinct=distinct)


def _placed(rows: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Add district, age group and sex on the day of each row."""
    persons = registers.read("persons", "person", "birth_date", "sex")
    residence = registers.read("residence", "person", "from_day", "to_day", "district")
    residence["district"] = _with_unknown(residence["district"])
    both = rows[KEY].drop_duplicates().merge(residence, on="person")
    homes = both.loc[both["day"].between(both["from_day"], both["to_day"]), [*KEY, "district"]]
    placed = rows.merge(homes, on=KEY, how="left").merge(persons, on="person", how="left")
    placed["district"] = placed["district"].fillna("unknown")
    placed["sex"] = _with_unknown(placed["sex"]).fillna("unknown")
    day, born = placed["day"].dt, placed["birth_date"].dt
    before = (day.month < born.month) | ((day.month == born.month) & (day.day < born.day))
    age = day.year - born.year - before
    bands = np.searchsorted([18, 30, 45, 65], age.to_numpy(), side="right")
    placed["age_group"] = pd.Categorical.from_codes(np.where(age.isna(), 5, bands), dtype=AGES)
    return placed.drop(columns="birth_date")


def _with_unknown(codes: pd.Series[Any]) -> pd.Series[Any]:
    return codes if "unknown" in set(codes.cat.categories) else codes.cat.add_categories("unknown")


def _finest(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = frame.groupby(by, observed=True, sort=False)
    sums = groups[["numerator", "denominator"]].sum(min_count=1)
    return sums.assign(n=groups.size()).reset_index()


def _sets(names: Sequence[str], ways: int) -> Iterable[tuple[str, ...]]:
    return (by for size in range(ways + 1) for by in combinations(names, size))


def _add(cells: Cells, indicator: str, frame: pd.DataFrame, by: tuple[str, ...], *, distinct: bool = False) -> None:
    """Sum a frame by some dimensions, and add the cells; without any denominator they have none."""
    groups = frame.groupby(["period", *by], observed=True, sort=False)
    n = groups["person"].nunique() if distinct else groups["n"].sum()
    sums = groups[["numerator", "denominator"]].sum(min_count=1).assign(n=n).reset_index()
    for row in sums.to_dict("records"):
        written = written_out({name: row[name] for name in by})
        denominator = None if np.isnan(row["denominator"]) else float(row["denominator"])
        cells[indicator, str(row["period"]), written] = float(row["numerator"]), denominator, int(row["n"])
