"""The adults of the synthetic municipality on two days, with what is asked of them known for everybody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pejl.demo.generator import generate
from pejl.demo.generator.world import World

PERSONS = 20_000
SEED = 2024
YEARS = (2023, 2024)
KINDS = {
    "district": "text",
    "age_group": "text",
    "household": "integer",
    "income_before": "number",
    "age": "integer",
}
ASKED = ("income", "employed", "supported", "homeless", "rare")


def population() -> dict[int, pd.DataFrame]:
    """Return the adults in residence at the end of each year: the columns of a frame, and the answers they would give.

    `income` is the equivalised income of the year and `income_before` that of the year before; `employed`, `supported`
    and `homeless` are 1 or 0. `rare` is 1 for the 40 adults with the most hours of support.
    """
    world = generate(PERSONS, SEED)
    return {year: _adults(world, year) for year in YEARS}


def _adults(world: World, year: int) -> pd.DataFrame:
    day = pd.Timestamp(year, 12, 31)
    people = world.frame("persons").set_index("person")
    lived = _on(world.frame("residence"), day)
    people["district"] = lived.set_index("person")["district"].astype(str)
    people["household"] = _on(world.frame("households"), day).groupby("person")["household"].first()
    income = world.frame("income").set_index("person")
    now, before = (income[income["year"] == each] for each in (year, year - 1))
    people["income"] = now["equivalised_income"]
    people["income_before"] = before["equivalised_income"]
    support = _on(world.frame("support"), day)
    people["hours"] = support.groupby("person")["hours_per_week"].sum()
    people["hours"] = people["hours"].fillna(0.0)
    people["age"] = year - people["birth_date"].dt.year
    # the few of no known district would be a stratum of two
    people.loc[people["district"] == "unknown", "district"] = None
    here = people["district"].notna() & people["income"].notna() & people["household"].notna() & (people["age"] >= 18)
    found = people[here].rename_axis("person").reset_index()
    found["household"] = found["household"].astype("int64")
    # household members who live in different districts are households of their own in each
    found["household"] += 10_000_000 * found["district"].astype("category").cat.codes.astype("int64")
    found["age_group"] = np.where(found["age"] < 30, "18_29", np.where(found["age"] < 65, "30_64", "65_plus"))
    found["supported"] = (found["hours"] > 0).astype(float)
    homeless = world.frame("homelessness")
    in_year = (homeless["from_day"] <= day) & (homeless["to_day"].isna() | (homeless["to_day"].dt.year >= year))
    found["homeless"] = found["person"].isin(homeless[in_year]["person"]).astype(float)
    labour = world.frame("labour")
    quarter = labour[labour["quarter_first"] == pd.Timestamp(year, 10, 1)].set_index("person")["status"]
    found["employed"] = (found["person"].map(quarter.astype(str)) == "employed").astype(float)
    found["rare"] = (found["hours"].rank(method="first", ascending=False) <= 40).astype(float)
    return found


def _on(spells: pd.DataFrame, day: Any) -> pd.DataFrame:
    found: pd.DataFrame = spells[(spells["from_day"] <= day) & (spells["to_day"].isna() | (spells["to_day"] >= day))]
    return found
