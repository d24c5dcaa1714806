"""Small surveys written out by hand: who was drawn, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from pejl.measure.asked import WaveData
from pejl.surveys.answers import Answers
from pejl.surveys.sampling import Record, Sample, Stratum, Totals
from pejl.workspace.base import LocalText
from pejl.workspace.instruments import CutOff, Instrument, Item, Score
from pejl.workspace.period import Period
from pejl.workspace.surveys import Sampling, Survey, Wave, Weights

WORDS = LocalText(da="ord", en="words")
MOOD = Instrument(
    id="mood",
    title=WORDS,
    version="7",
    credit=WORDS,
    licence=WORDS,
    items=(Item(id="today", text=WORDS, kind="number", lowest=0, highest=1000),),
    score=Score(rule="item"),
    cut_offs=(CutOff(id="good", title=LocalText(da="mindst 50", en="at least 50"), at_least=Decimal(50)),),
)


@dataclass(frozen=True)
class Asked:
    """Somebody drawn: the answer is None where there is none."""

    person: int
    answer: float | None
    stratum: int = 1
    group: str = "a"
    status: str = ""
    by: str = "self"
    cluster: int = 0


@dataclass(frozen=True)
class Town:
    """How many there are in each stratum (persons, or clusters), and in each group."""

    sizes: Mapping[int, int] = field(default_factory=lambda: {1: 100})
    groups: Mapping[str, int] = field(default_factory=lambda: {"a": 100})
    clusters: bool = False


def survey(weights: Weights | None = None, *periods: str, **more: Any) -> Survey:
    """A survey asked once a year, one answer being enough to show something."""
    waves = tuple(
        Wave(
            period=Period.parse(text),
            frame_day=date(int(text), 1, 1),
            opens=date(int(text), 2, 1),
            closes=date(int(text), 3, 1),
            answers=f"data/{text}.csv",
        )
        for text in periods or ("2020",)
    )
    declared = Survey(
        id="how",
        title=WORDS,
        population="all",
        purpose=WORDS,
        legal_basis=WORDS,
        frame="frame",
        instruments=("mood",),
        sampling=Sampling(strata=("stratum",), seed=1),
        waves=waves,
        least_answers=1,
    )
    return declared.model_copy(update={"weights": weights or Weights(), **more})


def wave(people: Sequence[Asked], town: Town, declared: Survey, period: str = "2020") -> WaveData:
    """A wave of the survey, with everybody who was drawn."""
    units = {
        stratum: len({each.cluster if town.clusters else each.person for each in people if each.stratum == stratum})
        for stratum in town.sizes
    }
    rows = pd.DataFrame(
        {
            "token": [f"T{each.person}" for each in people],
            "person": [each.person for each in people],
            "stratum": [each.stratum for each in people],
            "population_size": [town.sizes[each.stratum] for each in people],
            "sample_size": [units[each.stratum] for each in people],
            "weight": [town.sizes[each.stratum] / units[each.stratum] for each in people],
            "again": False,
            "group": [each.group for each in people],
            **({"cluster": [each.cluster for each in people]} if town.clusters else {}),
        }
    )
    strata = tuple(
        Stratum(each, (each,), town.sizes[each], town.sizes[each], units[each], units[each], 0) for each in units
    )
    totals = (Totals(("group",), tuple(((name,), size) for name, size in town.groups.items())),)
    record = Record(
        "how", period, "frame", f"{period}-01-01", 100, "", 1, None, "proportional", None, 0, ("stratum",),
        "cluster" if town.clusters else None, {"group": "text"}, strata, (), (), totals, None, None, "key",
    )  # fmt: skip
    status = [each.status or ("no_answer" if each.answer is None else "complete") for each in people]
    given = np.array([np.nan if each.answer is None else each.answer for each in people])
    by = [
        "" if said in ("no_answer", "refused", "ineligible") else each.by
        for said, each in zip(status, people, strict=True)
    ]
    mode = ["self" if said else "" for said in by]
    answers = Answers(
        "how", period, {"mood.today": given}, np.array(status), np.array(mode), np.array(by),
        np.arange(len(people)) + 2, 0,
    )  # fmt: skip
    (which,) = (each for each in declared.waves if each.period.text == period)
    return WaveData(which, Sample(rows, record), answers)


def people(*strata: Sequence[float | None], first: int = 1) -> list[Asked]:
    """People with these answers, stratum by stratum, numbered from `first`."""
    found: list[Asked] = []
    for number, answers in enumerate(strata, start=1):
        found += [Asked(first + len(found) + place, answer, number) for place, answer in enumerate(answers)]
    return found


def in_groups(given: Sequence[Asked], groups: str) -> list[Asked]:
    """The same people in these groups, a letter for each."""
    return [replace(each, group=group) for each, group in zip(given, groups, strict=True)]
