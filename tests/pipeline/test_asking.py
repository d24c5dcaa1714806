"""From a drawn sample and answers to a release: estimates, what of them is shown, judged, explained, and done again."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from statistics import variance
from typing import Any

import pytest
from click.testing import CliRunner
from scipy.special import betaincinv, stdtrit
from tests.conftest import MakeWorkspace
from tests.pipeline.asked import ANSWERS, FILES_ASKED, answer, drawn

import pejl
from pejl.cli.commands import cli
from pejl.pipeline import Event, IndicatorDone
from pejl.publish.targets import targets_sheet
from pejl.release import Release


@pytest.fixture
def lilleby(make_workspace: MakeWorkspace) -> Path:
    root = make_workspace(FILES_ASKED)
    for year in ANSWERS:
        answer(root, year)
    return root


def release_of(root: Path) -> Release:
    release = pejl.open(root).measure().release
    assert release is not None
    return release


def totals(release: Release, name: str) -> dict[str, dict[str, Any]]:
    found = release.indicator(name)
    assert found is not None
    return {item["period"]: item for item in found["totals"]}


def goal(release: Release, name: str) -> dict[str, Any]:
    return next(each for each in release.status["goals"] if each["indicator"] == name)


def cells(release: Release, part: str, name: str) -> dict[tuple[str, str], dict[str, str]]:
    rows = csv.DictReader(release.read(f"{part}/cells/{name}.csv").decode().splitlines())
    return {(row["period"], row["district"]): row for row in rows}


def by_hand(north: Sequence[float], south: Sequence[float]) -> tuple[float, float]:
    """A stratified mean over 30 and 15 people, and its standard error."""
    value = (30 * sum(north) / 10 + 15 * sum(south) / 5) / 45
    parts = (30 / 45) ** 2 * (1 - 10 / 30) * variance(north) / 10, (15 / 45) ** 2 * (1 - 5 / 15) * variance(south) / 5
    return value, sqrt(sum(parts))


def test_a_mean_is_what_a_hand_would_compute(lilleby: Path) -> None:
    found = totals(release_of(lilleby), "mood_mean")
    for year, answers in ANSWERS.items():
        value, se = by_hand(answers["north"], answers["south"])
        reach = stdtrit(13, 0.975) * se
        item = found[str(year)]
        assert (item["value"], item["se"]) == pytest.approx((value, se))
        assert (item["low"], item["high"]) == pytest.approx((value - reach, value + reach))
        assert (item["n"], item["df"], item["response_rate"], item["instrument"]) == (15, 13, 75.0, "mood 7")


def test_a_share_past_a_cut_off_is_what_a_hand_would_compute(lilleby: Path) -> None:
    item = totals(release_of(lilleby), "mood_good")["2016"]
    share, se = by_hand([1.0] * 6 + [0.0] * 4, [1.0] * 2 + [0.0] * 3)
    size = share * (1 - share) / se**2 * (stdtrit(14, 0.975) / stdtrit(13, 0.975)) ** 2  # Korn and Graubard
    assert share == pytest.approx(8 / 15)
    assert (item["value"], item["se"], item["basis"]) == (pytest.approx(100 * share), pytest.approx(100 * se), "beta")
    assert item["low"] == pytest.approx(100 * betaincinv(size * share, size * (1 - share) + 1, 0.025))
    assert item["high"] == pytest.approx(100 * betaincinv(size * share + 1, size * (1 - share), 0.975))


def test_the_change_is_judged_with_what_those_asked_twice_have_in_common(lilleby: Path) -> None:
    release = release_of(lilleby)
    before, after = (totals(release, "mood_mean")[year] for year in ("2016", "2017"))
    ((period, covariance),) = after["covariances"]
    difference = goal(release, "mood_mean")["difference"]
    half = stdtrit(13, 0.975) * sqrt(before["se"] ** 2 + after["se"] ** 2 - 2 * covariance)
    change = after["value"] - before["value"]
    assert period == "2016"
    assert (difference["value"], difference["method"]) == (pytest.approx(change), "design_t")
    assert (difference["low"], difference["high"]) == pytest.approx((change - half, change + half))


def test_readers_see_groups_with_enough_answers_behind_every_number(lilleby: Path) -> None:
    release = release_of(lilleby)
    inside, outside = (cells(release, part, "mood_good") for part in ("internal", "public"))
    # 6 in the north are past the cut-off and 4 are not: fewer than 5 people behind that number.
    assert (inside["2016", "north"]["numerator"], inside["2016", "north"]["n"]) == ("6", "10")
    assert inside["2016", "north"]["value"] == "60"
    assert [outside["2016", name]["state"] for name in ("total", "north", "south")] == [
        "measured", "withheld", "withheld",
    ]  # fmt: skip
    assert outside["2016", "total"]["numerator"] == ""
    means = cells(release, "public", "mood_mean")
    assert [means["2016", name]["n"] for name in ("total", "north", "south")] == ["15", "10", "5"]


def test_a_second_run_has_nothing_to_say_and_an_answer_more_has(lilleby: Path) -> None:
    pejl.open(lilleby).measure()
    assert not pejl.open(lilleby).measure().new
    rows = answer(lilleby, 2017)
    text = (lilleby / "data" / "mood_2017.csv").read_text().replace(rows[0], rows[0].rsplit(",", 1)[0] + ",50")
    (lilleby / "data" / "mood_2017.csv").write_text(text)
    events: list[Event] = []
    assert pejl.open(lilleby).measure(listener=events.append).new
    done = {event.indicator: event.reused for event in events if isinstance(event, IndicatorDone)}
    assert [name for name, reused in done.items() if not reused] == ["mood_good", "mood_mean"]


def test_a_wave_without_answers_or_sample_is_not_collected_and_says_why(make_workspace: MakeWorkspace) -> None:
    root = make_workspace(FILES_ASKED)
    answer(root, 2016)
    found = release_of(root).indicator("mood_mean")
    assert found is not None
    assert [item["state"] for item in found["totals"]] == ["measured", "not_collected"]
    assert found["not_counted"]["en"] == "2017: no sample has been drawn"
    drawn(root, 2017)
    again = release_of(root).indicator("mood_mean")
    assert again is not None
    assert again["not_counted"]["en"] == "2017: the answers are not here yet: data/mood_2017.csv"
    assert goal(release_of(root), "mood_mean")["development"] == "unknown"


def test_what_is_wrong_with_answers_is_said_with_file_and_row_and_the_wave_is_not_used(lilleby: Path) -> None:
    rows = answer(lilleby, 2017)
    token = rows[0].split(",")[0]
    answer(lilleby, 2017, f"{token},2017-02-11T12:00:00,self,self,50")
    (problem,) = (each for each in pejl.open(lilleby).check().problems if each.severity == "problem")
    assert (problem.code, problem.location.file, problem.location.line) == ("token_twice", "data/mood_2017.csv", 17)
    found = release_of(lilleby).indicator("mood_mean")
    assert found is not None
    assert [item["state"] for item in found["totals"]] == ["measured", "not_collected"]
    assert found["not_counted"]["en"] == "2017: the answers in data/mood_2017.csv have problems: 1"


def test_no_token_and_no_person_is_in_a_release(lilleby: Path) -> None:
    release_of(lilleby)
    rows = drawn(lilleby, 2016).rows
    secret = [*rows["token"], *map(str, rows["person"])]
    for path in (lilleby / "releases").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
            assert not any(each in text for each in secret), path


def test_the_house_keeps_how_people_were_asked(lilleby: Path) -> None:
    account = json.loads(release_of(lilleby).read("internal/asked/mood_mean.json"))
    wave = account["waves"][1]
    assert (wave["drawn"]["persons"], wave["answers"]["complete"], wave["answers"]["rr1"]) == (20, 15, 0.75)
    assert [(each["stratum"], each["persons"], each["drawn"]) for each in wave["strata"]] == [
        ({"district": "north"}, 30, 13),
        ({"district": "south"}, 15, 7),
    ]
    assert [(step["name"], step["total"]) for step in wave["weights"]["steps"]] == [
        ("design", pytest.approx(10 * 30 / 13 + 5 * 15 / 7)),
        ("calibrated", pytest.approx(45)),
    ]


def test_explain_says_how_people_were_asked(lilleby: Path) -> None:
    release_of(lilleby)
    told = CliRunner().invoke(cli, ["explain", str(lilleby), "mood_good", "--lang", "en"], terminal_width=200)
    assert told.exit_code == 0, told.output
    for words in (
        "Mood (mood 7)",
        "at least 50",
        "Response rate",
        "75%",
        "Design effect",
        "by themselves: 15",
        "Drawn",
    ):
        assert words in told.output, words


def test_the_status_says_which_answers_count(lilleby: Path) -> None:
    release_of(lilleby)
    told = CliRunner().invoke(cli, ["status", str(lilleby), "--lang", "en"], terminal_width=200)
    assert "counted: at least 50" in " ".join(told.output.split())


def test_the_smallest_change_one_could_see_uses_the_design_effect(lilleby: Path) -> None:
    release = release_of(lilleby)
    rows = {row["id"]: row for row in targets_sheet(pejl.open(lilleby).declared(), release, None, {})}
    item = totals(release, "mood_mean")["2016"]
    row = rows["goal_mood_mean"]
    assert row["smallest_visible_change"] == pytest.approx(1.959964 * sqrt(2) * item["se"])
    assert row["smallest_likely_change"] == pytest.approx((1.959964 + 0.841621) * sqrt(2) * item["se"], rel=1e-5)
    assert (row["sample"], rows["goal_mood_good"]["sample"]) == (15, 15)
