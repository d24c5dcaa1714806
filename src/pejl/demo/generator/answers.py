"""What those drawn for a questionnaire answer: invented, the same for the same people, and with levels built in.

A person is drawn anew in every municipality that is made, so answers are made when the sample is there. They are taken
from numbers that belong to the person, the question and the wave, and not from a stream: who is drawn besides changes
nobody's answers but for the levels, which are met in the sample as a whole, each person weighted by the design.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from pejl.demo.generator.effects import ASKED

if TYPE_CHECKING:
    import pandas as pd

    from pejl.demo.generator.days import Bools, Floats, Ints

KEPT = 0.65
"""Share of the people asked twice who are as they were."""

_T_ILS = ("t_ils.isolated", "t_ils.company", "t_ils.left_out")
_WHO_5 = ("who_5.cheerful", "who_5.calm", "who_5.active", "who_5.rested", "who_5.interested")
_LONELY = ((3, 3, 1), (3, 2, 2), (2, 3, 2), (2, 2, 3), (3, 3, 2), (3, 2, 3), (3, 3, 3))
_NOT_LONELY = ((1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2), (2, 2, 1), (1, 2, 2), (2, 2, 2))

_GROUPS = {
    "loneliness": {"vulnerable_adults": 10.0, "mental_illness": 5.0, "disability": -6.0},
    "quality_of_life": {"vulnerable_adults": -4.0, "mental_illness": -4.0, "disability": 4.0},
    "satisfaction": {"vulnerable_adults": -10.0, "mental_illness": -3.0, "disability": 5.0},
    "involvement": {"vulnerable_adults": -8.0, "mental_illness": 0.0, "disability": 4.0},
    "coherence": {"vulnerable_adults": -10.0, "mental_illness": -4.0, "disability": 6.0},
}
"""How much the groups are apart, in the unit of the effect."""
_YOUNGER = {"loneliness": 6.0, "quality_of_life": -3.0, "satisfaction": -5.0, "coherence": -4.0, "pride": -0.15}
_ANSWERING = {"vulnerable_adults": -0.22, "mental_illness": -0.08, "disability": 0.06}
"""Who answers more and less often than others of the same age; the unweighted share is therefore wrong."""


@dataclass(frozen=True, slots=True)
class Invented:
    """The answers of one wave: one row for each person who was reached, by column as in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def invent_citizens(rows: pd.DataFrame, year: int, opens: date, closes: date, seed: int) -> Invented:
    """Return the answers of citizens drawn.

    Args:
        rows: the sample, with `token`, `person`, `weight`, `target_group` and `age`.
        year: whose levels are built in.
        opens: first day on which somebody answers.
        closes: last day.
        seed: of the municipality.
    """
    people = _People(rows, year, seed)
    lonely = people.hits("loneliness")
    happy = people.levels("quality_of_life") / 100 + 0.15 * (2 * people.kept_number("well-being") - 1)
    items = {
        **dict(zip(_T_ILS, _combination(people, lonely), strict=True)),
        **{name: people.steps(name, happy, 5) for name in _WHO_5},
        "satisfaction_cooperation.cooperation": _top_box(people, "satisfaction"),
        "involvement.involved": _top_box(people, "involvement"),
        "coherence.coherent": _top_box(people, "coherence"),
    }
    return _file(people, items, opens, closes, 0.62 + 0.004 * (people.age - 45))


def invent_staff(rows: pd.DataFrame, year: int, opens: date, closes: date, seed: int) -> Invented:
    """Return the answers of employees; arguments as for `invent_citizens`, no target group."""
    people = _People(rows, year, seed)
    both = 0.12 * (2 * people.kept_number("work") - 1)
    proud = (people.levels("pride") - 1) / 6 + both
    safe = (people.levels("safety_at_work") - 1) / 6 + both
    items = {
        "staff_pride.proud": 1 + people.steps("proud", proud, 6),
        "staff_safety.safe": 1 + people.steps("safe", safe, 6),
        "staff_safety.help": 1 + people.steps("help", safe, 6),
    }
    return _file(people, items, opens, closes, 0.78 + 0.003 * (people.age - 45))


def write_answers(invented: Invented, path: Path) -> None:
    """Write answers as a file of the format `pejl`, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(invented.columns)
        writer.writerows(invented.rows)


class _People:
    """Those drawn, with numbers of their own between 0 and 1 for everything that is a matter of chance."""

    def __init__(self, rows: pd.DataFrame, year: int, seed: int) -> None:
        self.token = [str(token) for token in rows["token"]]
        self.person = rows["person"].to_numpy(dtype=np.uint64)
        self.weight = rows["weight"].to_numpy(dtype=np.float64)
        self.age = rows["age"].to_numpy(dtype=np.float64)
        groups = rows["target_group"] if "target_group" in rows else [""] * len(rows)
        self.group = np.array([str(group) for group in groups])
        self.year = year
        self.seed = seed

    def number(self, what: str) -> Floats:
        """Return a number of each person for `what` in this wave."""
        return self._hashed(f"{what} {self.year}")

    def kept_number(self, what: str) -> Floats:
        """Return a number that most people keep from wave to wave."""
        new = self.number(f"changed {what}") >= KEPT
        return np.where(new, self.number(what), self._hashed(what))

    def _hashed(self, what: str) -> Floats:
        salt = np.uint64(crc32(f"{self.seed} {what}".encode()) * 0x9E3779B97F4A7C15 % 2**64)
        mixed = self.person ^ salt
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)  # SplitMix64, modulo 2^64
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(11)).astype(np.float64) / 2**53

    def levels(self, effect: str) -> Floats:
        """Return the level of each person, whose mean over the population is that of the effect."""
        apart = np.array([_GROUPS.get(effect, {}).get(group, 0.0) for group in self.group])
        apart += _YOUNGER.get(effect, 0.0) * (self.age < 45)
        return np.asarray(ASKED[effect].level(self.year) + apart - np.average(apart, weights=self.weight))

    def hits(self, effect: str) -> Bools:
        """Return who has the trait, each with the chance of their level."""
        return np.asarray(self.kept_number(effect) < self.levels(effect) / 100)

    def steps(self, what: str, chance: Floats, most: int) -> Ints:
        """Return a number of steps out of `most`, binomial."""
        tries = np.stack([self.number(f"{what} {step}") < chance for step in range(most)])
        return np.asarray(tries.sum(axis=0), dtype=np.int64)

    def choice(self, what: str, options: int) -> Ints:
        """Return one of so many options, from 0, for each person."""
        return np.asarray(np.minimum(self.number(what) * options, options - 1), dtype=np.int64)


def _combination(people: _People, lonely: Bools) -> Sequence[Ints]:
    """Return three answers that add up to 7 or more for those who are lonely, and to less for others."""
    place = people.choice("t_ils", len(_LONELY))
    table = np.where(lonely[:, None], np.array(_LONELY)[place], np.array(_NOT_LONELY)[place])
    return [table[:, column] for column in range(3)]


def _top_box(people: _People, effect: str) -> Ints:
    """Return an answer from 1 to 5, the two highest for those with the trait; 9 where somebody does not know."""
    high, low = 4 + people.choice(f"{effect} high", 2), 1 + people.choice(f"{effect} low", 3)
    known = np.where(people.hits(effect), high, low)
    return np.where(people.number(f"{effect} unknown") < 0.04, 9, known)


def _file(people: _People, items: dict[str, Ints], opens: date, closes: date, chance: Floats) -> Invented:
    """Return the rows of a file: who answers, how, when, and what."""
    chance = chance + np.array([_ANSWERING.get(group, 0.0) for group in people.group])
    answers = people.number("answers") < np.clip(chance, 0.1, 0.95)
    aside = people.number("aside")
    stops = people.number("stops") < 0.03
    days = people.choice("day", (closes - opens).days + 1)
    modes, proxy = _modes(people), people.number("proxy") < 0.04
    rows = []
    for place, token in enumerate(people.token):
        outcome = "ineligible" if aside[place] < 0.012 else "refused" if aside[place] < 0.04 else ""
        if not answers[place] and not outcome:
            continue
        given = [str(values[place]) for values in items.values()]
        if stops[place]:
            given[len(given) // 2 :] = [""] * (len(given) - len(given) // 2)
        moment = f"{opens + timedelta(days=int(days[place]))}T{8 + int(days[place]) % 12:02d}:30:00"
        by = "proxy" if people.group[place] == "disability" and proxy[place] else "self"
        said = ("", "", "", *[""] * len(given)) if outcome else (moment, modes[place], by, *given)
        rows.append((token, *said[:3], outcome, *said[3:]))
    rows.sort()
    return Invented(("token", "submitted", "mode", "by", "outcome", *items), tuple(rows))


def _modes(people: _People) -> list[str]:
    """Return how each answers: by themselves, in an interview, with an interpreter, on paper."""
    drawn = people.number("mode")
    helped = np.isin(people.group, ["disability", "vulnerable_adults"])
    paper = np.where(people.age >= 65, 0.2, 0.04)
    interview = paper + np.where(helped, 0.15, 0.03)
    names: list[Any] = np.select(
        [drawn < paper, drawn < interview, drawn < interview + 0.02], ["paper", "interview", "interpreter"], "self"
    ).tolist()
    return names
