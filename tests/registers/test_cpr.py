"""CPR numbers are told apart by form and century, never by modulus 11. No number here could be issued, but one form."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.registers.conftest import KEY

from pejl.engines import Session
from pejl.registers import pseudonyms
from pejl.registers.pseudonyms import NUMBERS, keep_numbers
from pejl.registers.sources import SourceError

TODAY = date(2026, 1, 1)


def classed(session: Session, *texts: str) -> list[tuple[str, str, int | None]]:
    """Return each text with its class and pseudonym, in the order given."""
    session.values("texts", {"t": "text"}, [(text,) for text in texts])
    keep_numbers(session, "FROM texts", ["t"], KEY, TODAY)
    found = session.fetch(f'SELECT written, class, pseudonym FROM "{NUMBERS}"')
    by_text = {written: (written, kind, pseudonym) for written, kind, pseudonym in found}
    return [by_text[text] for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("010190-1234", "ordinary"),
        ("0101901234", "ordinary"),
        ("010190 1234", "ordinary"),
        ("0101650000", "ordinary"),  # fails modulus 11, as numbers given out since 2007 may
        ("290200-0123", "malformed"),  # 1900 had no leap day
        ("290200-4123", "ordinary"),  # 2000 had one
        ("290236-4123", "malformed"),  # 4 and 36: 2036, a leap year, but nobody is born then yet
        ("290237-4123", "malformed"),  # 4 and 37: 1937
        ("290236-9123", "malformed"),
        ("010157-5123", "malformed"),  # 5 and 57: 2057
        ("010158-5123", "ordinary"),  # 5 and 58: 1858
        ("010126-4123", "ordinary"),  # born today
        ("020126-4123", "malformed"),  # born tomorrow
        ("310490-1234", "malformed"),
        ("001290-1234", "malformed"),
        ("011390-1234", "malformed"),
        ("610190-1234", "replacement"),
        ("910190-1234", "replacement"),  # 31 and 60
        ("910490-1234", "malformed"),  # 31 April
        ("920190-1234", "malformed"),
        ("890200-0123", "replacement"),  # 29 and 60; gives no century, and 2000 had a leap day
        ("010190-AB12", "replacement"),
        ("010190-ab12", "replacement"),
        ("6101901AÆ2", "replacement"),
        ("320190-AB12", "malformed"),
        ("0000000000", "without"),
        ("000000-0000", "without"),
        ("9999999999", "without"),
        ("10190-1234", "malformed"),
        ("101901234", "malformed"),
        ("01019012345", "malformed"),
        ("0101-901234", "malformed"),
        ("010190–1234", "malformed"),
        ("ukendt", "malformed"),
        ("٠١٠١٩٠١٢٣٤", "malformed"),
    ],
)
def test_a_number_is_told_by_its_form_and_century(session: Session, text: str, expected: str) -> None:
    ((_, kind, pseudonym),) = classed(session, text)
    assert kind == expected
    assert (pseudonym is not None) == (expected in ("ordinary", "replacement"))


def test_one_number_has_one_pseudonym_however_it_is_written(session: Session) -> None:
    found = classed(session, "010190-1234", "0101901234", "010190 1234")
    assert len({pseudonym for _, _, pseudonym in found}) == 1
    found = classed(session, "010190-ab12", "010190AB12")
    assert len({pseudonym for _, _, pseudonym in found}) == 1


def days() -> Iterator[str]:
    for century, seventh in ((19, "0"), (20, "4"), (18, "5")):
        for year in (58, 99) if century == 18 else (0, 4, 25) if century == 20 else (0, 4, 36, 99):
            for month in range(1, 14):
                for day in range(33):
                    yield f"{century}{year:02d}{month:02d}{day:02d}{seventh}"


def test_every_day_of_a_calendar_and_no_other_is_a_day_of_birth(session: Session) -> None:
    written = {f"{each[6:8]}{each[4:6]}{each[2:4]}{each[8]}123": each for each in days()}
    for text, kind, _ in classed(session, *written):
        each = written[text]
        try:
            date(int(each[:4]), int(each[4:6]), int(each[6:8]))
        except ValueError:
            assert kind in ("malformed", "without")
        else:
            assert kind == "ordinary"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(numbers=st.sets(st.from_regex(r"(0[1-9]|1[0-9]|2[0-8])(0[1-9]|1[0-2])[0-9]{2}[0-3][0-9]{3}", fullmatch=True)))
def test_a_pseudonym_is_the_first_60_bits_of_pythons_hmac(session: Session, numbers: set[str]) -> None:
    for number, _, pseudonym in classed(session, *numbers):
        digest = hmac.digest(KEY.secret, number.encode(), "sha256")
        assert pseudonym == int.from_bytes(digest[:8]) >> 4


def test_two_numbers_with_one_pseudonym_are_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudonyms, "_HEX_DIGITS", 1)
    with pytest.raises(SourceError) as caught:
        classed(session, *(f"010190{number}" for number in range(1000, 1017)))
    assert caught.value.what.render("en") == (
        "two numbers have the same pseudonym; with another key for the pseudonyms they would not"
    )


def test_the_key_does_not_stay_in_the_session(session: Session) -> None:
    classed(session, "010190-1234")
    assert session.fetch("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%key%'") == []
