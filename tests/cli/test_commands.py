"""The command line as a stranger uses it: what it prints, and the code it leaves with."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pejl.cli import main

ROOT = Path(__file__).parents[2]
COPENHAGEN = ROOT / "workspaces" / "copenhagen"
GOAL_KEYS = {
    "id",
    "code",
    "strategy",
    "title",
    "indicator",
    "target_status",
    "development",
    "reasons",
    "latest",
    "baseline",
    "target",
    "difference",
    "context",
    "series",
}
POINT_KEYS = {"period", "value", "low", "high", "state", "n", "unit"}


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["pejl", *(str(argument) for argument in arguments)])
        with pytest.raises(SystemExit) as leaving:
            main()
        captured = capsys.readouterr()
        code = leaving.value.code
        return Ended(code if isinstance(code, int) else 0, captured.out, captured.err)

    return running


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copenhagen with a release. Tests only read it."""
    import pejl

    folder = tmp_path_factory.mktemp("measured") / "copenhagen"
    shutil.copytree(COPENHAGEN, folder, ignore=shutil.ignore_patterns("releases"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEJL_CACHE", str(folder.parent / "cache"))
        pejl.open(folder).measure()
    return folder


def goals(run: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    ended = run("status", folder, "--format", "json", *arguments)
    assert ended.code == 0, ended.err
    return {goal["id"]: goal for goal in json.loads(ended.out)["goals"]}


def test_check_of_copenhagen_has_warnings_only(run: Run) -> None:
    ended = run("check", COPENHAGEN, "--as-of", "2026-11-21")
    assert ended.code == 0
    assert "Problems: 0, warnings: 4." in ended.out
    assert str(COPENHAGEN / "strategy" / "social_strategy_2018_2022.yaml") in ended.out
    assert "social_strategy_2018_2022.yaml:" in ended.out
    assert "Bolig" in ended.out


def test_check_in_json_gives_place_and_mend(run: Run, city: Path) -> None:
    file = city / "indicators" / "homeless.yaml"
    file.write_text(file.read_text().replace("\nunit:", "\nunitt:", 1))
    ended = run("check", city, "--format", "json")
    assert ended.code == 1
    found = [item for item in json.loads(ended.out)["problems"] if item["code"] == "unknown_key"]
    line = 1 + file.read_text().splitlines().index(next(li for li in file.read_text().splitlines() if "unitt" in li))
    assert found == [
        {
            "severity": "problem",
            "code": "unknown_key",
            "file": "indicators/homeless.yaml",
            "line": line,
            "column": 1,
            "value": "unitt",
            "message": "unknown key 'unitt'",
            "mend": "Did you mean 'unit'?",
        }
    ]


def test_check_speaks_danish_when_asked(run: Run) -> None:
    assert "advarsel" in run("check", COPENHAGEN, "--lang", "da").out


def test_status_before_any_release_says_what_to_do(run: Run, city: Path) -> None:
    ended = run("status", city)
    assert ended.code == 1
    assert "run pejl measure" in ended.err
    assert ended.out == ""


def test_status_in_json_has_every_key_for_every_goal_of_every_strategy(run: Run, measured: Path) -> None:
    ended = run("status", measured, "--format", "json")
    status = json.loads(ended.out)
    assert (status["workspace"], status["release"]) == ("copenhagen", "2024-r1")
    assert {goal["strategy"] for goal in status["goals"]} == {
        "grundlagspapir_2014_2017_draft",
        "grundlagspapir_2014_2017",
        "social_strategy_2018_2022_draft",
        "social_strategy_2018_2022",
    }
    for goal in status["goals"]:
        assert goal.keys() >= GOAL_KEYS
        assert goal["latest"].keys() >= POINT_KEYS
        assert goal["baseline"].keys() >= POINT_KEYS
        assert goal["target"].keys() >= {"kind", "period", "value", "due", "standing"}
        assert goal["difference"].keys() >= {"value", "low", "high", "ratio", "p", "p_adjusted"}
        assert goal["target_status"]
        assert goal["development"]
        for reason in goal["reasons"]:
            assert reason["text"]["da"]
            assert reason["text"]["en"]


def test_the_worked_check_on_homelessness(run: Run, measured: Path) -> None:
    goal = goals(run, measured)["goal_1d_homeless"]
    assert (goal["code"], goal["indicator"]) == ("1D", "homeless")
    assert (goal["target_status"], goal["development"]) == ("not_reached", "no_clear_change")
    assert (goal["target"]["kind"], goal["target"]["standing"]) == ("change_and_relative", "proposed")
    assert goal["target"]["value"] == -325
    difference = goal["difference"]
    assert difference["value"] == -99
    assert (round(difference["low"]), round(difference["high"])) == (-208, 10)
    assert round(difference["p"], 3) == 0.077
    afterwards = [item for item in goal["context"] if item["kind"] == "afterwards"]
    assert [(item["period"], item["value"]) for item in afterwards] == [("2019", 1442), ("2022", 1370), ("2024", 1378)]


def test_quality_of_life_and_loneliness_lie_across_a_break(run: Run, measured: Path) -> None:
    found = goals(run, measured)
    for name in ("goal_8_lonely", "goal_8_quality_of_life"):
        goal = next(goal for goal in found.values() if goal["id"].startswith(name))
        assert goal["development"] == "not_comparable"
        assert goal["difference"]["value"] is None


def test_sick_leave_of_the_whole_municipality_is_context_only(run: Run, measured: Path) -> None:
    found = goals(run, measured, "--strategy", "social_strategy_2018_2022")
    goal = next(goal for goal in found.values() if goal["indicator"] == "sick_days_per_fte")
    assert goal["target_status"] == "direction_only"
    assert goal["development"] == "unknown"
    assert goal["latest"]["value"] is None
    assert {item["kind"] for item in goal["context"]} == {"other_scope"}
    assert [(item["period"], item["value"]) for item in goal["context"]] == [
        ("2017", 11.2),
        ("2019", 12.1),
        ("2023", 14.5),
    ]


def test_the_sign_nobody_can_measure_says_so(run: Run, measured: Path) -> None:
    found = goals(run, measured)
    states = {goal["latest"]["state"] for goal in found.values() if "foreningslivet" in goal["title"]["da"]}
    assert states == {"no_method"}


def test_a_release_for_2015_knows_nothing_later(run: Run, city: Path) -> None:
    assert run("measure", city, "--year", "2015").code == 0
    status = json.loads(run("status", city, "--format", "json").out)
    assert status["release"] == "2015-r1"
    goal = next(goal for goal in status["goals"] if goal["id"] == "goal_1d_homeless")
    assert goal["latest"]["period"] == "2015"
    # 1,581 to 1,562, where half the way to 1,256 would be 1,418.5: the interval is far from that.
    assert goal["target_status"] == "behind"
    assert goal["context"] == []
    assert all(item["period"] <= "2015" for item in goal["series"])


def test_measuring_again_changes_nothing_and_says_so(run: Run, city: Path) -> None:
    assert "Release 2024-r1 is made." in run("measure", city).out
    assert "Nothing has changed; release 2024-r1 stands." in run("measure", city).out


def test_status_in_csv_has_one_row_per_goal(run: Run, measured: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("status", measured, "--format", "csv").out)))
    assert len(rows) == 56
    row = next(row for row in rows if row["id"] == "goal_1d_homeless")
    assert row["latest_value"] == "1482.0"
    assert row["target_words"] == "målet er ikke nået, og det er sikkert"


def test_status_as_a_table_speaks_danish_first(run: Run, measured: Path) -> None:
    ended = run("status", measured, "--strategy", "grundlagspapir_2014_2017")
    assert "Ikke en hjemmeside fra Københavns Kommune" in ended.out
    assert "Udkast" in ended.out
    assert "2013: 1.581 (1.504–1.661)" in ended.out
    assert "ingen sikker" in ended.out
    english = run("status", measured, "--lang", "en")
    assert "2013: 1,581 (1,504–1,661)" in english.out
    assert "Not a website of the City of Copenhagen" in english.out


def test_every_indicator_can_be_explained(run: Run, measured: Path) -> None:
    for file in sorted((COPENHAGEN / "indicators").glob("*.yaml")):
        for lang in ("da", "en"):
            ended = run("explain", measured, file.stem, "--lang", lang)
            assert ended.code == 0, ended.err


def test_a_break_is_explained_with_its_day(run: Run, measured: Path) -> None:
    assert "Break on 1 January 2024" in run("explain", measured, "sick_days_per_fte", "--lang", "en").out
    assert "Databrud i 2016" in run("explain", measured, "lonely").out


def test_explain_leads_from_the_number_to_file_and_line(run: Run, measured: Path) -> None:
    ended = run("explain", measured, "homeless", "2017", "--lang", "en")
    assert "figures/published.csv:4" in ended.out
    assert "Garwood" in ended.out
    assert "neither the latest figure nor any of its interval" in " ".join(ended.out.split())
    found = json.loads(run("explain", measured, "homeless", "2017", "--format", "json").out)
    assert found["figures"][0]["value"] == 1482
    assert len(found["figures"][0]["sha256"]) == 64


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("explain", "DIR", "homless"), "there is no indicator 'homless'"),
        (("explain", "DIR", "homeless", "1999"), "has no figure for 1999"),
        (("status", "DIR", "--strategy", "nope"), "there is no strategy 'nope'"),
        (("status", "DIR", "--release", "2099-r9"), "there is no release '2099-r9'"),
        (("diff", "DIR", "nope", "social_strategy_2018_2022"), "there is no strategy 'nope'"),
        (("targets", "DIR", "--propose", "nope=3"), "there is no goal 'nope'"),
        (("targets", "DIR", "--propose", "goal_1d_homeless=many"), "is not a proposal"),
        (("measure", "DIR", "--only", "nope"), "there is no indicator 'nope'"),
        (("check", "/nowhere/at/all"), "there is no such folder"),
        (("status", "/nowhere/at/all"), "there is no such folder"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    run: Run, measured: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    ended = run(*(measured if argument == "DIR" else argument for argument in arguments))
    assert ended.code == 1
    assert complaint in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("check",), ("status", ".", "--format", "xml"), ("check", ".", "--as-of", "x")]
)
def test_misuse_of_the_command_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_a_fault_of_our_own_is_reported_without_data(run: Run, measured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("0101701234 Secret Person")

    monkeypatch.setattr("pejl.publish.status.status_json", broken)
    ended = run("status", measured, "--format", "json")
    assert ended.code == 70
    assert "KeyError at" in ended.err
    assert "Secret" not in ended.err
    assert "Traceback" not in ended.err


def test_problems_stop_a_measurement_before_anything_is_written(run: Run, city: Path) -> None:
    file = city / "figures" / "published.csv"
    file.write_text(file.read_text().replace("1581", "15x81"))
    ended = run("measure", city)
    assert ended.code == 1
    assert "'15x81'" in ended.err
    assert not (city / "releases").exists()


def test_diff_of_draft_and_adopted_strategy(run: Run, measured: Path) -> None:
    arguments = (measured, "social_strategy_2018_2022_draft", "social_strategy_2018_2022")
    counts = json.loads(run("diff", *arguments, "--format", "json").out)["counts"]
    assert counts == {
        "unchanged": 9,
        "reworded": 1,
        "changed_population": 2,
        "replaced": 1,
        "new": 0,
        "ended": 0,
        "heading_without_sign": 1,
    }
    assert "Bolig" in run("diff", *arguments).out


def test_targets_tell_what_a_number_would_mean(run: Run, measured: Path) -> None:
    arguments = ("targets", measured, "--strategy", "grundlagspapir_2014_2017")
    rows = {row["id"]: row for row in json.loads(run(*arguments, "--format", "json").out)}
    homeless = rows["goal_1d_homeless"]
    assert homeless["meaning"]["change"] == -325
    assert round(homeless["meaning"]["relative_change"], 2) == -20.56
    assert homeless["meaning"]["visible"] is True
    assert homeless["smallest_visible_change"] == -109
    # A break lies between 2015 and 2017: a number can only be set from 2017.
    assert (rows["goal_8_lonely"]["baseline"]["period"], rows["goal_8_lonely"]["sample"]) == ("2017", 7094)
    tried = json.loads(run(*arguments, "--propose", "goal_1d_homeless=1550", "--format", "json").out)
    assert next(row for row in tried if row["id"] == "goal_1d_homeless")["meaning"]["visible"] is False


def test_targets_as_a_sheet_and_as_text(run: Run, measured: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("targets", measured, "--format", "csv").out), delimiter=";"))
    assert len(rows) == 57
    assert len({len(row) for row in rows}) == 1
    text = run("targets", measured, "--format", "markdown", "--lang", "en").out
    assert "# The Social Committee's basic paper" in text
    assert "- **Smallest change one could see:** a measured change of −109 would be certain" in text
    assert run("targets", measured).code == 0


def test_the_command_line_starts_as_a_program(measured: Path) -> None:
    ended = subprocess.run([sys.executable, "-m", "pejl", "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("pejl, version ")


def test_a_reader_that_stops_reading_is_no_fault(measured: Path) -> None:
    command = f"{sys.executable} -m pejl status {measured} --format json | head -1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert ended.stdout == "{\n"
    assert ended.stderr == ""
