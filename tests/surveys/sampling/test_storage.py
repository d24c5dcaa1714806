"""Samples in files."""

from __future__ import annotations

import json
import math
import stat
from pathlib import Path

import pandas as pd
import pytest
from tests.surveys.sampling.samples import drawn, frame, survey

from pejl.surveys.sampling import Sample, SurveyRefusedError, read_sample, sample_folder, write_sample


@pytest.fixture
def sample() -> Sample:
    rows = frame(
        district=['a "quoted", name', "NA", "æøå;\n", "plain"] * 15,
        earlier_score=[0.1, 1 / 3, math.nan, 1e-300] * 15,
        household=[1, None, 3, 2**60] * 15,
    )
    declared = survey(
        sampling={"allocation": "proportional", "spread_of": "earlier_score"}, weights={"rake": ["district"]}
    )
    kinds = {"district": "text", "earlier_score": "number", "household": "integer", "age": "integer"}
    from tests.surveys.sampling.samples import KEY

    from pejl.surveys.sampling import draw

    return draw(rows, declared, declared.waves[0], KEY, kinds)


def test_what_is_written_is_read_back(sample: Sample, tmp_path: Path) -> None:
    folder = write_sample(tmp_path, sample)
    found = read_sample(folder)
    pd.testing.assert_frame_equal(found.rows, sample.rows, check_exact=True)
    assert found.record == sample.record


def test_only_the_owner_can_read(sample: Sample, tmp_path: Path) -> None:
    folder = write_sample(tmp_path, sample)
    assert folder == tmp_path / "data" / "samples" / "wellbeing" / "2024"
    assert {path.name for path in folder.iterdir()} == {"sample.csv", "draw.json"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_sample_is_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    first, second = (write_sample(tmp_path / name, sample) for name in ("one", "two"))
    for name in ("sample.csv", "draw.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_wave_is_drawn_once(sample: Sample, tmp_path: Path) -> None:
    folder = write_sample(tmp_path, sample)
    before = (folder / "sample.csv").stat().st_mtime_ns
    with pytest.raises(SurveyRefusedError, match="the sample of 'wellbeing' for 2024 is drawn already") as found:
        write_sample(tmp_path, sample)
    assert found.value.code == "sample_drawn_already"
    assert (folder / "sample.csv").stat().st_mtime_ns == before
    assert [path.name for path in folder.parent.iterdir()] == ["2024"]


def test_unless_it_is_to_be_drawn_anew(sample: Sample, tmp_path: Path) -> None:
    folder = write_sample(tmp_path, sample)
    other = drawn(frame(district=["north"] * 30), survey(sampling={"seed": 99}))
    assert write_sample(tmp_path, other, again=True) == folder
    assert read_sample(folder).record.seed == 99
    assert [path.name for path in folder.parent.iterdir()] == ["2024"]


def test_periods_with_signs_a_folder_must_not_have(tmp_path: Path) -> None:
    assert sample_folder(tmp_path, "s", "2016/2017").name == "2016-2017"
    assert sample_folder(tmp_path, "s", "2016>2017").name == "2016-to-2017"


def test_no_sample(tmp_path: Path) -> None:
    with pytest.raises(SurveyRefusedError, match="run pejl survey draw") as found:
        read_sample(tmp_path)
    assert found.value.code == "sample_missing"


def damaged_record(text: str) -> str:
    plain = json.loads(text)
    del plain["seed"]
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("draw.json", lambda text: text[:-20]),
        ("draw.json", damaged_record),
        ("sample.csv", lambda text: text[: text.rindex("\n", 0, -1) + 1]),
        ("sample.csv", lambda text: text.replace("token", "code", 1)),
        ("sample.csv", lambda text: text.replace("false", "maybe", 1)),
    ],
)
def test_a_damaged_sample_is_refused(sample: Sample, tmp_path: Path, name: str, damage: object) -> None:
    folder = write_sample(tmp_path, sample)
    path = folder / name
    path.write_text(damage(path.read_text()))  # type: ignore[operator]
    with pytest.raises(SurveyRefusedError) as found:
        read_sample(folder)
    assert found.value.code == "sample_damaged"
