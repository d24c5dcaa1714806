"""Estimates as measurements: what each carries, and where there is none and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from tests.measure.asked.waves import MOOD, WORDS, Asked, Town, in_groups, people, survey, wave

from pejl.measure.asked import TOO_FEW, TOO_UNCERTAIN, account_of, asked_measurements, asked_of
from pejl.measure.asked.measurements import Asked as Found
from pejl.measure.measurement import Measurement
from pejl.measure.records import from_record, to_csv, to_record
from pejl.text import message
from pejl.workspace.indicators import DefinitionVersion, Indicator
from pejl.workspace.states import State
from pejl.workspace.surveys import Asking, Survey

LARGE = Town({1: 10**9})


def indicator(**asking: Any) -> Indicator:
    return Indicator(
        id="good_mood",
        title=WORDS,
        unit="percent" if "cut_off" in asking else "points",
        scope="city",
        source="survey",
        asking=Asking(survey="how", instrument="mood", **asking),
        published_by=WORDS,
        versions=(DefinitionVersion(version="1", definition=WORDS),),
    )


def workspace(declared: Survey) -> Any:
    units = {"percent": SimpleNamespace(kind="share"), "points": SimpleNamespace(kind="mean")}
    return SimpleNamespace(surveys_by_id={"how": declared}, units=units)


def measured(declared: Survey, waves: dict[str, list[Asked]], town: Town = LARGE, **asking: Any) -> Found:
    data = [wave(given, town, declared, period) for period, given in waves.items()]
    return asked_measurements(workspace(declared), indicator(**asking), MOOD, data, None)


def test_a_measurement_carries_all_that_the_sample_says() -> None:
    declared = survey(None, "2020", "2025")
    first = people([10.0, 20.0, 30.0, 60.0, None])
    again = people([50.0, 90.0, 10.0, 30.0], first=3)
    before, after = measured(declared, {"2020": first, "2025": again}).measurements
    assert (before.method, before.instrument, before.basis) == ("survey", "mood 7", "t")
    assert (before.n, before.df, before.response_rate, before.covariances) == (4.0, 3, 80.0, ())
    assert before.value == 30.0
    assert before.deff == pytest.approx(1.0)
    ((period, together),) = after.covariances
    assert period == "2020"
    # Two of five drawn at first, two of four later: the covariance of two answers about the means 30 and 45.
    assert together == pytest.approx(2 / 16 * ((60 - 30) * (90 - 45)) / 2 * 4 / 3, rel=1e-6)


def test_a_share_keeps_the_answers_behind_it_for_those_who_decide_what_is_shown() -> None:
    given = people([80.0] * 12 + [20.0] * 18)
    (found,) = measured(survey(), {"2020": given}, cut_off="good").measurements
    assert found.value == pytest.approx(40.0)
    assert (found.numerator, found.denominator) == (12.0, 30.0)


def test_a_group_with_too_few_answers_has_none_and_says_so() -> None:
    given = in_groups(people([10.0, 20.0, 30.0, 40.0, 50.0]), "aaabb")
    found = measured(survey(least_answers=3), {"2020": given}, by=("group",)).measurements
    assert [(item.dimensions, item.state, item.note, item.n) for item in found] == [
        ((), State.MEASURED, "", 5.0),
        ((("group", "a"),), State.MEASURED, "", 3.0),
        ((("group", "b"),), State.NO_DATA, TOO_FEW, 2.0),
    ]
    (few,) = (item for item in found if item.note)
    assert (few.value, few.low, few.se, few.deff, few.df) == (None, None, None, None, None)


def test_an_estimate_that_varies_too_much_is_none_and_says_so() -> None:
    declared = survey(most_variation=Decimal("0.3"))
    (found,) = measured(declared, {"2020": people([0.0, 0.0, 0.0, 60.0])}).measurements  # mean 15, standard error 15
    assert (found.state, found.note, found.value) == (State.NO_DATA, TOO_UNCERTAIN, None)
    (found,) = measured(declared, {"2020": people([50.0, 60.0, 50.0, 60.0])}).measurements
    assert found.value == 55.0


def test_a_wave_without_answers_is_not_collected() -> None:
    declared = survey(None, "2020", "2025")
    data = [wave(people([10.0, 20.0]), LARGE, declared, "2020")]
    why = {"2025": message("the answers are not here yet: {file}", file="data/2025.csv")}
    found = asked_measurements(workspace(declared), indicator(), MOOD, data, None, why)
    assert [item.state for item in found.measurements] == [State.MEASURED, State.NOT_COLLECTED]
    assert [wave.reason is None for wave in found.waves] == [True, False]


def test_waves_after_the_last_day_are_left_out() -> None:
    declared = survey(None, "2020", "2025")
    data = [wave(people([10.0, 20.0]), LARGE, declared, period) for period in ("2020", "2025")]
    found = asked_measurements(workspace(declared), indicator(), MOOD, data, date(2024, 12, 31))
    assert [item.period.text for item in found.measurements] == ["2020"]


def test_a_wave_that_cannot_be_weighted_says_why() -> None:
    (found,) = measured(survey(), {"2020": people([None, None])}).waves
    assert found.reason is not None
    assert found.reason.render("en") == "nobody answered"


def test_a_measurement_comes_back_from_a_record_and_stands_in_a_file() -> None:
    declared = survey(None, "2020", "2025")
    given = people([10.0, 20.0, 30.0, 60.0])
    before, after = measured(declared, {"2020": given, "2025": given}).measurements
    assert from_record(to_record(after)) == after
    assert after.covariances
    blank: Measurement = replace(after, covariances=(("2020", 0.25), ("2022", 1.5)), df=17, deff=1.25)
    header, *_, row = to_csv([before, blank], []).decode().splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["covariances"], cells["df"], cells["deff"]) == ("2020=0.25 2022=1.5", "17", "1.25")
    assert (cells["instrument"], cells["response_rate"]) == ("mood 7", "100")
    assert after.without_number(State.WITHHELD).covariances == ()


def test_the_account_counts_how_people_answered() -> None:
    declared = survey()
    given = [
        *people([10.0, 20.0, 30.0, None]),
        Asked(5, None, status="refused"),
        Asked(6, 40.0, by="proxy"),
        Asked(7, 40.0, status="partial"),
    ]
    account = account_of(declared, measured(declared, {"2020": given}), {"2020": {"answers": "abc"}})
    (told,) = account["waves"]
    answers = told["answers"]
    assert told["files"] == {"answers": "abc"}
    assert (answers["complete"], answers["partial"], answers["refused"], answers["no_answer"]) == (4, 1, 1, 1)
    assert (answers["by_proxy"], answers["modes"], answers["rr1"]) == (1, {"self": 5}, pytest.approx(4 / 7))
    assert [(each["drawn"], each["complete"]) for each in told["strata"]] == [(7, 4)]
    assert [step["name"] for step in told["weights"]["steps"]] == ["design"]


def test_the_cut_off_is_told_beside_the_instrument() -> None:
    told = asked_of(MOOD, Asking(survey="how", instrument="mood", cut_off="good"))
    assert (told["instrument"], told["version"], told["band"]) == ("mood", "7", None)
    assert told["cut_off"] == {
        "id": "good",
        "title": {"da": "mindst 50", "en": "at least 50"},
        "at_least": 50.0,
        "at_most": None,
    }
