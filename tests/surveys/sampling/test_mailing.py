"""What the mail system is given."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from tests.surveys.sampling.samples import drawn, frame, survey

from pejl.surveys.mailing import Mailing, looks_like_cpr, mailing, write_mailing
from pejl.surveys.sampling import CASES, Sample, SurveyRefusedError


@pytest.fixture
def sample() -> Sample:
    """Five persons, all drawn: 1 is 12 years old, 2 is 16, the others 40."""
    return drawn(frame(age=[12, 16, 40, 40, 40]), survey(sampling={"size": None, "strata": []}, youngest=10))


def reach(persons: Sequence[int] = (1, 2, 3, 4, 5), **columns: Sequence[object]) -> pd.DataFrame:
    held: dict[str, Sequence[object]] = dict.fromkeys(CASES, [False] * len(persons))
    held |= {"address_key": [f"M{person}" for person in persons], **columns}
    found = pd.DataFrame(
        {"person": list(persons)} | {name: pd.Series(list(values), dtype=object) for name, values in held.items()}
    )
    return found.astype(dict.fromkeys(CASES, "boolean"))


def by_person(sample: Sample, found: Mailing) -> dict[int, tuple[str, str, str]]:
    persons = dict(zip(sample.rows["token"], sample.rows["person"], strict=True))
    return {persons[each.token]: (each.address_key, each.route, each.letter) for each in found.addressees}


def test_a_guardian_comes_before_paper_and_paper_before_digital_post(sample: Sample) -> None:
    known = reach(guardianship=[0, 0, 1, 1, 0], outside_digital_post=[1, 0, 1, 0, 1], easy_read=[0, 0, 0, 1, 1])
    assert by_person(sample, mailing(sample, known, "da")) == {
        1: ("M1", "guardian", "ordinary"),  # under 15: whoever has custody
        2: ("M2", "digital_post", "ordinary"),
        3: ("M3", "guardian", "ordinary"),
        4: ("M4", "guardian", "easy_read"),
        5: ("M5", "paper", "easy_read"),
    }


def test_all_cases_are_counted(sample: Sample) -> None:
    known = reach(
        (1, 2, 3, 4, 9),
        address_key=["M1", "M2", None, "M4", "M9"],
        protected_address=[1, 0, 1, 0, 1],
        easy_read=[None, None, 0, 0, None],
    )
    found = mailing(sample, known, "da")
    # 3 has no key and 5 no row; 9 was not drawn; the protected of those written to are 1
    assert (found.drawn, len(found.addressees), found.no_address, found.protected, found.minors) == (5, 3, 2, 1, 2)
    assert found.not_stated == {"easy_read": 2}
    assert found.routes() == {"digital_post": 2, "paper": 0, "guardian": 1}
    assert found.letters() == {"ordinary": 3, "easy_read": 0}


def test_the_file(sample: Sample, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    target = tmp_path / "mail.csv"
    target.write_text("an older one, readable by all")
    target.chmod(0o644)
    found = mailing(sample, reach(address_key=["M;1", "M2", "M3", "M4", "M5"]), "en")
    write_mailing(found, target, root)
    text = target.read_bytes().decode()
    assert text.splitlines()[0] == "token;address_key;route;letter;language"
    first = sample.rows.set_index("person")["token"]
    assert f'{first[1]};"M;1";guardian;ordinary;en\r\n' in text
    assert f"{first[2]};M2;digital_post;ordinary;en\r\n" in text
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mail.csv", "workspace"]


def test_a_folder_is_no_file(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "outside").mkdir()
    with pytest.raises(SurveyRefusedError) as found:
        write_mailing(mailing(sample, reach(), "da"), tmp_path / "outside", tmp_path / "workspace")
    assert found.value.code == "export_folder"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("010180-1234", True),
        ("0101801234", True),
        ("010180 1234", True),
        ("610180-1234", True),  # a replacement number
        ("320180-1234", False),
        ("011380-1234", False),
        ("1000000001", False),
        ("M0101801234", False),
        ("01018012345", False),
        ("", False),
    ],
)
def test_what_looks_like_a_cpr_number(text: str, *, is_one: bool) -> None:
    assert looks_like_cpr(text) is is_one


def test_cpr_numbers_are_never_exported(sample: Sample) -> None:
    with pytest.raises(SurveyRefusedError, match="1 address keys look like CPR numbers") as found:
        mailing(sample, reach(address_key=["M1", "610180-1234", "M3", "M4", "M5"]), "da")
    assert found.value.code == "address_key_cpr"
    assert "610180" not in str(found.value)


def test_two_addresses_of_one_person_are_refused(sample: Sample) -> None:
    with pytest.raises(SurveyRefusedError) as found:
        mailing(sample, reach((1, 2, 2, 3, 4)), "da")
    assert found.value.code == "reach_person_twice"
