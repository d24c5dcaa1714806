"""Estimates from small surveys, against the formulas of survey sampling written out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp, log, sqrt
from statistics import mean, variance

import numpy as np
import pytest
from tests.measure.asked.waves import MOOD, Asked, Town, in_groups, people, survey, wave

from pejl.measure.asked.estimating import DomainEstimate, estimate_wave
from pejl.measure.asked.scoring import values_of
from pejl.measure.asked.waves import WaveData
from pejl.measure.asked.weighing import CannotWeighError, weigh
from pejl.workspace.surveys import Asking, Survey, Weights

T_3, T_5 = 3.182446305284263, 2.5705818366147395
"""Student's t, 97.5 percent, from tables."""

MEAN = Asking(survey="how", instrument="mood")
SHARE = Asking(survey="how", instrument="mood", cut_off="good")
TWO = Town({1: 40, 2: 60})


def estimated(
    declared: Survey, data: WaveData, asking: Asking = MEAN, by: tuple[str, ...] = ()
) -> list[DomainEstimate]:
    weighed = weigh(declared, data)
    values = values_of(MOOD, asking, data.answers)[weighed.places]
    return list(estimate_wave(weighed, values, share=asking is SHARE, by=by).estimates)


def test_a_mean_over_two_strata_with_finite_populations() -> None:
    north, south = [10.0, 20.0, 30.0, 40.0], [50.0, 60.0, 70.0]
    (found,) = estimated(survey(), wave(people(north, south), TWO, survey()))
    se = sqrt(0.4**2 * (1 - 4 / 40) * variance(north) / 4 + 0.6**2 * (1 - 3 / 60) * variance(south) / 3)
    assert found.value == pytest.approx(0.4 * 25 + 0.6 * 60)
    assert found.se == pytest.approx(se)
    assert (found.n, found.df, found.hits, found.basis) == (7, 5, None, "t")
    assert (found.low, found.high) == pytest.approx((46 - T_5 * se, 46 + T_5 * se))


def test_the_design_effect_is_against_a_simple_sample_of_as_many() -> None:
    north, south = [10.0, 20.0, 30.0, 40.0], [50.0, 60.0, 70.0]
    (found,) = estimated(survey(), wave(people(north, south), TWO, survey()))
    # R's svymean(deff = TRUE): the variance of the weighted answers over n - 1, with the same share drawn.
    spread = 10 * sum((y - 46) ** 2 for y in north) + 20 * sum((y - 46) ** 2 for y in south)
    simple = (1 - 7 / 100) * spread / 100 / 6
    assert found.se is not None
    assert found.deff == pytest.approx(found.se**2 / simple)


def test_a_share_is_in_percent_with_limits_on_the_logit_scale() -> None:
    north, south = [80.0] * 8 + [20.0] * 12, [80.0] * 6 + [20.0] * 4
    (found,) = estimated(survey(), wave(people(north, south), TWO, survey()), SHARE)
    share = 0.4 * 8 / 20 + 0.6 * 6 / 10
    se = sqrt(0.4**2 * 0.5 * 0.4 * 0.6 / 19 + 0.6**2 * (1 - 10 / 60) * 0.6 * 0.4 / 9)
    reach = 2.048407141795244 * se / (share * (1 - share))  # t with 28 degrees of freedom
    ends = [log(share / (1 - share)) + side * reach for side in (-1, 1)]
    assert (found.value, found.se) == pytest.approx((100 * share, 100 * se))
    assert (found.low, found.high) == pytest.approx(tuple(100 / (1 + exp(-end)) for end in ends))
    assert (found.n, found.hits, found.basis) == (30, 14, "logit")


def test_a_share_with_few_on_one_side_has_the_exact_limits_of_its_effective_size() -> None:
    (found,) = estimated(survey(), wave(people([80.0] * 2 + [20.0] * 18), Town({1: 10**9}), survey()), SHARE)
    assert (found.basis, found.hits) == ("beta", 2)
    # Clopper and Pearson at p (1 - p) / se^2 = 19 answers, as R's svyciprop(method = "beta"): both ends with t / t.
    from scipy.special import betaincinv

    assert found.low == pytest.approx(100 * betaincinv(1.9, 19 * 0.9 + 1, 0.025))
    assert found.high == pytest.approx(100 * betaincinv(2.9, 19 * 0.9, 0.975))


def test_nobody_past_the_cut_off_is_no_share_but_may_be_some() -> None:
    (found,) = estimated(survey(), wave(people([20.0] * 20), Town({1: 10**9}), survey()), SHARE)
    assert (found.value, found.low, found.se, found.hits) == (0.0, 0.0, 0.0, 0)
    assert found.high == pytest.approx(100 * (1 - 0.025 ** (1 / 20)))
    (found,) = estimated(survey(), wave(people([80.0] * 20), Town({1: 10**9}), survey()), SHARE)
    assert (found.value, found.high, found.hits) == (100.0, 100.0, 20)
    assert found.low == pytest.approx(100 * 0.025 ** (1 / 20))


def test_those_who_answered_stand_for_their_class() -> None:
    declared = survey(Weights(classes=("group",)))
    given = in_groups(people([10.0, None, 30.0, 40.0, None, None]), "aabbbb")
    weighed = weigh(declared, wave(given, Town({1: 60}), declared))
    assert weighed.rows["person"].tolist() == [1, 3, 4]
    assert weighed.rows["pejl.weight"].tolist() == [20.0, 20.0, 20.0]
    assert [(step.name, step.report.total) for step in weighed.steps] == [("design", 30.0), ("non_response", 60.0)]
    (found,) = estimated(declared, wave(given, Town({1: 60}), declared))
    assert found.value == pytest.approx((20 * 10 + 20 * 30 + 20 * 40) / 60)


def test_those_who_do_not_belong_to_the_population_stand_for_nobody() -> None:
    declared = survey(Weights(classes=("group",)))
    given = [*people([10.0, None, 30.0]), Asked(9, None, status="ineligible")]
    weighed = weigh(declared, wave(given, Town({1: 40}), declared))
    assert weighed.rows["pejl.weight"].tolist() == [15.0, 15.0]


def test_groups_get_their_known_sizes_and_the_variance_is_that_of_what_they_leave() -> None:
    declared = survey(Weights(post_stratify=("group",)))
    a, b = [10.0, 20.0], [40.0, 50.0, 60.0]
    town = Town({1: 100}, {"a": 60, "b": 40})
    (found,) = estimated(declared, wave(in_groups(people([*a, *b]), "aabbb"), town, declared))
    residuals = [30 / 100 * (y - mean(a)) for y in a] + [40 / 3 / 100 * (y - mean(b)) for y in b]
    assert found.value == pytest.approx(0.6 * 15 + 0.4 * 50)
    assert found.se == pytest.approx(sqrt((1 - 5 / 100) * 5 * variance(residuals)))


def test_raking_to_one_margin_is_post_stratifying() -> None:
    given = in_groups(people([10.0, 20.0, 40.0, 50.0, 60.0]), "aabbb")
    town = Town({1: 100}, {"a": 60, "b": 40})
    one, other = survey(Weights(post_stratify=("group",))), survey(Weights(rake=("group",)))
    assert estimated(one, wave(given, town, one)) == estimated(other, wave(given, town, other))


def test_trimmed_weights_agree_with_the_frame_all_the_same() -> None:
    declared = survey(Weights(post_stratify=("group",), trim=Decimal(10)))
    town = Town({1: 100}, {"a": 80, "b": 20})
    weighed = weigh(declared, wave(in_groups(people([1.0] * 6), "abbbbb"), town, declared))
    assert [step.name for step in weighed.steps] == ["design", "calibrated", "trimmed"]
    assert [step.report.largest for step in weighed.steps] == pytest.approx([100 / 6, 80, 80])


def test_clusters_are_what_vary() -> None:
    declared = survey()
    groups = {1: [10.0, 20.0], 2: [30.0, 50.0], 3: [60.0, 70.0]}
    given = [
        Asked(10 * number + place, answer, cluster=number)
        for number, answers in groups.items()
        for place, answer in enumerate(answers)
    ]
    (found,) = estimated(declared, wave(given, Town({1: 30}, clusters=True), declared))
    means = [mean(answers) for answers in groups.values()]  # of equal size: the mean of the means
    assert found.value == pytest.approx(mean(means))
    assert found.se == pytest.approx(sqrt((1 - 3 / 30) * variance(means) / 3))
    assert found.df == 2


def test_domains_keep_everybody_in_the_design() -> None:
    given = in_groups(people([10.0, 20.0, 30.0, 40.0]), "aabb")
    total, one, _ = estimated(survey(), wave(given, Town({1: 10**9}), survey()), by=("group",))
    assert (total.dimensions, one.dimensions) == ((), (("group", "a"),))
    # A mean among a part of a simple sample: n / (n - 1) times the squared residuals over the part's own n squared.
    assert (one.value, one.n, one.df) == (15.0, 2, 3)
    assert one.se == pytest.approx(sqrt(4 / 3 * (5**2 + 5**2)) / 2, rel=1e-6)


def test_answers_by_somebody_else_stay_in_the_design_and_count_for_nothing() -> None:
    given = people([10.0, 20.0, 30.0, 90.0])
    given[3] = replace(given[3], by="proxy")
    (found,) = estimated(survey(), wave(given, Town({1: 10**9}), survey()))
    assert (found.value, found.n, found.df) == (20.0, 3, 3)
    assert found.se == pytest.approx(sqrt(4 / 3 * 200) / 3, rel=1e-6)


def test_a_stratum_with_one_answer_takes_the_mean_of_the_others() -> None:
    declared = survey()
    weighed = weigh(declared, wave(people([10.0, 20.0, 30.0], [50.0, None]), TWO, declared))
    assert weighed.lone_strata == 1


def test_a_group_found_only_in_strata_of_one_answer_has_no_estimate_and_disturbs_no_other() -> None:
    given = in_groups(people([10.0, 20.0, 40.0], [50.0]), "aaab")
    town = Town({1: 40, 2: 60}, {"a": 70, "b": 30})
    for weights in (None, Weights(post_stratify=("group",))):
        declared = survey(weights)
        found = {each.dimensions: each for each in estimated(declared, wave(given, town, declared), by=("group",))}
        alone, other = found[(("group", "b"),)], found[(("group", "a"),)]
        assert (alone.n, alone.value, alone.low, alone.se) == (1, None, None, None)
        assert other.n == 3
        assert other.value == pytest.approx(70 / 3)


@pytest.mark.parametrize(
    ("weights", "given", "said"),
    [
        (Weights(), people([None, None]), "nobody answered"),
        (
            Weights(classes=("group",)),
            in_groups(people([1.0, None]), "ab"),
            "nobody answered in the class 'b' of group",
        ),
        (Weights(rake=("group",)), in_groups(people([1.0, None]), "ab"), "nobody answered in the group 'b' of group"),
        (Weights(rake=("sex",)), people([1.0, 2.0]), "the sample was drawn before answers were to be weighted by sex"),
    ],
)
def test_what_cannot_be_weighted_is_said(weights: Weights, given: list[Asked], said: str) -> None:
    declared = survey(weights)
    with pytest.raises(CannotWeighError, match=said):
        weigh(declared, wave(given, Town({1: 100}, {"a": 50, "b": 50}), declared))


def test_without_any_answer_to_the_question_there_is_no_estimate() -> None:
    given = [replace(each, status="partial") for each in people([None, None])]
    data = wave(given, Town(), survey())
    assert np.isnan(values_of(MOOD, MEAN, data.answers)).all()
    assert estimated(survey(), data) == []
