"""How two waves vary together: by hand, against putting one table below the other, and over many samples."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from tests.measure.asked.waves import MOOD, Asked, Town, people, survey, wave

from pejl.measure.asked.estimating import WaveEstimates, estimate_wave
from pejl.measure.asked.overlap import covariances
from pejl.measure.asked.scoring import values_of
from pejl.measure.asked.weighing import weigh
from pejl.surveys import Design, difference
from pejl.workspace.surveys import Asking

MEAN = Asking(survey="how", instrument="mood")
BOTH = survey(None, "2020", "2025")


def estimates(given: list[Asked], town: Town, period: str, by: tuple[str, ...] = ()) -> WaveEstimates:
    data = wave(given, town, BOTH, period)
    weighed = weigh(BOTH, data)
    return estimate_wave(weighed, values_of(MOOD, MEAN, data.answers)[weighed.places], share=False, by=by)


def together(before: WaveEstimates, after: WaveEstimates) -> float:
    return covariances(before.spreads[None], after.spreads[None])[None]


def test_two_of_four_people_asked_twice_in_a_large_town() -> None:
    town = Town({1: 10**9})
    before = estimates(people([10.0, 20.0, 30.0, 60.0]), town, "2020")
    after = estimates(people([50.0, 90.0, 10.0, 30.0], first=3), town, "2025")
    # m / (n n') times the covariance of the two who were asked twice, about the means 30 and 45 of their waves.
    by_hand = 2 / (4 * 4) * ((30 - 30) * (50 - 45) + (60 - 30) * (90 - 45)) / 2 * 4 / 3
    assert together(before, after) == pytest.approx(by_hand, rel=1e-6)


def test_in_a_small_town_a_covariance_has_a_finite_population_too() -> None:
    town = Town({1: 5})
    before = estimates(people([10.0, 20.0, 30.0, 60.0]), town, "2020")
    after = estimates(people([20.0, 30.0, 60.0, 70.0], first=2), town, "2025")
    # Three of five asked both times: 3 * 5/4 * 5/4 = 4.7 people are taken to have lived there both times.
    left = 1 - 4 / 5 * 4 / 5 * (3 * (5 / 4) ** 2) / 3
    products = (20 - 30) * (20 - 45) + (30 - 30) * (30 - 45) + (60 - 30) * (60 - 45)
    assert left == 0.0
    assert together(before, after) == pytest.approx(left * products / 16 * 4 / 3)


def test_everybody_asked_twice_and_answering_the_same_varies_as_one_wave_does() -> None:
    given = people([10.0, 20.0, 30.0, 60.0], [5.0, 9.0, 40.0])
    town = Town({1: 400, 2: 700})
    before, after = estimates(given, town, "2020"), estimates(given, town, "2025")
    (found,) = before.estimates
    assert found.se is not None
    # The town is large, the samples are small: next to nobody would be in both by chance, yet as many are as can be.
    products = covariances(before.spreads[None], after.spreads[None])[None]
    assert products == pytest.approx(found.se**2, rel=1e-9)


def test_nobody_asked_twice_varies_together_with_nobody() -> None:
    before = estimates(people([10.0, 20.0, 30.0]), Town(), "2020")
    after = estimates(people([10.0, 20.0, 30.0], first=10), Town(), "2025")
    assert covariances(before.spreads[None], after.spreads[None]) == {}


def test_without_strata_it_is_what_one_table_below_the_other_says() -> None:
    rng = np.random.default_rng(5)
    n, kept = 300, 150
    base = rng.normal(500, 120, 2 * n - kept)
    first = np.round(base[:n] + rng.normal(0, 50, n)).clip(0, 1000)
    second = np.round(base[n - kept :] + rng.normal(30, 50, n)).clip(0, 1000)
    town = Town({1: 10**9})
    before = estimates(people(list(first)), town, "2020")
    after = estimates(people(list(second), first=1 + n - kept), town, "2025")
    table = pd.DataFrame(
        {
            "year": [2020] * n + [2025] * n,
            "person": [*range(1, n + 1), *range(1 + n - kept, 1 + 2 * n - kept)],
            "answer": [*first, *second],
        }
    )
    stacked = difference(table, Design(psu="person"), mean="answer", by="year")
    (one,), (other,) = before.estimates, after.estimates
    assert one.se is not None
    assert other.se is not None
    se = sqrt(one.se**2 + other.se**2 - 2 * together(before, after))
    assert se == pytest.approx(stacked.se, rel=0.005)
    assert se < 0.8 * sqrt(one.se**2 + other.se**2)  # what asking half of them again is for


@pytest.mark.parametrize("again", [0.0, 0.5, 1.0])
def test_over_many_samples_the_variance_of_the_difference_is_right(again: float) -> None:
    """600 people in two strata far apart, a tenth to a fifth drawn; answers of one person go together, 0.8."""
    rng = np.random.default_rng(11)
    strata = np.repeat([1, 2], [200, 400])
    own = 200 + 300 * (strata == 2) + rng.normal(0, 40, 600)
    truth = [np.round(own + change + rng.normal(0, 20, 600)).clip(0, 1000) for change in (0, 20)]
    wanted = {1: 40, 2: 40}
    town = Town({1: 200, 2: 400})
    real = truth[1].mean() - truth[0].mean()
    found, variances, inside = [], [], 0
    rounds = 300
    for _ in range(rounds):
        first, second = [], []
        for stratum, size in wanted.items():
            everybody = np.flatnonzero(strata == stratum)
            drawn = rng.permutation(everybody)[:size]
            kept = drawn[: int(size * again)]
            rest = rng.permutation(np.setdiff1d(everybody, drawn))[: size - kept.size]
            first += [Asked(int(person), float(truth[0][person]), stratum) for person in drawn]
            second += [Asked(int(person), float(truth[1][person]), stratum) for person in (*kept, *rest)]
        before, after = estimates(first, town, "2020"), estimates(second, town, "2025")
        (one,), (other,) = before.estimates, after.estimates
        assert one.value is not None
        assert other.value is not None
        assert one.se is not None
        assert other.se is not None
        pair = covariances(before.spreads[None], after.spreads[None]).get(None, 0.0)
        variance = one.se**2 + other.se**2 - 2 * pair
        found.append(other.value - one.value)
        variances.append(variance)
        inside += abs(found[-1] - real) <= 1.991 * sqrt(variance)  # t with 78 degrees of freedom
    assert np.mean(variances) == pytest.approx(np.var(found), rel=0.2)
    assert inside / rounds > 0.92
