"""Invented answers: the same for the same people, with the levels of the table, from people who answer unequally."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pejl.demo.generator import ASKED
from pejl.demo.generator.answers import Invented, invent_citizens, invent_staff, write_answers
from pejl.surveys.answers import past_cut_off, scores
from pejl.surveys.library import library

OPENS, CLOSES = date(2025, 9, 15), date(2025, 10, 31)
GROUPS = ("children_young", "disability", "mental_illness", "vulnerable_adults")


def sample(size: int = 6000) -> Any:
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "token": [f"T{number:06d}" for number in range(size)],
            "person": rng.integers(1, 1 << 60, size),
            "weight": rng.choice([1.0, 4.0], size),
            "target_group": rng.choice(GROUPS, size, p=[0.05, 0.2, 0.25, 0.5]),
            "age": rng.integers(18, 90, size),
        }
    )


PEOPLE = sample()


def table(invented: Invented) -> Any:
    """The rows with answers, numbers as numbers, beside what is known of each person."""
    rows = pd.DataFrame(list(invented.rows), columns=list(invented.columns)).merge(PEOPLE, on="token")
    for column in rows.columns[rows.columns.str.contains(".", regex=False)]:
        rows[column] = pd.to_numeric(rows[column])
    return rows


def scored(rows: Any, instrument: str) -> Any:
    asked = library()[instrument]
    given = {item.id: rows[f"{instrument}.{item.id}"].to_numpy(dtype=float) for item in asked.items}
    found = scores(asked, given)
    return pd.Series(past_cut_off(asked, "severe_loneliness", found) if instrument == "t_ils" else found)


def adjusted(rows: Any, values: Any) -> float:
    """The mean if those who answered stand for their group and half of the ages, by the weights of all drawn."""
    known = rows.assign(value=values, young=rows.age < 45).dropna(subset=["value"])
    means = known.groupby(["target_group", "young"]).apply(lambda part: np.average(part.value, weights=part.weight))
    sizes = PEOPLE.assign(young=PEOPLE.age < 45).groupby(["target_group", "young"]).weight.sum()
    return float((means * sizes).sum() / sizes.sum())


@pytest.mark.parametrize("year", [2020, 2025])
@pytest.mark.parametrize(
    ("effect", "instrument", "factor", "margin"),
    [
        ("loneliness", "t_ils", 100, 3.5),
        ("quality_of_life", "who_5", 1, 1.0),
        ("satisfaction", "satisfaction_cooperation", 100, 3.5),
        ("involvement", "involvement", 100, 3.5),
        ("coherence", "coherence", 100, 3.5),
    ],
)
def test_citizens_answer_at_the_level_that_is_built_in(
    effect: str, instrument: str, factor: int, margin: float, year: int
) -> None:
    rows = table(invent_citizens(PEOPLE, year, OPENS, CLOSES, 1))
    assert abs(factor * adjusted(rows, scored(rows, instrument)) - ASKED[effect].level(year)) < margin


@pytest.mark.parametrize("year", [2020, 2025])
@pytest.mark.parametrize(("effect", "instrument"), [("pride", "staff_pride"), ("safety_at_work", "staff_safety")])
def test_staff_answer_at_the_level_that_is_built_in(effect: str, instrument: str, year: int) -> None:
    rows = table(invent_staff(PEOPLE.drop(columns="target_group"), year, OPENS, CLOSES, 1))
    known = rows.assign(value=scored(rows, instrument)).dropna(subset=["value"])
    parts = [known[known.age < 45], known[known.age >= 45]]
    young = np.average(PEOPLE.age < 45, weights=PEOPLE.weight)
    means = [np.average(part.value, weights=part.weight) for part in parts]
    assert abs(young * means[0] + (1 - young) * means[1] - ASKED[effect].level(year)) < 0.08


def test_those_who_answer_are_not_like_those_who_do_not() -> None:
    rows = table(invent_citizens(PEOPLE, 2020, OPENS, CLOSES, 1))
    lonely = scored(rows, "t_ils")
    assert 100 * (adjusted(rows, lonely) - np.average(lonely.dropna(), weights=rows.weight[lonely.notna()])) > 1
    answering = {group: (rows.target_group == group).sum() / (PEOPLE.target_group == group).sum() for group in GROUPS}
    assert answering["vulnerable_adults"] < answering["mental_illness"] < answering["disability"]


def test_the_same_people_answer_the_same_again() -> None:
    assert invent_citizens(PEOPLE, 2020, OPENS, CLOSES, 1) == invent_citizens(PEOPLE, 2020, OPENS, CLOSES, 1)
    assert invent_citizens(PEOPLE, 2020, OPENS, CLOSES, 1) != invent_citizens(PEOPLE, 2020, OPENS, CLOSES, 2)


def test_most_people_are_five_years_later_as_they_were() -> None:
    before, after = (table(invent_citizens(PEOPLE, year, OPENS, CLOSES, 1)) for year in (2020, 2025))
    both = before.assign(one=scored(before, "who_5")).merge(after.assign(two=scored(after, "who_5")), on="token")
    assert 0.15 < both[["one", "two"]].dropna().corr().iloc[0, 1] < 0.6


def test_answers_come_in_many_ways_and_within_the_days() -> None:
    rows = table(invent_citizens(PEOPLE, 2025, OPENS, CLOSES, 1))
    assert set(rows["mode"]) == {"", "self", "interview", "interpreter", "paper"}
    assert set(rows.outcome) == {"", "refused", "ineligible"}
    assert set(rows[rows.by == "proxy"].target_group) == {"disability"}
    days = rows.submitted[rows.submitted != ""].str[:10]
    assert (days.min(), days.max()) == ("2025-09-15", "2025-10-31")
    assert (rows.submitted == "").eq(rows.outcome != "").all()


def test_the_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "one.csv"
    write_answers(invent_citizens(PEOPLE.head(50), 2025, OPENS, CLOSES, 1), path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    header = path.read_text().splitlines()[0].split(",")
    asked = [library()[name] for name in ("t_ils", "who_5", "satisfaction_cooperation", "involvement", "coherence")]
    assert header == ["token", "submitted", "mode", "by", "outcome"] + [
        f"{one.id}.{item.id}" for one in asked for item in one.items
    ]
