"""The effects built into the world: one table, read by the generator, the tests and the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

DEMO_CITIZENS: Final = 20_000

DEMO_SEED: Final = 9
"""Chosen among sixteen, which show 14-18 of the 22 changes beyond chance: this one shows those marked `visible`,
and `poverty_long` besides."""

Direction = Literal["up", "down", "none"]

BEFORE: Final = 2020
"""Last year before the strategy; the level is the same in all years up to and including it."""

AFTER: Final = 2025
"""Last year of the strategy; between the two the level changes by equal steps."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What was built in.

    Attributes:
        id: stable name.
        indicator: the indicator that must find it.
        what: the level meant, in words.
        before: level up to and including 2020, in the unit of `what`.
        after: level in 2025.
        direction: how the indicator must move.
        wanted: whether that is the way the strategy wants; None where nothing changes.
        visible: whether 20,000 persons are usually enough to tell the change from chance.
    """

    id: str
    indicator: str
    what: str
    before: float
    after: float
    direction: Direction
    wanted: bool | None
    visible: bool

    def level(self, year: int) -> float:
        """The level that was built in for a year."""
        part = min(max((year - BEFORE) / (AFTER - BEFORE), 0.0), 1.0)
        return self.before + (self.after - self.before) * part


_ALL = (
    Effect(
        "homes_assigned", "homes_assigned",
        "homes assigned in a year, per 1,000 citizens",
        6.5, 8.7, "up", True, True,
    ),
    Effect(
        "homes_kept", "homes_kept_one_year",
        "percent of homes assigned that are kept a year later, by the year in which that year is "
        "over, among those who neither die nor move away",
        85, 95, "up", True, True,
    ),
    Effect(
        "evictions", "evictions",
        "evictions carried out, per 1,000 citizens",
        2.9, 2.46, "down", True, False,
    ),
    Effect(
        "homelessness", "homeless",
        "persons in homelessness during the year, per 1,000 citizens",
        17.5, 14.0, "down", True, True,
    ),
    Effect(
        "grade9_takers", "grade9_passed_a",
        "percent passed among those who took all tests",
        94, 94, "none", None, False,
    ),
    Effect(
        "grade9_leavers", "grade9_passed_b",
        "percent passed among all who left 9th grade",
        78, 86, "up", True, True,
    ),
    Effect(
        "school_absence", "school_absence",
        "percent of school days absent, by school year",
        8.5, 7.0, "down", True, True,
    ),
    Effect(
        "youth_six_years", "youth_education_six_years",
        "percent with a completed youth education six years after 9th grade",
        70, 78.5, "up", True, True,
    ),
    Effect(
        "youth_18_21", "youth_education_18_21",
        "percent aged 18-21 who have completed or are in a youth education",
        72, 84, "up", True, True,
    ),
    Effect(
        "youth_crime", "youth_crime_serious",
        "percent aged 10-17 charged with violence, robbery or other serious crime",
        3.2, 1.7, "down", True, True,
    ),
    Effect(
        "employment", "employment_or_education",
        "percent in employment or education among adults aged 18-64 with special needs",
        28, 34, "up", True, True,
    ),
    Effect(
        "poverty_long", "poverty_long_term",
        "percent poor in three years running",
        2.7, 2.25, "down", True, False,
    ),
    Effect(
        "poverty_sdg", "poverty_sdg",
        "percent poor after the SDG criteria",
        4.6, 3.7, "down", True, True,
    ),
    Effect(
        "less_support", "less_need_support",
        "percent of re-assessments of support that give fewer hours",
        20, 30, "up", True, True,
    ),
    Effect(
        "less_ffb", "less_need_ffb",
        "percent of re-assessments of functional ability that are better",
        22, 30, "up", True, True,
    ),
    Effect(
        "drug_free", "treatment_drug_free",
        "percent of treatments ended drug-free",
        35, 35, "none", None, False,
    ),
    Effect(
        "reduced", "treatment_reduced",
        "percent of treatments ended with reduced use",
        24, 36, "up", True, True,
    ),
    Effect(
        "on_time", "cases_on_time",
        "percent of cases decided within the time limit, by the year they came",
        80, 90, "up", True, True,
    ),
    Effect(
        "notified", "cases_late_notified",
        "percent of late cases in which the citizen was told in time, by the year they came",
        40, 60, "up", True, True,
    ),
    Effect(
        "upheld", "complaints_upheld",
        "percent of complaints upheld in whole or in part",
        24, 24, "none", None, False,
    ),
    Effect(
        "sick_leave", "sick_days_per_fte",
        "working days of sick leave per full-time employee",
        12.5, 11.0, "down", True, False,
    ),
    Effect(
        "turnover", "staff_turnover",
        "percent of employees who leave in a year",
        16, 26, "up", False, True,
    ),
    Effect(
        "left_homelessness", "left_vulnerability",
        "percent of those in homelessness at the end of a year who are not a year later, among "
        "those who still live here",
        64, 76, "up", True, True,
    ),
    Effect(
        "homeless_days", "time_to_leave",
        "mean days in homelessness, of spells that ended in the year",
        340, 290, "down", True, False,
    ),
    Effect(
        "stable", "stable_as_intended",
        "percent of re-assessments of support meant to maintain that give no more hours",
        87, 87, "none", None, False,
    ),
    Effect(
        "special_needs", "citizens_special_needs",
        "persons with a service for special needs at the end of the year, per 1,000 citizens",
        42, 40.5, "down", True, False,
    ),
    Effect(
        "population", "population",
        "citizens at the end of the year, per 1,000 asked for",
        1000, 1000, "none", None, False,
    ),
)  # fmt: skip

EFFECTS: Final[dict[str, Effect]] = {effect.id: effect for effect in _ALL}

_ASKED = (
    Effect(
        "loneliness", "loneliness",
        "percent of adults with special needs whose T-ILS score is 7 or more",
        34, 22, "down", True, True,
    ),
    Effect(
        "quality_of_life", "quality_of_life",
        "mean WHO-5 score of adults with special needs",
        51, 56, "up", True, True,
    ),
    Effect(
        "satisfaction", "satisfaction",
        "percent of adults with special needs who are satisfied or very satisfied with the cooperation",
        54, 58, "up", True, False,
    ),
    Effect(
        "involvement", "involvement",
        "percent of adults with special needs who to a high or very high degree help decide",
        46, 46, "none", None, False,
    ),
    Effect(
        "coherence", "coherence",
        "percent of adults with special needs who to a high or very high degree find the help coherent",
        38, 50, "up", True, True,
    ),
    Effect(
        "pride", "pride",
        "mean answer of employees, 1-7",
        5.0, 5.4, "up", True, True,
    ),
    Effect(
        "safety_at_work", "safety_at_work",
        "mean answer of employees to two questions, 1-7",
        5.4, 5.1, "down", False, True,
    ),
)  # fmt: skip

ASKED: Final[dict[str, Effect]] = {effect.id: effect for effect in _ASKED}
"""What is built into the answers to questionnaires; they are made for whoever is drawn, and not with the registers."""


def level(effect: str, year: int) -> float:
    """The level of an effect in a year."""
    return EFFECTS[effect].level(year)


def levels(effect: str, first_year: int, last_year: int) -> list[float]:
    """The levels of an effect in consecutive years, both included."""
    return [level(effect, year) for year in range(first_year, last_year + 1)]
