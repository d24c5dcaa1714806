"""What was built in, counted anew with pandas from the registers alone.

Nothing here uses the generator's own code. Each function gives, for one year, (numerator, denominator): the level is
numerator / denominator in the unit of the effect, and the standard error that of a share or a Poisson count.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd

Frames: TypeAlias = Callable[[str], Any]
Level: TypeAlias = tuple[float, float]
"""Level and its standard error."""

CITIZENS = 20_000
"""Citizens of the world of these tests."""

FAR = pd.Timestamp("2200-01-01")


def first(year: int) -> pd.Timestamp:
    return pd.Timestamp(year, 1, 1)


def last(year: int) -> pd.Timestamp:
    return pd.Timestamp(year, 12, 31)


def share(hit: Any) -> Level:
    count, p = len(hit), float(hit.mean())
    return 100 * p, 100 * math.sqrt(p * (1 - p) / count)


def rate(count: int, of: int, per: int = 1000) -> Level:
    return per * count / of, per * math.sqrt(count) / of


def in_year(days: Any, year: int) -> Any:
    return (days >= first(year)) & (days <= last(year))


def on(table: Any, day: pd.Timestamp) -> Any:
    return table[(table.from_day <= day) & (table.to_day.fillna(FAR) >= day)]


def during(table: Any, year: int) -> Any:
    return table[(table.from_day <= last(year)) & (table.to_day.fillna(FAR) >= first(year))]


def citizens(frames: Frames, year: int) -> int:
    return len(on(frames("residence"), last(year)))


def homes_assigned(frames: Frames, year: int) -> Level:
    return rate(int(in_year(frames("housing_assignments").assigned_on, year).sum()), citizens(frames, year))


def homes_kept(frames: Frames, year: int) -> Level:
    """By the year of the anniversary; kept: an ordinary address, not homeless, no stay (107, 110) in that month."""
    homes = frames("housing_assignments").copy()
    homes["day"] = homes.assigned_on + pd.DateOffset(years=1)
    homes = homes[in_year(homes.day, year)]
    living = homes.merge(frames("residence"), on="person")
    living = living[(living.from_day <= living.day) & (living.to_day.fillna(FAR) >= living.day)]
    lost = homes.merge(frames("homelessness"), on="person")
    lost = lost[(lost.from_day <= lost.day) & (lost.to_day.fillna(FAR) >= lost.day)].assignment_id
    stays = frames("stays")
    stays = homes.merge(stays[stays.section.isin(["107", "110"])], on="person")
    month = stays.day.dt.to_period("M")
    there = (stays.from_day <= month.dt.end_time) & (stays.to_day.fillna(FAR) >= month.dt.start_time)
    out = set(lost) | set(stays[there].assignment_id)
    return share((living.address_type == "ordinary") & ~living.assignment_id.isin(out))


def evictions(frames: Frames, year: int) -> Level:
    stages = frames("evictions")
    carried = stages[stages.stage == "carried_out"]
    return rate(int(in_year(carried.stage_day, year).sum()), citizens(frames, year))


def homelessness(frames: Frames, year: int) -> Level:
    table = during(frames("homelessness"), year)
    return rate(table.person[table.person >= 0].nunique(), citizens(frames, year))


def _leavers(frames: Frames, year: int) -> Any:
    table = frames("grade9")
    table = table[table.school_year == f"{year - 1}/{year}"]
    took = table.all_tests_danish & table.all_tests_maths
    return table.assign(took=took, passed=took & (table.mean_danish >= 2) & (table.mean_maths >= 2))


def grade9_takers(frames: Frames, year: int) -> Level:
    table = _leavers(frames, year)
    return share(table[table.took & ~table.special_class].passed)


def grade9_leavers(frames: Frames, year: int) -> Level:
    return share(_leavers(frames, year).passed)


def school_absence(frames: Frames, year: int) -> Level:
    """By school year, with pupils as the units of the standard error (a ratio of sums, linearised)."""
    table = frames("school_absence")
    table = table[(table.month_first >= f"{year - 1}-08-01") & (table.month_first < f"{year}-08-01")]
    sums = table.assign(days=table.illness_days + table.lawful_days + table.unlawful_days)
    return ratio(sums.groupby("person")[["days", "school_days"]].sum().to_numpy(), 100)


def ratio(pairs: Any, per: float) -> Level:
    above, below = pairs[:, 0], pairs[:, 1]
    value = above.sum() / below.sum()
    rest = above - value * below
    spread = float((rest**2).sum()) ** 0.5 / below.sum()
    return float(per * value), float(per * spread)


def _completed(frames: Frames, until: pd.Timestamp) -> Any:
    spells = frames("youth_education")
    return spells[(spells.outcome == "completed") & (spells.to_day <= until)].person


def youth_six_years(frames: Frames, year: int) -> Level:
    leavers = _leavers(frames, year - 6).person
    return share(leavers.isin(_completed(frames, pd.Timestamp(year, 7, 31))))


def youth_18_21(frames: Frames, year: int) -> Level:
    persons = frames("persons")
    age = year - persons.birth_date.dt.year
    here = persons[age.between(18, 21) & persons.person.isin(on(frames("residence"), last(year)).person)].person
    there = on(frames("youth_education"), last(year)).person
    return share(here.isin(there) | here.isin(_completed(frames, last(year))))


def youth_crime(frames: Frames, year: int) -> Level:
    persons, charges = frames("persons"), frames("charges")
    age = year - persons.birth_date.dt.year
    here = persons[age.between(10, 17) & persons.person.isin(on(frames("residence"), last(year)).person)].person
    serious = charges[(charges.offence != "other") & in_year(charges.charged_on, year)].person
    return share(here.isin(serious))


def special_needs(frames: Frames, day: pd.Timestamp) -> set[int]:
    services = ("support", "stays", "homelessness", "treatments")
    return set(pd.concat([on(frames(name), day).person for name in services]))


def employment(frames: Frames, year: int) -> Level:
    """Status on 1 October of those with a service then."""
    day, persons, labour = pd.Timestamp(year, 10, 1), frames("persons"), frames("labour")
    birth = persons.set_index("person").birth_date
    rows = labour[(labour.quarter_first == day) & labour.person.isin(special_needs(frames, day))]
    age = rows.person.map((day - birth).dt.days / 365.25)
    return share(rows[(age >= 18) & (age < 65)].status.isin(["employed", "education"]))


def poverty_sdg(frames: Frames, year: int) -> Level:
    table = frames("income")
    table = table[table.year == year]
    flags = [name for name in table.columns if name.startswith("sdgfat")]
    return by_household(table, (table[flags] == 1).all(axis=1))


def poverty_long(frames: Frames, year: int) -> Level:
    table = frames("income")
    table = table[table.year.between(year - 2, year)]
    line = table.groupby("year").equivalised_income.transform("median") / 2
    low = (table.equivalised_income <= line) & (table.net_wealth < 100_000) & ~table.student
    years = low.groupby(table.person).sum()
    table = table[table.year == year]
    return by_household(table, table.person.map(years) == 3)


def by_household(table: Any, poor: Any) -> Level:
    """Persons of a household share its income: households are the units of the standard error."""
    pairs = pd.DataFrame({"poor": poor.astype(float), "one": 1.0}).groupby(table.household.to_numpy()).sum()
    return ratio(pairs.to_numpy(), 100)


def _reassessed(frames: Frames, year: int) -> Any:
    """A decision that follows another on the next day, with the same target group and unit, is a re-assessment."""
    table = frames("support").sort_values(["person", "target_group", "unit", "from_day"])
    keys = [table.person, table.target_group.astype(str), table.unit.astype(str)]
    before = table.groupby(keys).shift()
    again = (before.to_day + pd.Timedelta(days=1) == table.from_day) & in_year(table.from_day, year)
    return table.assign(hours_change=table.hours_per_week - before.hours_per_week)[again]


def less_support(frames: Frames, year: int) -> Level:
    return share(_reassessed(frames, year).hours_change < 0)


def less_ffb(frames: Frames, year: int) -> Level:
    """A re-assessment is better if the mean over the themes assessed both times is lower."""
    order = {"none": 0, "light": 1, "moderate": 2, "severe": 3, "complete": 4}
    table = frames("ffb_assessments")
    wide = table.assign(level=table.level.astype(str).map(order)).pivot_table(
        index=["person", "assessed_on"], columns="theme", values="level", observed=True
    )
    before = wide.groupby("person").shift()
    change = (wide - before).mean(axis=1)
    days = wide.index.get_level_values("assessed_on")
    earlier = pd.Series(days, index=wide.index).groupby("person").shift()
    again = ((days - earlier).dt.days < 450) & in_year(days, year)
    return share(change[again.to_numpy()] < 0)


def _ended(frames: Frames, year: int) -> Any:
    """Treatments after merging, ended in the year; those that ended with death or a move are left out."""
    table = frames("treatments")
    table = table[table.person >= 0].sort_values(["person", "kind", "from_day"])
    keys = [table.person, table.kind.astype(str)]
    following = table.from_day.groupby(keys).shift(-1)
    table = table[~((following - table.to_day).dt.days <= 10) & in_year(table.to_day, year)]
    leaves = frames("residence").groupby("person").to_day.max()
    left = table.person.map(leaves) == table.to_day
    return table[~left].end_status


def drug_free(frames: Frames, year: int) -> Level:
    return share(_ended(frames, year) == "drug_free")


def reduced(frames: Frames, year: int) -> Level:
    return share(_ended(frames, year) == "reduced")


def _decided(frames: Frames, year: int) -> Any:
    """Cases decided in the year, with the limit that held when they came."""
    cases = frames("cases").merge(frames("time_limits"), on="area")
    held = (cases.valid_from <= cases.received_on) & (cases.valid_to.fillna(FAR) >= cases.received_on)
    cases = cases[held & in_year(cases.decided_on, year)].copy()
    weeks = cases.in_unit == "weeks"
    cases["limit"] = cases.received_on + pd.to_timedelta(cases.amount * 7, unit="D")
    for amount, rows in cases[~weeks].groupby("amount"):
        cases.loc[rows.index, "limit"] = rows.received_on + pd.DateOffset(months=int(str(amount)))
    return cases.assign(timely=cases.decided_on <= cases.limit)


def on_time(frames: Frames, year: int) -> Level:
    return share(_decided(frames, year).timely)


def notified(frames: Frames, year: int) -> Level:
    cases = _decided(frames, year)
    return share(cases[~cases.timely].notified_on.notna())


def upheld(frames: Frames, year: int) -> Level:
    table = frames("complaints")
    return share(table[in_year(table.decided_on, year)].outcome.isin(["changed", "returned"]))


def sick_leave(frames: Frames, year: int) -> Level:
    sick, pay = frames("sick_absence"), frames("pay_months")
    days = sick[in_year(sick.from_day, year)].groupby("person").working_days.sum()
    fte = pay[in_year(pay.month_first, year)].groupby("person").fte.sum() / 12
    both = pd.DataFrame({"days": days, "fte": fte}).fillna(0.0)
    return ratio(both.to_numpy(), 1)


def turnover(frames: Frames, year: int) -> Level:
    """Employees of 1 January who left within the year."""
    staff = on(frames("employees"), first(year))
    return share(in_year(staff.to_day, year))


def left_homelessness(frames: Frames, year: int) -> Level:
    homeless = frames("homelessness")
    before, after = on(homeless, last(year - 1)).person, on(homeless, last(year)).person
    here = on(frames("residence"), last(year)).person
    followed = before[before.isin(here)].drop_duplicates()
    return share(~followed.isin(after))


def homeless_days(frames: Frames, year: int) -> Level:
    """Spells that ended with a home: who left or died with the spell is not counted."""
    table = frames("homelessness")
    table = table[(table.person >= 0) & in_year(table.to_day, year)]
    leaves = frames("residence").groupby("person").to_day.max()
    table = table[table.person.map(leaves) != table.to_day]
    days = (table.to_day - table.from_day).dt.days + 1
    return float(days.mean()), float(days.std() / math.sqrt(len(days)))


def stable(frames: Frames, year: int) -> Level:
    table = _reassessed(frames, year)
    return share(table[table.aim == "maintain"].hours_change <= 0)


def special_needs_rate(frames: Frames, year: int) -> Level:
    return rate(len(special_needs(frames, last(year)) - {-1}), citizens(frames, year))


def population(frames: Frames, year: int) -> Level:
    count = citizens(frames, year)
    return 1000 * count / CITIZENS, 1000 * math.sqrt(count) / CITIZENS


_NAMED: tuple[Callable[[Frames, int], Level], ...] = (
    homes_assigned, homes_kept, evictions, homelessness, grade9_takers, grade9_leavers, school_absence,
    youth_six_years, youth_18_21, youth_crime, employment, poverty_long, poverty_sdg, less_support, less_ffb,
    drug_free, reduced, on_time, notified, upheld, sick_leave, turnover, left_homelessness, homeless_days, stable,
    population,
)  # fmt: skip

MEASURES: dict[str, Callable[[Frames, int], Level]] = {
    **{measure.__name__: measure for measure in _NAMED},
    "special_needs": special_needs_rate,
}
"""By the id of the effect."""
