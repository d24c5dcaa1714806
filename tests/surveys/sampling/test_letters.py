"""What a letter must say, and how it is filled in."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.surveys.sampling.samples import survey, wave

from pejl.surveys.letters import check_letters, example_letter, rendered
from pejl.workspace.problems import Problem, Problems
from pejl.workspace.settings import Settings
from pejl.workspace.surveys import Survey

SETTINGS = Settings.model_validate(
    {
        "id": "lilleby",
        "title": {"da": "Lilleby"},
        "municipality": {"da": "Lilleby Kommune", "en": "Municipality of Lilleby"},
        "own": True,
        "notice": {"da": "Opdigtet"},
    }
)
WHOM = {"da": "tlf. 12 34 56 78", "en": "call +45 12345678"}


def letter(**swaps: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The example, completed, with words of one text and language replaced."""
    found: dict[str, Any] = {}
    for key in ("subject", "body", "easy_read"):
        texts = getattr(example_letter(), key).as_dict()
        for language, text in texts.items():
            whole = text.replace("[telefon og mail]", WHOM["da"]).replace("[telephone and mail]", WHOM["en"])
            old, new = swaps.get(key, {}).get(language, ("", ""))
            assert old in whole
            texts[language] = whole.replace(old, new) if old else whole
        found[key] = texts
    return found


def problems(declared: Survey) -> list[Problem]:
    found = Problems()
    workspace: Any = SimpleNamespace(surveys=(declared,))
    check_letters(workspace, found)
    return list(found.sorted())


def codes(**swaps: dict[str, tuple[str, str]]) -> list[str]:
    return [each.code for each in problems(survey(letter=letter(**swaps)))]


def test_the_example_is_complete_but_for_whom_to_ask() -> None:
    assert codes() == []
    raw = {key: getattr(example_letter(), key).as_dict() for key in ("subject", "body", "easy_read")}
    found = problems(survey(letter=raw))
    assert {each.code for each in found} == {"letter_incomplete"}
    assert [each.what.render("en") for each in found] == [
        "the letter does not say whom to ask: a telephone number, a mail or a web address"
    ] * 4


@pytest.mark.parametrize(
    ("key", "language", "old", "new", "said"),
    [
        ("body", "da", "frivilligt", "en pligt", "that answering is voluntary"),
        ("body", "en", "voluntary", "a duty", "that answering is voluntary"),
        ("easy_read", "da", "Du bestemmer selv, om du vil svare", "Du skal svare", "that answering is voluntary"),
        ("easy_read", "en", "You can say no.", "", "that one may say no"),
        ("body", "da", "ansvarlig for", "glad for", "who is responsible"),
        ("easy_read", "en", "is responsible for", "likes", "who is responsible"),
    ],
)
def test_what_people_must_be_told(key: str, language: str, old: str, new: str, said: str) -> None:
    (found,) = problems(survey(letter=letter(**{key: {language: (old, new)}})))
    assert (found.code, found.severity) == ("letter_incomplete", "problem")
    assert found.what.render("en") == f"the letter does not say {said}"


@pytest.mark.parametrize("whom", ["a.b@lilleby.dk", "33 66 33 66", "33663366", "+45 33663366", "https://lilleby.dk"])
def test_whom_to_ask_can_be_said_in_several_ways(whom: str) -> None:
    assert codes(body={"da": (WHOM["da"], whom)}) == []


def test_digits_that_are_no_telephone_number() -> None:
    assert codes(body={"da": (WHOM["da"], "rum 123456789")}) == ["letter_incomplete"]


@pytest.mark.parametrize("name", ["token", "closes", "purpose", "municipality"])
def test_what_must_be_filled_in(name: str) -> None:
    found = problems(survey(letter=letter(easy_read={"da": (f"{{{name}}}", "…")})))
    assert [(each.code, each.value) for each in found] == [("letter_placeholder_missing", name)]


def test_the_legal_basis_may_stand_in_words() -> None:
    assert codes(body={"da": ("{legal_basis}", "databeskyttelseslovens § 10")}) == []
    assert codes(easy_read={"en": ("We follow the law. The rules are: {legal_basis}", "")}) == ["letter_incomplete"]


def test_an_unknown_placeholder_is_a_slip() -> None:
    (found,) = problems(survey(letter=letter(subject={"da": ("{municipality}", "{municipalty}")})))
    assert (found.code, found.value) == ("letter_placeholder_unknown", "municipalty")
    assert found.mend.render("en") == "Did you mean 'municipality'?"


def test_the_token_is_not_for_the_subject() -> None:
    assert codes(subject={"en": ("{municipality}", "{token}")}) == ["letter_token_in_subject"]


def test_people_are_not_written_to_without_a_letter() -> None:
    reaching = {"register": "reach", "address_key": "mail_key"}
    (found,) = problems(survey(reaching=reaching))
    assert (found.code, found.severity) == ("letter_missing", "warning")
    assert problems(survey()) == []


def test_a_letter_is_filled_in() -> None:
    declared = survey(
        letter=letter(),
        purpose={"da": "Vi spørger om trivsel.", "en": "We ask about wellbeing."},
        legal_basis={"da": "Lov nr. 1"},
        waves=[wave(2024)],
    )
    found = rendered(declared, declared.waves[0], SETTINGS, "ordinary", "da")
    assert found.subject == "Vil du svare på nogle spørgsmål fra Lilleby Kommune?"
    assert "Vi vil gerne høre fra dig. Vi spørger om trivsel." in found.body
    assert "Din kode er: {token}\nVi vil gerne have dit svar senest 1. marts 2024." in found.body
    assert "efter disse regler: Lov nr. 1" in found.body
    english = rendered(declared, declared.waves[0], SETTINGS, "easy_read", "en", token="ABCDEFGHJK")
    assert "Your code is: ABCDEFGHJK\nPlease answer by 1 March 2024." in english.body
    assert "{" not in english.body


def test_where_there_is_no_english_the_danish_letter_is_sent() -> None:
    held = letter()
    declared = survey(letter={**held, "easy_read": {"da": held["easy_read"]["da"]}})
    found = rendered(declared, declared.waves[0], SETTINGS, "easy_read", "en")
    assert found.body.startswith("Hej\n")
    assert "senest 1. marts 2024" in found.body


def test_the_example_says_that_lawyers_must_confirm_it() -> None:
    import pejl.surveys.letters as package

    text = (Path(package.__file__).parent / "example.yaml").read_text(encoding="utf-8")
    assert "lawyers must confirm it" in text.splitlines()[0]
