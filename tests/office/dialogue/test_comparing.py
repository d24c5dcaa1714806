"""Two versions of a chapter side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.office.conftest import AsRole
from tests.office.dialogue.meetings import at

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts import chapters
from pejl.office.dialogue.comparing import Difference, Piece, SectionDifference, compare_sections, compare_words, counts
from pejl.office.dialogue.kinds import SectionKind
from pejl.office.dialogue.models import Chapter
from pejl.office.dialogue.sections import Section

KEPT, CHANGED, REMOVED, ADDED = Difference.KEPT, Difference.CHANGED, Difference.REMOVED, Difference.ADDED
OLD = "Vi lytter.\n\nVi giver hurtigt svar til alle borgere.\n\nDøren er åben."
NEW = "Vi lytter.\n\nVi giver altid svar til alle borgere.\n\nIngen venter længe."


def text(words: str, title: str = "Vi lytter", name: str = "listen") -> Section:
    return Section(name, title, SectionKind.TEXT, (), words)


def told(found: SectionDifference) -> list[tuple[str, str]]:
    marks = {KEPT: "{}", REMOVED: "-{}-", ADDED: "+{}+"}
    return [
        (each.change.value, " ".join(marks[piece.change].format(piece.text) for piece in each.pieces))
        for each in found.paragraphs
    ]


def test_paragraphs_are_kept_changed_taken_out_and_new() -> None:
    (found,) = compare_sections([text(OLD)], [text(NEW)])
    assert found.change is CHANGED
    assert told(found) == [
        ("kept", "Vi lytter."),
        ("changed", "Vi giver -hurtigt- +altid+ svar til alle borgere."),
        ("removed", "-Døren er åben.-"),
        ("added", "+Ingen venter længe.+"),
    ]
    assert [(words.render("en"), count) for words, count in counts([found])] == [
        ("changed", 1),
        ("taken out", 1),
        ("new", 1),
    ]


def test_what_was_taken_out_stands_before_what_is_like_a_later_paragraph() -> None:
    (found,) = compare_sections([text("A b c d.\n\nE f g h.")], [text("X y z.\n\nE f g i.\n\nA b c d e.")])
    assert told(found) == [
        ("added", "+X y z.+"),
        ("added", "+E f g i.+"),
        ("changed", "A b c -d.- +d e.+"),
        ("removed", "-E f g h.-"),
    ]


def test_spacing_is_no_difference() -> None:
    (found,) = compare_sections([text("Vi  lytter.\n\n\nNu.")], [text("Vi lytter.\r\n\r\nNu.")])
    assert (found.change, counts([found])) == (KEPT, [])


def test_sections_come_go_and_get_another_heading_or_other_figures() -> None:
    facts = Section("facts", "Fakta", SectionKind.FACTS, ("homeless", "jobs"))
    other = Section("facts", "Tal", SectionKind.FACTS, ("jobs", "homes"))
    found = compare_sections([facts, text("Ud.", "Ud", "out")], [other, text("Ind.", "Ind", "in")])
    assert [(each.id, each.title, each.before, each.change) for each in found] == [
        ("facts", "Tal", "Fakta", CHANGED),
        ("in", "Ind", "", ADDED),
        ("out", "Ud", "", REMOVED),
    ]
    assert (found[0].figures_out, found[0].figures_in) == (("homeless",), ("homes",))
    assert [told(each) for each in found] == [[], [("added", "+Ind.+")], [("removed", "-Ud.-")]]


WORDS = st.lists(st.sampled_from("abcd"), max_size=8)


@given(WORDS, WORDS)
def test_both_paragraphs_can_be_read_from_the_pieces(old: list[str], new: list[str]) -> None:
    pieces = compare_words(" ".join(old), " ".join(new))

    def read(left_out: Difference) -> list[str]:
        return [word for piece in pieces if piece.change != left_out for word in piece.text.split()]

    assert (read(ADDED), read(REMOVED)) == (old, new)
    assert (pieces == (Piece(KEPT, " ".join(old)),)) == (old == new != [])


PARAGRAPHS = st.lists(st.text("ab c", min_size=1).filter(str.strip), max_size=6)


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_versions_can_be_read_from_the_differences(old: list[str], new: list[str]) -> None:
    (found,) = compare_sections([text("\n\n".join(old))], [text("\n\n".join(new))])

    def read(left_out: Difference) -> list[str]:
        paragraphs = (
            " ".join(piece.text for piece in each.pieces if piece.change != left_out) for each in found.paragraphs
        )
        return [words for words in paragraphs if words]

    assert read(ADDED) == [" ".join(each.split()) for each in old]
    assert read(REMOVED) == [" ".join(each.split()) for each in new]


@pytest.fixture
def chapter(world: World) -> Chapter:
    """In three versions."""
    by = world.actors[Role.SECRETARIAT]
    made = chapters.begin_chapter(title="Voksne", strategy="", target_group="", sections=[text(OLD)], at=at(), by=by)
    for number, words in ((1, NEW), (2, NEW + "\n\nOg vi svarer.")):
        chapters.save_version(chapter=made, based_on=number, sections=[text(words)], note="", at=at(), by=by)
    return made


@pytest.mark.django_db
def test_the_page_marks_what_is_new_in_words_and_elements(world: World, chapter: Chapter, as_role: AsRole) -> None:
    client = as_role(Role.COMMITTEE_MEMBER)
    address = f"/office/dialogue/chapters/{chapter.pk}/compare/"
    latest = client.get(address).content.decode()
    assert "<ins>Og vi svarer.</ins>" in latest
    assert "<del>" not in latest
    first = client.get(f"{address}?old=1&new=2").content.decode()
    assert first.count("<del>") == first.count("<ins>") == 2
    assert "hurtigt</del>" in first
    assert "<ins>Ingen venter længe.</ins>" in first
    assert f'href="{address}?old=1&amp;new=2"' in client.get(address.replace("compare/", "")).content.decode()
    record = AuditRecord.objects.filter(act="dialogue_chapter_compare").first()
    assert record is not None
    assert (record.subject, record.which) == ("chapter", [chapter.pk])
    for wrong in ("?old=4&new=1", "?old=x&new=1"):
        assert client.get(address + wrong).status_code == 404


@pytest.mark.django_db
def test_a_chapter_in_its_first_version_has_nothing_to_be_compared_with(world: World, as_role: AsRole) -> None:
    by = world.actors[Role.SECRETARIAT]
    made = chapters.begin_chapter(title="Unge", strategy="", target_group="", sections=[text(OLD)], at=at(), by=by)
    client = as_role(Role.SECRETARIAT)
    assert client.get(f"/office/dialogue/chapters/{made.pk}/compare/").status_code == 409
    assert "compare/" not in client.get(f"/office/dialogue/chapters/{made.pk}/").content.decode()
