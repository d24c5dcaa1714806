"""From registers to a sample in the workspace, and from there to a file for the mail system."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import MakeWorkspace
from tests.pipeline.counted import NORTH, SOUTH, cpr
from tests.pipeline.surveyed import CHILDREN, EASY, GUARDIAN, NO_ADDRESS, PAPER, PROTECTED, SURVEYED

import pejl
from pejl.pipeline import Event, RegisterDone
from pejl.surveys.sampling import Sample, SurveyRefusedError, read_sample

EVERYBODY = {"surveys/wellbeing.yaml": ("  size: 12\n", "")}


@pytest.fixture
def lilleby(make_workspace: MakeWorkspace) -> Path:
    return make_workspace(SURVEYED)


@pytest.fixture
def all_asked(make_workspace: MakeWorkspace) -> Path:
    return make_workspace(SURVEYED, swap=EVERYBODY)


def sample_of(folder: Path, period: str = "2016") -> Sample:
    return pejl.open(folder).draw("wellbeing", period=period).sample


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_workspace_is_in_order(lilleby: Path) -> None:
    assert [problem.code for problem in pejl.open(lilleby).check().problems if problem.severity == "problem"] == []


def test_a_sample_is_drawn_from_the_registers(lilleby: Path) -> None:
    events: list[Event] = []
    drawn = pejl.open(lilleby).draw("wellbeing", period="2016", listener=events.append)
    record = drawn.sample.record
    # 45 citizens, 3 of them children of 10: 28 adults in the north, 14 in the south, 12 of 42
    assert [(each.values, each.persons, each.sample) for each in record.strata_drawn] == [
        (("north",), 28, 8),
        (("south",), 14, 4),
    ]
    assert [(case.reason, case.values, case.persons) for case in record.left_out] == [
        ("too_young", ("north",), 2),
        ("too_young", ("south",), 1),
    ]
    assert (record.frame_rows, record.frame_day, record.software["engine"][:6]) == (45, "2016-01-01", "duckdb")
    assert set(drawn.sample.rows["weight"]) == {3.5}
    assert set(drawn.sample.rows["age"]) == {35}
    assert drawn.folder == lilleby / "data" / "samples" / "wellbeing" / "2016"
    read = [event.register for event in events if isinstance(event, RegisterDone)]
    assert read == ["persons", "reach", "residence"]


def test_a_case_declared_to_be_left_out_is_left_out_and_counted(lilleby: Path) -> None:
    survey = lilleby / "surveys" / "wellbeing.yaml"
    survey.write_text(
        survey.read_text().replace("  easy_read: easy\n", "  easy_read: easy\n  leave_out: [protected_address]\n")
    )
    record = sample_of(lilleby).record
    left_out = {(case.reason, case.values): case.persons for case in record.left_out}
    assert sum(persons for (reason, _), persons in left_out.items() if reason == "protected_address") == len(PROTECTED)
    assert sum(each.persons for each in record.strata_drawn) == 42 - len(PROTECTED)


def test_the_same_seed_draws_the_same_persons_again(lilleby: Path) -> None:
    first = pejl.open(lilleby).draw("wellbeing", period="2016")
    content = (first.folder / "sample.csv").read_bytes()
    pejl.open(lilleby).purge()
    second = pejl.open(lilleby).draw("wellbeing", period="2016", again=True)
    assert (second.folder / "sample.csv").read_bytes() == content


def test_a_drawn_wave_stands_and_an_answered_one_cannot_be_drawn_again(lilleby: Path) -> None:
    sample_of(lilleby)
    with pytest.raises(SurveyRefusedError) as found:
        sample_of(lilleby)
    assert found.value.code == "sample_drawn_already"
    (lilleby / "data" / "answers_2016.csv").write_text("token,submitted,mode,by\n")
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).draw("wellbeing", period="2016", again=True)
    assert found.value.code == "sample_answered"


def test_half_of_the_first_wave_is_asked_again(lilleby: Path) -> None:
    with pytest.raises(SurveyRefusedError) as found:
        sample_of(lilleby, "2017")
    assert found.value.code == "sample_missing"
    first, second = sample_of(lilleby), sample_of(lilleby, "2017")
    shared = set(first.rows["person"]) & set(second.rows["person"])
    assert len(shared) == 6
    assert not set(first.rows["token"]) & set(second.rows["token"])
    assert (second.record.overlaps, second.record.again) == ("2016", 0.5)
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).draw("wellbeing", period="2016", again=True)
    assert found.value.code == "sample_overlapped"


def test_no_number_of_a_person_is_in_the_workspaces_sample(lilleby: Path) -> None:
    folder = pejl.open(lilleby).draw("wellbeing", period="2016").folder
    numbers = {form for person in (*NORTH, *SOUTH) for form in (cpr(person), cpr(person).replace("-", ""))}
    for path in folder.iterdir():
        assert not [number for number in numbers if number in path.read_text()]
    assert not {"M00110", "M00112"} & set((folder / "sample.csv").read_text().replace("\n", ",").split(","))
    assert read_sample(folder).record.survey == "wellbeing"


def test_what_the_mail_system_is_given(all_asked: Path, tmp_path: Path) -> None:
    sample = sample_of(all_asked)
    target = tmp_path / "to_mail.csv"
    found = pejl.open(all_asked).export("wellbeing", target, period="2016").mailing
    rows = lines(target)
    assert list(rows[0]) == ["token", "address_key", "route", "letter", "language"]
    assert [row["token"] for row in rows] == sorted(row["token"] for row in rows)
    assert {row["token"] for row in rows} < set(sample.rows["token"])
    by_key = {row["address_key"]: row for row in rows}
    # 42 adults less the one without an address
    assert len(by_key) == found.drawn - found.no_address == 41
    assert not {f"M{person:05d}" for person in (*CHILDREN, NO_ADDRESS)} & set(by_key)
    for group, column, word in (
        (PAPER, "route", "paper"),
        (GUARDIAN, "route", "guardian"),
        (EASY, "letter", "easy_read"),
    ):
        assert {f"M{person:05d}" for person in group} == {key for key, row in by_key.items() if row[column] == word}
    assert {row["language"] for row in rows} == {"da"}
    assert found.routes() == {"digital_post": 38, "paper": 2, "guardian": 1}
    assert found.letters() == {"ordinary": 39, "easy_read": 2}
    assert (found.protected, found.no_address, found.minors) == (len(PROTECTED), 1, 0)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_draw_counts_them_too(all_asked: Path) -> None:
    counts: dict[str, int] = {}
    for case in sample_of(all_asked).record.met:
        counts[case.reason] = counts.get(case.reason, 0) + case.persons
    assert counts == {
        "protected_address": 2, "outside_digital_post": 2, "guardianship": 1, "easy_read": 2, "no_address": 1,
    }  # fmt: skip


@pytest.mark.parametrize("place", ["mail.csv", "data/mail.csv", "../lilleby/mail.csv"])
def test_nothing_is_exported_into_the_workspace(lilleby: Path, place: str) -> None:
    sample_of(lilleby)
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).export("wellbeing", lilleby / place, period="2016")
    assert found.value.code == "export_inside"
    assert not (lilleby / place).exists()


def test_nor_by_way_of_a_link(lilleby: Path, tmp_path: Path) -> None:
    sample_of(lilleby)
    (tmp_path / "outside").symlink_to(lilleby / "data")
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).export("wellbeing", tmp_path / "outside" / "mail.csv", period="2016")
    assert found.value.code == "export_inside"


def test_another_key_finds_nobody(lilleby: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample_of(lilleby)
    key = tmp_path / "other.key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o600)
    monkeypatch.setenv("PEJL_PSEUDONYM_KEY", str(key))
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).export("wellbeing", tmp_path / "mail.csv", period="2016")
    assert found.value.code == "sample_other_key"


SWAPS = {
    "frame_column_missing": ("models/adults.sql", ("  r.district,\n", "")),
    "frame_column_type": ("models/adults.sql", ("      end as age\n", "      end as years,\n  'old' as age\n")),
    "frame_no_rows": ("models/adults.sql", ("where d.month = 1", "where d.month = 2")),
    "reach_column_missing": ("registers/reach.yaml", ("text, personal: pseudonym", "text, personal: identifier")),
    "reach_column_type": ("surveys/wellbeing.yaml", ("easy_read: easy", "easy_read: mail_key")),
    "register_unusable": ("registers/reach.yaml", ("data/reach.csv", "data/nowhere.csv")),
    "frame_missing": ("surveys/wellbeing.yaml", ("frame: adults", "frame: adulst")),
}


@pytest.mark.parametrize("code", SWAPS)
def test_what_cannot_be_drawn_is_refused_with_a_reason(make_workspace: MakeWorkspace, code: str) -> None:
    file, words = SWAPS[code]
    with pytest.raises(SurveyRefusedError) as found:
        sample_of(make_workspace(SURVEYED, swap={file: words}))
    # what is wrong with a declaration may be found by the check before anything is read
    in_the_data = code in {"frame_no_rows", "register_unusable"}
    assert found.value.code in ({code} if in_the_data else {code, "workspace_problems"})


@pytest.mark.parametrize(
    ("survey", "period", "code"),
    [
        ("wellbing", None, "survey_unknown"),
        ("wellbeing", None, "wave_not_named"),
        ("wellbeing", "2018", "wave_unknown"),
    ],
)
def test_a_wave_must_be_named_rightly(lilleby: Path, survey: str, period: str | None, code: str) -> None:
    with pytest.raises(SurveyRefusedError) as found:
        pejl.open(lilleby).draw(survey, period=period)
    assert found.value.code == code


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pejl", "survey", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_commands(lilleby: Path, tmp_path: Path) -> None:
    drawn = run("draw", lilleby, "wellbeing", "--period", "2016")
    assert (drawn.returncode, drawn.stderr) == (0, "")
    assert drawn.stdout.splitlines()[:4] == [
        "Drawn for 2016: 12 of 42 persons, in 2 strata.",
        "  north: 8 of 28",
        "  south: 4 of 14",
        "Left out: 3 (too young)",
    ]
    again = run("draw", lilleby, "wellbeing", "--period", "2016")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("pejl: the sample of 'wellbeing' for 2016 is drawn already; it stands as it is")
    exported = run(
        "export", lilleby, "wellbeing", "--period", "2016", "--to", tmp_path / "mail.csv", "--format", "json"
    )
    found = json.loads(exported.stdout)
    assert found["drawn"] == 12 == found["written"] + found["no_address"]
    assert sum(found["routes"].values()) == sum(found["letters"].values()) == found["written"]
    inside = run("export", lilleby, "wellbeing", "--period", "2016", "--to", lilleby / "mail.csv")
    assert inside.returncode == 1
    assert "lies in the workspace" in inside.stderr
    letter = run("letter", lilleby, "wellbeing", "--period", "2016", "--lang", "en")
    assert "Answering is voluntary. You can say no" in letter.stdout
    assert "Please answer by 1 March 2016." in letter.stdout
    assert "{token}" in letter.stdout
    assert "This is an example" in letter.stderr
