"""Samples: who is in them, with which chance, and what the record says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from scipy.stats import binom
from tests.surveys.sampling.samples import KEY, KINDS, again, drawn, frame, survey, wave

from pejl.surveys import estimate
from pejl.surveys.sampling import Case, Sample, SurveyRefusedError, token
from pejl.surveys.sampling.drawing import draw_overlapping, draw_units, generator_for

DRAWS = 4000


def persons(sample: Sample) -> list[int]:
    return sorted(sample.rows["person"])


def by_district(sample: Sample) -> Counter[str]:
    return Counter(sample.rows["district"])


def out_of_bounds(times: np.ndarray, chance: float, draws: int) -> list[int]:
    """Who was drawn more or less often than happens once in a million samples of persons, by the exact binomial."""
    tail = 1e-6 / times.size / 2
    low, high = binom.ppf(tail, draws, chance), binom.ppf(1 - tail, draws, chance)
    return [place for place, number in enumerate(times) if not low <= number <= high]


def test_each_stratum_gets_its_share_and_stands_for_all_of_it() -> None:
    sample = drawn(frame(district=["north"] * 60 + ["south"] * 40), survey())
    assert by_district(sample) == {"north": 12, "south": 8}
    assert set(sample.rows["weight"]) == {5.0}
    first, second = sample.record.strata_drawn
    assert (first.values, first.persons, first.population, first.drawn, first.sample) == (("north",), 60, 60, 12, 12)
    assert (second.number, second.values, second.persons, second.sample) == (2, ("south",), 40, 8)
    assert dict(zip(sample.rows["district"], sample.rows["stratum"], strict=True)) == {"north": 1, "south": 2}


def test_neyman_asks_where_answers_differ() -> None:
    # north: scores 0 and 10 alternate, south: 4 and 6; S is five times as large, 40 persons each: 5 to 1
    rows = frame(district=["north"] * 40 + ["south"] * 40, earlier_score=[0.0, 10.0] * 20 + [4.0, 6.0] * 20)
    sample = drawn(rows, survey(sampling={"size": 24, "allocation": "neyman", "spread_of": "earlier_score"}))
    assert by_district(sample) == {"north": 20, "south": 4}
    # S = sqrt(40 * 25 / 39)
    assert sample.record.strata_drawn[0].spread == pytest.approx(math.sqrt(1000 / 39), rel=1e-12)


def test_neyman_leaves_out_what_is_not_known_and_refuses_where_nothing_is() -> None:
    declared = survey(sampling={"allocation": "neyman", "spread_of": "earlier_score"})
    known = frame(district=["north"] * 30 + ["south"] * 30, earlier_score=[0.0, 2.0, math.nan] * 20)
    assert drawn(known, declared).record.strata_drawn[0].spread == pytest.approx(math.sqrt(20 / 19), rel=1e-12)
    unknown = frame(district=["north"] * 30 + ["south"] * 30, earlier_score=[0.0, 2.0] * 15 + [math.nan] * 30)
    with pytest.raises(SurveyRefusedError, match=r"'earlier_score' is known for fewer than two .*\(south\)") as found:
        drawn(unknown, declared)
    assert found.value.code == "spread_not_known"
    with pytest.raises(SurveyRefusedError) as found:
        drawn(known, survey(sampling={"allocation": "neyman"}))
    assert found.value.code == "spread_not_named"


def test_without_a_size_everybody_is_asked() -> None:
    sample = drawn(frame(district=["north"] * 3), survey(sampling={"size": None}))
    assert persons(sample) == [1, 2, 3]
    assert set(sample.rows["weight"]) == {1.0}


def test_clusters_are_drawn_whole() -> None:
    # 20 households of 3 in the north, 10 of 2 in the south: 60 and 20 persons; 20 of them, at least 2 per stratum:
    # 15 and 5; 15 * 20 / 60 = 5 households, 5 * 10 / 20 = 2.5, so 3
    households = [number // 3 for number in range(60)] + [100 + number // 2 for number in range(20)]
    rows = frame(district=["north"] * 60 + ["south"] * 20, household=households)
    sample = drawn(rows, survey(sampling={"clusters": "household"}))
    assert by_district(sample) == {"north": 15, "south": 6}
    assert sorted(set(sample.rows["weight"])) == [pytest.approx(10 / 3), 4.0]
    assert (sample.rows["cluster"] == sample.rows["household"]).all()
    first = sample.record.strata_drawn[0]
    assert (first.persons, first.population, first.drawn, first.sample) == (60, 20, 5, 15)
    (found,) = estimate(sample.rows.assign(one=1.0), sample.design(), total="one")
    assert found.value == pytest.approx(80.0)
    assert found.se == pytest.approx(0.0, abs=1e-9)


def test_a_cluster_in_two_strata_is_refused() -> None:
    rows = frame(district=["north", "south"] * 20, household=[number // 2 for number in range(40)])
    with pytest.raises(SurveyRefusedError, match="20 clusters of 'household' lie in more than one stratum") as found:
        drawn(rows, survey(sampling={"clusters": "household"}))
    assert found.value.code == "cluster_across_strata"


def test_who_is_left_out_is_counted_by_reason_and_stratum() -> None:
    rows = frame(
        person=[None, 2, 3, 4, *range(5, 41)],
        district=["north", "south", None, "south", *["north"] * 36],
        age=[40, 17, 3, None, *[18] * 36],
    )
    record = drawn(rows, survey()).record
    assert record.left_out == (
        Case("age_unknown", ("south",), 1),
        Case("no_number", ("north",), 1),
        Case("too_young", ("south",), 1),
        Case("too_young", (None,), 1),
    )
    assert (record.frame_rows, record.strata_drawn[0].persons) == (40, 36)


def reach(rows: int, **cases: Sequence[bool | None]) -> pd.DataFrame:
    held: dict[str, Sequence[bool | None]] = {
        name: [False] * rows for name in ("protected_address", "outside_digital_post", "guardianship", "easy_read")
    }
    keys = [f"K{number}" for number in range(1, rows + 1)]
    columns = {**held, **cases}
    return pd.DataFrame(
        {"person": range(1, rows + 1), "address_key": keys}
        | {name: pd.Series(list(values), dtype="boolean") for name, values in columns.items()}
    )


def test_those_who_need_another_way_are_drawn_like_others_and_counted() -> None:
    rows = frame(district=["north"] * 10, age=[16] * 2 + [40] * 8)
    known = reach(9, protected_address=[True] * 3 + [False] * 6, easy_read=[True, None] + [False] * 7)
    declared = survey(sampling={"size": None}, youngest=15)
    record = drawn(rows, declared, reach=known).record
    assert record.left_out == ()
    assert {case.reason: case.persons for case in record.met} == {
        "protected_address": 3, "easy_read": 1, "minor": 2, "no_address": 1,
    }  # fmt: skip


def test_what_is_declared_to_be_left_out_is_left_out_and_counted() -> None:
    rows = frame(district=["north"] * 10)
    known = reach(10, protected_address=[True] * 3 + [False] * 7)
    sample = drawn(rows, survey(sampling={"size": None}), reach=known, leave_out=["protected_address"])
    assert persons(sample) == [4, 5, 6, 7, 8, 9, 10]
    assert sample.record.left_out == (Case("protected_address", ("north",), 3),)


def test_totals_of_what_weights_use_are_kept() -> None:
    rows = frame(district=["north"] * 30 + ["south"] * 10, household=[1, 2] * 20)
    sample = drawn(rows, survey(weights={"post_stratify": ["district", "household"], "rake": ["district"]}))
    assert sample.totals(["district"]) == {("north",): 30, ("south",): 10}
    assert sample.totals(["district", "household"])["north", 1] == 15
    with pytest.raises(LookupError):
        sample.totals(["age"])


REFUSED: dict[str, tuple[pd.DataFrame, dict[str, object], str]] = {
    "frame_person_twice": (frame(person=[1, 1, 2]), {}, "2 persons|1 persons more than once"),
    "frame_empty": (frame(age=[5, 6]), {}, "of 2 rows of the frame, all are left out"),
    "frame_cell_empty": (frame(district=["north", None, "south"]), {}, "'district' is empty in 1 rows"),
    "sample_too_small": (frame(district=list("abcdefghijklm") * 2), {}, "20 persons are too few for 13 strata"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_frame_that_cannot_be_drawn_from_is_refused(code: str) -> None:
    rows, sampling, words = REFUSED[code]
    with pytest.raises(SurveyRefusedError, match=words) as found:
        drawn(rows, survey(sampling=sampling))
    assert found.value.code == code


def test_a_column_must_not_have_a_name_of_the_samples_own() -> None:
    rows = frame(district=["north"] * 5).rename(columns={"district": "weight"})
    from pejl.surveys.sampling import draw

    declared = survey(sampling={"strata": ["weight"]})
    with pytest.raises(SurveyRefusedError) as found:
        draw(rows, declared, declared.waves[0], KEY, {"weight": "text", "age": "integer"})
    assert found.value.code == "frame_column_taken"


DISTRICTS = st.lists(st.sampled_from(["north", "south", "east"]), min_size=25, max_size=120)


@hypothesis_settings(max_examples=40)
@given(districts=DISTRICTS, shuffle=st.randoms(use_true_random=False))
def test_sizes_weights_and_order(districts: list[str], shuffle: object) -> None:
    rows = frame(district=districts)
    declared = survey()
    sample = drawn(rows, declared)
    counts = Counter(districts)
    assert len(sample.rows) == 20
    assert all(number <= counts[name] for name, number in by_district(sample).items())
    weights = sample.rows.groupby("district")["weight"].sum()
    assert {name: weights[name] for name in counts} == pytest.approx(dict(counts))
    order = list(range(len(rows)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    other = drawn(rows.iloc[order], declared)
    pd.testing.assert_frame_equal(other.rows, sample.rows)
    assert other.record == sample.record


def test_another_seed_survey_or_period_draws_others() -> None:
    rows = frame(district=["north"] * 500)
    first = drawn(rows, survey())
    assert persons(drawn(rows, survey())) == persons(first)
    others = [drawn(rows, survey(sampling={"seed": 8})), drawn(rows, survey(id="other")), drawn(rows, survey(), 1)]
    for other in others:
        assert persons(other) != persons(first)
    # the token is a person's in one wave only
    shared = set(others[0].rows["token"]) & set(first.rows["token"])
    assert len(shared) == len(set(persons(others[0])) & set(persons(first)))
    assert not set(others[1].rows["token"]) & set(first.rows["token"])


def test_tokens_are_an_hmac_of_survey_period_and_person() -> None:
    # HMAC-SHA256 with the key 00 01 ... 1f of "wellbeing|2024|12", in base 20, least digit first
    import hashlib
    import hmac

    number = int(hmac.new(KEY.secret, b"wellbeing|2024|12", hashlib.sha256).hexdigest(), 16)
    assert token(KEY, "wellbeing", "2024", 12) == "".join(
        "346789CDFGHJKMNPRTWX"[number // 20**place % 20] for place in range(10)
    )


def test_two_persons_with_one_token_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pejl.surveys.sampling.tokens.LENGTH", 1)
    with pytest.raises(SurveyRefusedError) as found:
        drawn(frame(district=["north"] * 100), survey(sampling={"size": 50}))
    assert found.value.code == "token_twice"


def test_everybody_in_a_stratum_has_the_same_chance_and_so_has_every_pair() -> None:
    strata = np.repeat([0, 1], [6, 4])
    times, pairs = np.zeros(10), np.zeros((10, 10))
    for seed in range(DRAWS):
        chosen = draw_units(strata, np.array([3, 1]), generator_for(seed, "s", "2024"))
        times += chosen
        pairs += np.outer(chosen, chosen)
    assert out_of_bounds(times[:6], 3 / 6, DRAWS) == []
    assert out_of_bounds(times[6:], 1 / 4, DRAWS) == []
    within = pairs[:6, :6][np.triu_indices(6, 1)]
    assert out_of_bounds(within, 3 * 2 / (6 * 5), DRAWS) == []
    assert pairs[6:, 6:][np.triu_indices(4, 1)].sum() == 0
    across = pairs[:6, 6:].ravel()
    assert out_of_bounds(across, 3 / 6 * 1 / 4, DRAWS) == []


@pytest.mark.parametrize(("share", "kept"), [(0.0, 0), (0.5, 15), (1.0, 30)])
def test_a_share_of_the_earlier_sample_is_asked_again(share: float, kept: int) -> None:
    rows = frame(district=["north"] * 200 + ["south"] * 100)
    declared = survey(sampling={"size": 30}, waves=[wave(2024), wave(2025, overlaps=2024, again=share)])
    first = drawn(rows, declared)
    second = again(rows, declared, first)
    shared = set(persons(first)) & set(persons(second))
    assert len(shared) == kept
    assert by_district(second) == {"north": 20, "south": 10}
    assert set(second.rows["weight"]) == {10.0}
    assert set(second.rows.loc[second.rows["again"], "person"]) == shared
    assert sum(each.again for each in second.record.strata_drawn) == kept
    assert (second.record.overlaps, second.record.again) == ("2024", share)


def test_nobody_left_out_of_an_overlap_is_newly_drawn_unless_nobody_else_is_there() -> None:
    rows = frame(district=["north"] * 30)
    declared = survey(waves=[wave(2024), wave(2025, overlaps=2024, again=0)])
    first = drawn(rows, declared)  # 20 of 30; the 10 others are newly drawn, and 10 once more for want of others
    second = again(rows, declared, first)
    assert len(set(persons(first)) & set(persons(second))) == 10
    assert len(second.rows) == 20


def test_inclusion_chances_of_overlapping_waves() -> None:
    """People move in, move between districts, grow old enough; all of a stratum must have the same chance."""
    # 0-29 stay in stratum 0, 30-39 move from 1 to 0, 40-59 stay in 1, 60-69 are new in 0, 70-79 new in 1
    before = np.repeat([0, 1, 1, -1, -1], [30, 10, 20, 10, 10])
    now = np.repeat([0, 0, 1, 0, 1], [30, 10, 20, 10, 10])
    there = np.flatnonzero(before >= 0)
    times, kept, pairs = np.zeros(80), 0, np.zeros(80)
    for seed in range(DRAWS):
        generator = generator_for(seed, "s", "2025")
        earlier = np.zeros(80, np.bool_)
        earlier[there] = draw_units(before[there], np.array([9, 12]), generator)
        chosen = draw_overlapping(now, np.array([10, 6]), before + 1, earlier, 0.5, generator)
        assert (np.bincount(now[chosen]) == [10, 6]).all()
        times += chosen
        kept += int((chosen & earlier).sum())
        pairs += chosen & chosen[0]
    assert out_of_bounds(times[now == 0], 10 / 50, DRAWS) == []
    assert out_of_bounds(times[now == 1], 6 / 30, DRAWS) == []
    # within a cell any pair is as likely as another: given person 0, each of 1-29 is drawn equally often
    given_first = pairs[1:30]
    assert out_of_bounds(given_first, float(given_first.mean()) / DRAWS, DRAWS) == []
    # half of 21 would be 10.5; movers are kept less often, for their cells get few places
    assert 7 < kept / DRAWS <= 10.5


def test_overlapping_clusters_are_kept_whole() -> None:
    rows = frame(district=["north"] * 120, household=[number // 3 for number in range(120)])
    declared = survey(
        sampling={"size": 30, "clusters": "household"}, waves=[wave(2024), wave(2025, overlaps=2024, again=0.5)]
    )
    first = drawn(rows, declared)
    second = again(rows, declared, first)
    shared = set(first.rows["cluster"]) & set(second.rows["cluster"])
    assert len(shared) == 5
    assert set(second.rows["weight"]) == {4.0}


def test_a_sample_under_another_key_or_of_other_units_overlaps_nothing() -> None:
    from dataclasses import replace

    rows = frame(district=["north"] * 60)
    declared = survey()
    first = drawn(rows, declared)
    for record, code in (
        (replace(first.record, key="another"), "sample_other_key"),
        (replace(first.record, clusters="household"), "overlap_other_units"),
    ):
        with pytest.raises(SurveyRefusedError) as found:
            again(rows, declared, Sample(first.rows, record))
        assert found.value.code == code


def test_kinds_of_the_columns() -> None:
    sample = drawn(frame(district=["north"] * 60), survey())
    assert list(sample.rows.columns) == [
        "token", "person", "stratum", "population_size", "sample_size", "weight", "again", "district", "age",
    ]  # fmt: skip
    assert sample.kinds["district"] == KINDS["district"]
    assert sample.rows["token"].is_monotonic_increasing
