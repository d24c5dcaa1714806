"""The same eight indicators in polars: lazy frames, only the columns needed, summed to the finest cell first.

Every function of an indicator gives one row per person and period, with the day on which the standing is read; homes
are the exception, where a person may have two in a year, so that persons are counted as distinct.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import polars as pl

from benchmarks.registers.cells import CITIZENS, Cells, written_out

FIRST, LAST = 2016, 2025
NEVER = date(9999, 12, 31)
UNTIL = pl.col("to_day").fill_null(NEVER)
SUMS = (pl.col("numerator").sum(), pl.col("denominator").sum())
KEY = ("person", "day")
LEVELS = ("from_level", "to_level")
UNIT_SETS: tuple[tuple[str, ...], ...] = ((), ("unit",))
MOVE_SETS: tuple[tuple[str, ...], ...] = ((), LEVELS[:1], LEVELS[1:], LEVELS, ("district", *LEVELS))


class Registers:
    """The Parquet files of a folder as lazy frames."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __getitem__(self, name: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.data / f"{name}.parquet")


def count(data: Path, memory: str, scratch: Path) -> Cells:
    """Count every indicator, one after the other, nothing shared; polars takes no limit of memory, nor a folder."""
    del memory, scratch
    read = Registers(data)
    cells: Cells = {}
    _citizens(cells, "homes_kept_one_year", homes_kept(read), read, distinct=True)
    _citizens(cells, "school_absence", school_absence(read), read)
    _citizens(cells, "employment_or_education", employment_or_education(read), read)
    _citizens(cells, "poverty_long_term", poverty_long_term(read), read)
    _citizens(cells, "support_delivered", support_delivered(read), read)
    _citizens(cells, "citizens_special_needs", special_needs(read), read)
    staff = sick_days(read)
    for by in UNIT_SETS:
        _add(cells, "sick_days_per_fte", staff, by, n=pl.col("person").n_unique())
    moves = mobility(read)
    for by in MOVE_SETS:
        _add(cells, "social_mobility", moves, by, n=pl.col("n").sum())
    return cells


def homes_kept(read: Registers) -> pl.LazyFrame:
    """Homes assigned, and whether they were kept for a year."""
    assigned = read["housing_assignments"].filter(
        pl.col("assigned_on").is_between(date(FIRST, 1, 1), date(LAST - 1, 12, 31))
    )
    assigned = assigned.with_columns(day=pl.col("assigned_on"), later=pl.col("assigned_on").dt.offset_by("1y"))
    then = pl.col("later").is_between(pl.col("from_day"), UNTIL)
    in_the_month = (pl.col("from_day") <= pl.col("later").dt.month_end()) & (pl.col("later").dt.month_start() <= UNTIL)
    ordinary = read["residence"].filter(pl.col("address_type") == "ordinary")
    homes = read["stays"].filter(pl.col("section").is_in(["107", "110"]))
    key = "assignment_id"
    at_home = assigned.join(ordinary, on="person").filter(then).select(key)
    in_a_home = assigned.join(homes, on="person").filter(in_the_month).select(key)
    homeless = assigned.join(read["homelessness"], on="person").filter(then).select(key)
    kept = at_home.unique().join(in_a_home, on=key, how="anti").join(homeless, on=key, how="anti")
    rows = assigned.join(kept.with_columns(numerator=pl.lit(1)), on=key, how="left")
    return rows.select(
        *KEY,
        pl.col("day").dt.year().cast(pl.String).alias("period"),
        pl.col("numerator").fill_null(0),
        pl.lit(1).alias("denominator"),
    )


def school_absence(read: Registers) -> pl.LazyFrame:
    """Days of absence and of school, by pupil and school year."""
    month = pl.col("month_first")
    rows = read["school_absence"].select(
        "person",
        (month.dt.year() + (month.dt.month() >= 8)).alias("year"),
        (pl.col("illness_days") + pl.col("lawful_days") + pl.col("unlawful_days")).alias("numerator"),
        pl.col("school_days").alias("denominator"),
    )
    return _of_years(rows.group_by("person", "year").agg(*SUMS), school=True)


def employment_or_education(read: Registers) -> pl.LazyFrame:
    """Quarters in employment or education, and all quarters, by person and year."""
    occupied = pl.col("status").is_in(["employed", "education"]).cast(pl.Int64)
    rows = read["labour"].select("person", pl.col("quarter_first").dt.year().alias("year"), numerator=occupied)
    return _of_years(rows.group_by("person", "year").agg(pl.col("numerator").sum(), denominator=pl.len()))


def poverty_long_term(read: Registers) -> pl.LazyFrame:
    """Whether people were poor in each of three years on end."""
    low = pl.col("equivalised_income") < pl.col("equivalised_income").median().over("year") / 2
    poor = (low & (pl.col("net_wealth") < 100_000) & ~pl.col("student")).cast(pl.Int64)
    rows = read["income"].select("person", "year", poor=poor).sort("person", "year")
    rows = rows.with_columns(
        numerator=(pl.col("poor") * pl.col("poor").shift(1) * pl.col("poor").shift(2)), denominator=pl.lit(1)
    ).filter((pl.col("person").shift(2) == pl.col("person")) & (pl.col("year").shift(2) == pl.col("year") - 2))
    return _of_years(rows.drop("poor"))


def support_delivered(read: Registers) -> pl.LazyFrame:
    """Minutes of support, by person and year."""
    rows = read["support_delivered"].select(
        "person", pl.col("week_first").dt.year().alias("year"), pl.col("minutes").alias("numerator")
    )
    return _of_years(rows.group_by("person", "year").agg(pl.col("numerator").sum(), denominator=pl.lit(1)))


def special_needs(read: Registers) -> pl.LazyFrame:
    """Citizens with support, a stay, treatment or no home on the last day of a year."""
    rows = _needs(read).select("person", "year").unique()
    return _of_years(rows.with_columns(numerator=pl.lit(1), denominator=pl.lit(None, pl.Int64)))


def sick_days(read: Registers) -> pl.DataFrame:
    """Days of sick leave and years of work, by row."""
    absent = read["sick_absence"].select(
        "person",
        "unit",
        pl.col("from_day").dt.year().alias("year"),
        pl.col("working_days").alias("numerator"),
        pl.lit(0.0).alias("denominator"),
    )
    paid = read["pay_months"].select(
        "person",
        "unit",
        pl.col("month_first").dt.year().alias("year"),
        pl.lit(0.0).alias("numerator"),
        (pl.col("fte") / 12).alias("denominator"),
    )
    rows = pl.concat([absent, paid]).filter(pl.col("year").is_between(FIRST, LAST))
    return rows.with_columns(period=pl.col("year").cast(pl.String)).collect()


def mobility(read: Registers) -> pl.DataFrame:
    """Moves between levels of vulnerability from one year's end to the next, counted by district and levels."""
    names = ["none", "some", "extensive", "acute"]
    needs = _needs(read).group_by("person", "year").agg(pl.col("need").max())
    residents = _at_year_ends(read["residence"].select("person", "from_day", "to_day", "district"))
    levels = residents.join(needs, on=["person", "year"], how="left").select(
        "person", "year", "district", level=pl.col("need").fill_null(0).replace_strict([0, 1, 2, 3], names)
    )
    later = levels.select("person", pl.col("year") - 1, to_level=pl.col("level"))
    deaths = read["persons"].select("person", died=pl.col("death_date").dt.year())
    rows = levels.filter(pl.col("year") < LAST).join(later, on=["person", "year"], how="left")
    rows = rows.join(deaths, on="person", how="left").select(
        (pl.col("year").cast(pl.String) + ">" + (pl.col("year") + 1).cast(pl.String)).alias("period"),
        "district",
        pl.col("level").alias("from_level"),
        pl.when(pl.col("died") <= pl.col("year") + 1)
        .then(pl.lit("dead"))
        .otherwise(pl.col("to_level").fill_null("moved"))
        .alias("to_level"),
    )
    fine = rows.group_by("period", "district", *LEVELS).agg(n=pl.len())
    return fine.with_columns(numerator=pl.col("n"), denominator=pl.lit(None, pl.Int64)).collect()


def _needs(read: Registers) -> pl.LazyFrame:
    """Every spell of need that lasts over the end of a year: person, year, how great a need."""
    known = pl.col("person").is_not_null()
    spell = ("person", "from_day", "to_day")

    def graded(name: str, need: pl.Expr) -> pl.LazyFrame:
        return read[name].filter(known).select(*spell, need=need)

    return _at_year_ends(
        pl.concat(
            [
                graded("support", pl.when(pl.col("hours_per_week") >= 10).then(2).otherwise(1)),
                graded("stays", pl.when(pl.col("section").is_in(["109", "110"])).then(3).otherwise(2)),
                graded("treatments", pl.lit(1)),
                graded("homelessness", pl.lit(3)),
            ]
        )
    )


def _at_year_ends(spells: pl.LazyFrame) -> pl.LazyFrame:
    """Repeat each spell for the years on whose last day it lasts."""
    until = UNTIL.dt.year() - (pl.date(UNTIL.dt.year(), 12, 31) > UNTIL).cast(pl.Int32)
    years = pl.int_ranges(
        pl.max_horizontal(pl.col("from_day").dt.year(), FIRST), pl.min_horizontal(until, LAST) + 1, dtype=pl.Int64
    )
    spread = spells.with_columns(year=years).explode("year").filter(pl.col("year").is_not_null())
    return spread.drop("from_day", "to_day")


def _of_years(rows: pl.LazyFrame, *, school: bool = False) -> pl.LazyFrame:
    """Add the period and its last day to rows with a year."""
    year = pl.col("year")
    period = pl.format("{}/{}", year - 1, year) if school else year.cast(pl.String)
    return (
        rows.filter(year.is_between(FIRST, LAST))
        .with_columns(day=pl.date(year, 7 if school else 12, 31), period=period)
        .drop("year")
    )


def _citizens(cells: Cells, indicator: str, rows: pl.LazyFrame, read: Registers, *, distinct: bool = False) -> None:
    """Add the cube over district, target group, age group and sex, one- and two-way."""
    placed = _placed(rows, read).collect()
    support = read["support"].select("person", "from_day", "to_day", "target_group")
    groups = (
        placed.lazy()
        .select(*KEY)
        .unique()
        .join(support, on="person")
        .filter(pl.col("day").is_between(pl.col("from_day"), UNTIL))
        .select(*KEY, "target_group")
        .unique()
    )
    grouped = placed.lazy().join(groups, on=KEY, how="left").with_columns(pl.col("target_group").fill_null("none"))
    ungrouped = tuple(name for name in CITIZENS if name != "target_group")
    n = pl.col("person").n_unique() if distinct else pl.col("n").sum()
    for frame, own, fixed in ((placed, ungrouped, ()), (grouped.collect(), CITIZENS, ("target_group",))):
        fine = frame if distinct else frame.group_by("period", *own).agg(*SUMS, n=pl.len())
        for by in _sets(ungrouped, 2 - len(fixed)):
            _add(cells, indicator, fine, (*fixed, *by), n=n)


def _placed(rows: pl.LazyFrame, read: Registers) -> pl.LazyFrame:
    """Add district, age group and sex on the day of each row."""
    persons = read["persons"].select("person", "birth_date", "sex")
    residence = read["residence"].select("person", "from_day", "to_day", "district")
    homes = (
        rows.select(*KEY)
        .unique()
        .join(residence, on="person")
        .filter(pl.col("day").is_between(pl.col("from_day"), UNTIL))
        .select(*KEY, "district")
    )
    born, day = pl.col("birth_date").dt, pl.col("day").dt
    before = (day.month() < born.month()) | ((day.month() == born.month()) & (day.day() < born.day()))
    age = day.year() - born.year() - before.cast(pl.Int32)
    band = (
        pl.when(age <= 17)
        .then(pl.lit("0_17"))
        .when(age <= 29)
        .then(pl.lit("18_29"))
        .when(age <= 44)
        .then(pl.lit("30_44"))
        .when(age <= 64)
        .then(pl.lit("45_64"))
        .when(age.is_not_null())
        .then(pl.lit("65_plus"))
        .otherwise(pl.lit("unknown"))
    )
    return (
        rows.join(persons, on="person", how="left")
        .join(homes, on=KEY, how="left")
        .select(
            *KEY,
            "period",
            "numerator",
            "denominator",
            pl.col("district").fill_null("unknown"),
            pl.col("sex").fill_null("unknown"),
            band.alias("age_group"),
        )
    )


def _sets(names: Sequence[str], ways: int) -> Iterable[tuple[str, ...]]:
    return (by for size in range(ways + 1) for by in combinations(names, size))


def _add(cells: Cells, indicator: str, frame: pl.DataFrame, by: tuple[str, ...], n: pl.Expr) -> None:
    """Sum a frame by some dimensions, and add the cells; without any denominator they have none."""
    none = frame["denominator"].null_count() == frame.height
    for row in frame.group_by("period", *by).agg(*SUMS, persons=n).iter_rows(named=True):
        written = written_out({name: row[name] for name in by})
        numbers = float(row["numerator"]), None if none else float(row["denominator"]), int(row["persons"])
        cells[indicator, row["period"], written] = numbers
