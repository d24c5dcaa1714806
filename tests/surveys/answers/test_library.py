"""The instruments of the library are whole, say whose they are, and hold the words as they were read."""

from __future__ import annotations

import pytest

from pejl.surveys.instrument_checks import check_instrument
from pejl.surveys.library import FOLDER, instruments_of, library
from pejl.workspace.instruments import Instrument
from pejl.workspace.problems import Problems

OURS = ("coherence", "involvement", "quality_of_life", "satisfaction_cooperation", "staff_pride", "staff_safety")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_file_is_a_whole_instrument_of_its_name(name: str) -> None:
    problems = Problems()
    check_instrument(library()[name], problems)
    assert problems.sorted() == ()
    assert library()[name].note is not None


def test_the_library_holds_what_the_goals_need() -> None:
    assert tuple(library()) == (*OURS, "t_ils", "who_5")


def test_who_5_stands_unchanged_as_it_is_published_in_danish() -> None:
    who = library()["who_5"]
    assert who.unchanged
    assert who.self_report
    assert who.introduction is not None
    assert who.introduction.da == "I de sidste 2 uger …"
    assert [item.text.da for item in who.items] == [
        "har jeg været glad og i godt humør",
        "har jeg følt mig rolig og afslappet",
        "har jeg følt mig aktiv og energisk",
        "er jeg vågnet frisk og udhvilet",
        "har min dagligdag været fyldt med ting der interesserer mig",
    ]
    assert {tuple((answer.code, answer.label.da) for answer in item.answers) for item in who.items} == {
        (
            (5, "Hele tiden"),
            (4, "Det meste af tiden"),
            (3, "Lidt mere end halvdelen af tiden"),
            (2, "Lidt mindre end halvdelen af tiden"),
            (1, "Lidt af tiden"),
            (0, "På intet tidspunkt"),
        )
    }
    assert [(each.id, str(each.at_most)) for each in who.cut_offs] == [
        ("low_wellbeing", "50"),
        ("low_wellbeing_48", "48"),
    ]


def test_t_ils_stands_as_it_was_read() -> None:
    t_ils = library()["t_ils"]
    assert [item.text.da for item in t_ils.items] == [
        "Hvor ofte føler du dig isoleret fra andre?",
        "Hvor ofte føler du, at du savner nogen at være sammen med?",
        "Hvor ofte føler du dig holdt udenfor?",
    ]
    assert {tuple((answer.code, answer.label.da) for answer in item.answers) for item in t_ils.items} == {
        ((1, "Sjældent"), (2, "En gang imellem"), (3, "Ofte"))
    }
    assert [(each.id, str(each.at_least)) for each in t_ils.cut_offs] == [("severe_loneliness", "7")]


@pytest.mark.parametrize("name", ["t_ils", "who_5"])
def test_no_english_wording_is_given_where_none_is_confirmed(name: str) -> None:
    items = library()[name].items
    assert {item.text.en for item in items} == {None}
    assert {answer.label.en for item in items for answer in item.answers} == {None}
    assert "confirmed" in library()[name].licence.text("en").lower()


@pytest.mark.parametrize("name", OURS)
def test_our_own_questions_stand_in_both_languages_and_say_they_are_not_tried_out(name: str) -> None:
    instrument = library()[name]
    assert all(item.text.en for item in instrument.items)
    assert instrument.note is not None
    assert "has not been tried out" in instrument.note.text("en")


def test_a_workspaces_instrument_replaces_none_of_the_library() -> None:
    own = library()["who_5"].model_copy(update={"version": "ours"})
    other = library()["who_5"].model_copy(update={"id": "other"})
    found = instruments_of((own, other))
    assert found["who_5"].version == "1998"
    assert isinstance(found["other"], Instrument)
