"""How often 95 % intervals hold the true value: samples are drawn, weighted and estimated as a workspace would.

Every sample comes from `pejl.surveys.sampling.draw` with a seed of its own. What is true is known, for everybody in
the synthetic municipality is there. With 2,000 samples an interval of exactly 95 % is found at 94.0-96.0 % in 19 of
20 runs (the standard error of a coverage is 0.49 points).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.surveys.population import ASKED, KINDS, YEARS, population
from pejl.registers import PseudonymKey
from pejl.surveys import Design, Estimate, adjust_for_nonresponse, difference, estimate, poverty, rake
from pejl.surveys.sampling import Earlier, Sample, draw, typed
from pejl.workspace.surveys import Survey

SIZE = 1000
KEY = PseudonymKey(bytes(32))
ORDINARY, RARE, ORDERED = (93.5, 96.5), (94.5, 100.0), (92.0, 97.0)
FRACTION = 0.6
_NOTED = {"da": "Simulation"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is estimated: its name, the bounds of its coverage in percent, the estimates, and the truth of each."""

    name: str
    bounds: tuple[float, float]
    estimates: Callable[[pd.DataFrame, Any], list[Estimate]]
    truth: Callable[[pd.DataFrame], list[float]]


@dataclass(frozen=True, slots=True)
class Covered:
    """How often one quantity was covered, of how many samples; `share` in percent."""

    design: str
    name: str
    bounds: tuple[float, float]
    samples: int
    low_misses: float
    high_misses: float

    @property
    def share(self) -> float:
        """In percent of the samples."""
        return 100.0 * (1.0 - (self.low_misses + self.high_misses) / self.samples)

    @property
    def holds(self) -> bool:
        """Tell whether the share lies within its bounds."""
        return self.bounds[0] <= self.share <= self.bounds[1]


def asked() -> Iterator[Asked]:
    """What is estimated from every sample."""
    yield _asked("mean income", ORDINARY, {"mean": "income"}, lambda all_: all_["income"].mean())
    yield _asked("mean age", ORDINARY, {"mean": "age"}, lambda all_: all_["age"].mean())
    yield _asked("total income", ORDINARY, {"total": "income"}, lambda all_: all_["income"].sum())
    yield _asked("total employed", ORDINARY, {"total": "employed"}, lambda all_: all_["employed"].sum())
    yield _asked("ratio of two years' incomes", ORDINARY, {"ratio": ("income", "income_before")}, _ratio)
    for name in ("employed", "supported", "homeless"):
        yield _asked(f"share {name}", ORDINARY, {"share": (name, 1.0)}, partial(_mean_of, name))
    yield _asked(
        "rare share (beta)", RARE, {"share": ("rare", 1.0), "interval": "beta"}, lambda all_: all_["rare"].mean()
    )
    yield _asked("median income", ORDERED, {"median": "income"}, _median)
    yield _asked("median age", ORDERED, {"median": "age"}, lambda all_: all_["age"].median())
    yield Asked(
        "poverty rate", ORDERED,
        lambda rows, design: [poverty(rows, design, "income", fraction=FRACTION).rate],
        lambda all_: [(all_["income"] < FRACTION * all_["income"].median()).mean()],
    )  # fmt: skip
    yield Asked(
        "mean income by district, all ten", ORDINARY,
        lambda rows, design: estimate(rows, design, mean="income", by="district"),
        lambda all_: all_.groupby("district")["income"].mean().tolist(),
    )  # fmt: skip
    yield Asked(
        "share employed by age, all three", ORDINARY,
        lambda rows, design: estimate(rows, design, share=("employed", 1.0), by="age_group"),
        lambda all_: all_.groupby("age_group")["employed"].mean().tolist(),
    )  # fmt: skip


def _asked(name: str, bounds: tuple[float, float], what: dict[str, Any], truth: Callable[[pd.DataFrame], Any]) -> Asked:
    return Asked(name, bounds, lambda rows, design: estimate(rows, design, **what), lambda all_: [float(truth(all_))])


def _mean_of(name: str, all_: pd.DataFrame) -> float:
    return float(all_[name].mean())


def _ratio(all_: pd.DataFrame) -> float:
    both = all_[all_["income_before"].notna()]
    return float(both["income"].sum() / both["income_before"].sum())


def _median(all_: pd.DataFrame) -> float:
    """The least income that half have at most, as estimates of medians define it."""
    return float(np.sort(all_["income"].to_numpy())[(len(all_) - 1) // 2])


def survey(**sampling: Any) -> Survey:
    """The survey that is simulated, drawn by district; two waves, half of the first asked again in the second."""
    days = [
        {"period": year, "frame_day": f"{year}-12-31", "opens": f"{year}-12-31", "closes": f"{year}-12-31"}
        for year in YEARS
    ]
    return Survey.model_validate(
        {
            "id": "simulation", "title": _NOTED, "population": "adults", "purpose": _NOTED, "legal_basis": _NOTED,
            "frame": "adults", "instruments": ["answers"],
            "sampling": {"size": SIZE, "strata": ["district"], "least": 50, "seed": 0, **sampling},
            "weights": {"classes": ["age_group"], "rake": ["district", "age_group"]},
            "waves": [
                {**days[0], "answers": "none"},
                {**days[1], "answers": "none", "overlaps": YEARS[0], "again": Decimal("0.5")},
            ],
        }
    )  # fmt: skip


DESIGNS: dict[str, dict[str, Any]] = {
    "persons, proportional": {},
    "persons, Neyman by last year's income": {"allocation": "neyman", "spread_of": "income_before"},
    "households": {"clusters": "household"},
}
ANSWERED = "persons, 6 of 10 answer, raked"
TWO_WAVES = "two waves, half asked again"


class Simulation:
    """The municipality, and the samples drawn of it."""

    def __init__(self) -> None:
        self.all = population()
        self.frames = {
            year: pd.DataFrame({name: typed(rows[name], kind) for name, kind in {"person": "integer", **KINDS}.items()})
            for year, rows in self.all.items()
        }
        self.questions = tuple(asked())

    def run(self, design: str, seeds: range) -> np.ndarray[Any, Any]:
        """Return, for each quantity, how many intervals lay above and below the truth, shape (quantities, 2)."""
        if design == TWO_WAVES:
            return np.array([np.sum([self._two_waves(seed) for seed in seeds], axis=0)])
        declared = survey(**DESIGNS.get(design, {}))
        truths = [each.truth(self.all[YEARS[1]]) for each in self.questions]
        misses = np.zeros((len(self.questions), 2))
        for seed in seeds:
            rows, drawn = self._answers(declared, seed, 1)
            weighting: Any = drawn.design()
            if design == ANSWERED:
                rows, weighting = _weighted(rows, drawn, np.random.default_rng(seed))
            for place, question in enumerate(self.questions):
                found = question.estimates(rows, weighting)
                pairs = list(zip(found, truths[place], strict=True))
                misses[place, 0] += np.mean([truth < each.low for each, truth in pairs])
                misses[place, 1] += np.mean([truth > each.high for each, truth in pairs])
        return misses

    def names(self, design: str) -> list[tuple[str, tuple[float, float]]]:
        """Return what is estimated under a design, with the bounds of its coverage."""
        if design == TWO_WAVES:
            return [("change of mean income", ORDINARY)]
        return [(each.name, each.bounds) for each in self.questions]

    def _answers(
        self, declared: Survey, seed: int, wave: int, earlier: tuple[Earlier, ...] = ()
    ) -> tuple[pd.DataFrame, Sample]:
        seeded = declared.model_copy(update={"sampling": declared.sampling.model_copy(update={"seed": seed})})
        drawn = draw(self.frames[YEARS[wave]], seeded, seeded.waves[wave], KEY, KINDS, earlier=earlier)
        answers = self.all[YEARS[wave]][["person", *ASKED]]
        # declared, so that it is known where nobody drawn gave the answer
        answers = answers.assign(rare=pd.Categorical(answers["rare"], [0.0, 1.0]))
        return drawn.rows.merge(answers, on="person", validate="one_to_one"), drawn

    def _two_waves(self, seed: int) -> np.ndarray[Any, Any]:
        """The change between waves, with the covariance of those asked twice."""
        declared = survey()
        first, sample = self._answers(declared, seed, 0)
        second, _ = self._answers(declared, seed, 1, (Earlier(sample, self.frames[YEARS[0]]),))
        both = pd.concat([first.assign(year=YEARS[0]), second.assign(year=YEARS[1])], ignore_index=True)
        found = difference(both, Design(weights="weight", strata="stratum", psu="person"), by="year", mean="income")
        truth = self.all[YEARS[1]]["income"].mean() - self.all[YEARS[0]]["income"].mean()
        return np.array([truth < found.low, truth > found.high], dtype=float)


_simulation: list[Simulation] = []


def batch(design: str, seeds: range) -> tuple[list[tuple[str, tuple[float, float]]], np.ndarray[Any, Any]]:
    """Return the quantities of a design, and how often they were missed; each process makes one municipality."""
    if not _simulation:
        _simulation.append(Simulation())
    return _simulation[0].names(design), _simulation[0].run(design, seeds)


def _weighted(rows: pd.DataFrame, drawn: Sample, generator: np.random.Generator) -> tuple[pd.DataFrame, Any]:
    """Let some answer, more of the old than of the young, and weigh them up to the frame."""
    chances = rows["age_group"].map({"18_29": 0.45, "30_64": 0.6, "65_plus": 0.75}).to_numpy(dtype=float)
    rows = rows.assign(answered=generator.random(len(rows)) < chances)
    rows["adjusted"] = adjust_for_nonresponse(rows, drawn.design(), "answered", "age_group")
    rows = rows[rows["answered"]].reset_index(drop=True)
    design = Design(weights="adjusted", strata="stratum", population_size="population_size")
    margins: dict[str | tuple[str, ...], dict[Any, float]] = {
        name: {values[0]: float(number) for values, number in drawn.totals([name]).items()}
        for name in ("district", "age_group")
    }
    return rows, rake(rows, design, margins)
