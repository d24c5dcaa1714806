"""What was said, never who said it; themes, chapters, answers, and the way onward."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.office.dialogue.meetings import MEETING_DAY, at, held, invited

from pejl.office.accounts.world import World
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.dialogue.acts import chapters, lines
from pejl.office.dialogue.acts.meetings import finish_answers
from pejl.office.dialogue.acts.signing_up import link_word
from pejl.office.dialogue.kept_out import KeptOutError
from pejl.office.dialogue.kinds import Outcome, Part, SectionKind
from pejl.office.dialogue.models import Chapter, ChapterVersion, Line, Meeting, SignUp
from pejl.office.dialogue.named import facts
from pejl.office.dialogue.queries import Way, meetings_for_statistics, ways_of
from pejl.office.dialogue.sections import Section, digest_of, principles_of, template_of
from pejl.office.web.shown import release

pytestmark = pytest.mark.django_db

AFTER = at(MEETING_DAY, 17)
SECTIONS = (
    Section("facts", "Fakta", SectionKind.FACTS, ("homeless",)),
    Section("listen", "Vi lytter", SectionKind.TEXT, (), "Vi lytter.\n\nVi svarer."),
)


def _line(world: World, meeting: Meeting, text: str = "Døren var låst.") -> Line:
    return lines.write_line(meeting=meeting, part=Part.USER, text=text, at=AFTER, by=world.actors[Role.SECRETARIAT])


def _chapter(world: World) -> Chapter:
    by = world.actors[Role.SECRETARIAT]
    made = chapters.begin_chapter(title="Voksne", strategy="", target_group="", sections=SECTIONS, at=AFTER, by=by)
    return Chapter.objects.get(pk=made.pk)


def test_lines_stand_in_the_order_they_were_written_with_a_part_and_no_person(world: World) -> None:
    meeting = held(world, {Part.USER: 2}, "Alma", "Birk")
    for text in ("Først", "Så"):
        _line(world, meeting, text)
    assert list(meeting.lines.values_list("number", "part", "text")) == [(1, "user", "Først"), (2, "user", "Så")]


@pytest.mark.parametrize("text", ["Alma sagde det", "Det var Birks idé", "Mit nummer er 310299-1234"])
def test_a_line_or_answer_with_a_participants_name_or_a_number_is_refused(world: World, text: str) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = held(world, {Part.USER: 2}, "Alma", "Birk")
    line = _line(world, meeting)
    with pytest.raises(KeptOutError):
        _line(world, meeting, text)
    with pytest.raises(KeptOutError):
        lines.change_line(line=line, version=1, part=Part.USER, text=text, by=by)
    with pytest.raises(KeptOutError):
        lines.answer_line(line=line, version=1, outcome=Outcome.NOT, answer=text, at=AFTER, by=by)
    theme = lines.begin_theme(title="Almas dør", strategy="", target_group="", by=by)
    with pytest.raises(KeptOutError):
        lines.gather(lines=[line], theme=theme, by=by)
    assert list(Line.objects.values_list("text", "answer")) == [("Døren var låst.", "")]


def test_nothing_is_written_down_before_the_meeting_was_held(world: World) -> None:
    with pytest.raises(NotNowError):
        _line(world, invited(world, {Part.USER: 1}))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARIAT}))
def test_nobody_but_the_secretariat_writes(world: World, role: Role) -> None:
    by = world.actors[role]
    meeting = held(world, {Part.USER: 1})
    line, chapter = _line(world, meeting), _chapter(world)
    with pytest.raises(NotAllowedError):
        lines.write_line(meeting=meeting, part=Part.USER, text="Nej", at=AFTER, by=by)
    with pytest.raises(NotAllowedError):
        lines.answer_line(line=line, version=1, outcome=Outcome.NOT, answer="Nej", at=AFTER, by=by)
    with pytest.raises(NotAllowedError):
        chapters.save_version(chapter=chapter, based_on=1, sections=(), note="", at=AFTER, by=by)


def test_two_who_answer_at_once_lose_nothing(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    line = _line(world, held(world, {Part.USER: 1}))
    lines.answer_line(line=line, version=1, outcome=Outcome.DONE, answer="Den er åben.", at=AFTER, by=by)
    with pytest.raises(ChangedMeanwhileError) as met:
        lines.answer_line(line=line, version=1, outcome=Outcome.NOT, answer="Nej.", at=AFTER, by=by)
    assert (met.value.theirs, met.value.version) == ({"outcome": "done", "answer": "Den er åben."}, 2)
    lines.answer_line(line=line, version=2, outcome=Outcome.NOT, answer="Nej.", at=AFTER, by=by)
    assert Line.objects.get(pk=line.pk).answer == "Nej."


def test_a_meeting_is_answered_when_every_line_is(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = held(world, {Part.USER: 1})
    with pytest.raises(NotNowError, match="write down first"):
        finish_answers(meeting=meeting, at=AFTER, by=by)
    first, second = _line(world, meeting), _line(world, meeting, "Kaffen var kold.")
    lines.answer_line(line=first, version=1, outcome=Outcome.DONE, answer="Åbnet.", at=AFTER, by=by)
    with pytest.raises(NotNowError, match="one line has no answer yet"):
        finish_answers(meeting=meeting, at=AFTER, by=by)
    lines.answer_line(line=second, version=1, outcome=Outcome.LATER, answer="Vi mangler kande.", at=AFTER, by=by)
    assert finish_answers(meeting=meeting, at=AFTER, by=by).answered_on == MEETING_DAY
    with pytest.raises(NotNowError):
        lines.change_line(line=first, version=2, part=Part.USER, text="Andet", by=by)


def test_from_each_line_its_way_onward_is_seen_by_the_private_link(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = held(world, {Part.USER: 1}, "Alma")
    line, chapter = _line(world, meeting), _chapter(world)
    theme = lines.begin_theme(title="At komme ind", strategy="", target_group="", by=by)
    lines.gather(lines=[line], theme=theme, by=by)
    lines.send_onward(theme=theme, chapter=chapter, section="listen", by=by)
    lines.serve_goal(theme=theme, goal="fewer_homeless", by=by)
    lines.serve_goal(theme=theme, goal="fewer_homeless", by=by)
    lines.enter_plan(theme=theme, words="Udviklingsplan 2016", plan=None, by=by)
    expected = Way(
        "At komme ind",
        (chapter.pk, "Voksne", "Vi lytter"),
        ("fewer_homeless",),
        ((None, "Udviklingsplan 2016"),),
    )
    assert ways_of([theme.pk]) == {theme.pk: expected}
    with pytest.raises(NotNowError, match="no such section"):
        lines.send_onward(theme=theme, chapter=chapter, section="none", by=by)
    made = SignUp.objects.get()
    said = Client(headers={"host": "localhost"}).get(f"/dialog/min/{link_word(made)}/").content.decode()
    for words in ("Døren var låst.", "Tema: At komme ind", "Kapitel: Voksne, Vi lytter", "Udviklingsplan 2016"):
        assert words in said
    assert 'href="/maal/fewer-homeless/"' in said


def test_versions_of_a_chapter_never_change(world: World) -> None:
    chapter = _chapter(world)
    version = chapter.versions.get()
    version.note = "andet"
    with pytest.raises(RuntimeError, match="never changed"):
        version.save()
    with pytest.raises(RuntimeError, match="never deleted"):
        version.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChapterVersion(chapter=chapter, number=1, content=[], written_by=1, written_at=AFTER).save()


def test_a_chapter_written_by_two_at_once_shows_both(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    chapter = _chapter(world)

    def written(text: str) -> tuple[Section, ...]:
        return (SECTIONS[0], Section("listen", "Vi lytter", SectionKind.TEXT, (), text))

    chapters.save_version(chapter=chapter, based_on=1, sections=written("Deres."), note="", at=AFTER, by=by)
    with pytest.raises(ChangedMeanwhileError) as met:
        chapters.save_version(chapter=chapter, based_on=1, sections=written("Vores."), note="", at=AFTER, by=by)
    assert (met.value.theirs, met.value.version) == ({"listen": "Deres."}, 2)
    with pytest.raises(NotNowError, match="nothing is different"):
        chapters.save_version(chapter=chapter, based_on=2, sections=written("Deres."), note="", at=AFTER, by=by)
    chapters.save_version(chapter=chapter, based_on=2, sections=written("Begges."), note="", at=AFTER, by=by)
    assert [each.number for each in chapter.versions.all()] == [3, 2, 1]


def test_a_comment_goes_with_its_paragraph_while_that_is_the_same(world: World) -> None:
    chapter = _chapter(world)
    leader, by = world.actors[Role.UNIT_LEADER], world.actors[Role.SECRETARIAT]
    first, second = (digest for digest, _ in SECTIONS[1].paragraphs)
    assert first == digest_of("Vi  lytter.\n")
    made = chapters.comment(chapter=chapter, section="listen", paragraph=first, text="Godt", at=AFTER, by=leader)
    changed = (SECTIONS[0], Section("listen", "Vi lytter", SectionKind.TEXT, (), "Nyt.\n\nVi lytter."))
    chapters.save_version(chapter=chapter, based_on=1, sections=changed, note="", at=AFTER, by=by)
    assert made.paragraph in dict(changed[1].paragraphs)
    chapter.refresh_from_db()
    with pytest.raises(NotNowError, match="written anew"):
        chapters.comment(chapter=chapter, section="listen", paragraph=second, text="Her?", at=AFTER, by=leader)
    with pytest.raises(NotAllowedError):
        chapters.comment(
            chapter=chapter, section="listen", paragraph=first, text="x", at=AFTER, by=world.actors[Role.ANALYST]
        )
    chapters.settle(comment=made, at=AFTER, by=by)
    assert (made.settled_by, made.settled_at) == (by.number, AFTER)


def test_facts_are_the_latest_public_figures_with_their_state(world: World) -> None:
    found = facts(("homeless", "nothing_such"), "da")
    assert found[0].words == "Borgere i hjemløshed: 150 personer i 2017."
    assert found[0].href == "/indikatorer/homeless/"
    assert found[1].href == ""
    assert "nothing_such" in found[1].words


def test_sections_come_from_the_template_else_from_the_principles_of_the_strategy_or_its_origin() -> None:
    basic: dict[str, Any] = {
        "id": "basic",
        "principles": [{"id": "early", "number": 1, "title": {"da": "Tidligt", "en": "Early"}}],
        "elaborates": None,
    }
    own: dict[str, Any] = {"id": "own", "principles": [], "elaborates": [{"strategy": "basic"}, {"strategy": "own"}]}
    made: dict[str, Any] = {
        **own,
        "id": "made",
        "chapter_template": {"sections": [{"da": "Fakta om området"}, {"da": "Princip 1"}]},
    }
    known: list[dict[str, Any]] = [basic, own, made]
    assert [each.title for each in template_of(known, "own", "da")] == ["Fakta", "1. Tidligt"]
    found = template_of(known, "made", "da")
    assert [(each.id, each.title, each.kind) for each in found] == [
        ("facts", "Fakta om området", "facts"),
        ("section_1", "Princip 1", "text"),
    ]
    assert principles_of(known, "unknown") == []
    assert [each.kind for each in template_of(release().strategies, "", "da")] == ["facts"]


def test_statistics_are_counts_without_words_or_persons(world: World) -> None:
    by = world.actors[Role.SECRETARIAT]
    meeting = held(world, {Part.USER: 3, Part.RELATIVE: 1}, "Alma", "Birk")
    invited(world, {Part.USER: 1})
    first = _line(world, meeting)
    _line(world, meeting, "Kaffen var kold.")
    lines.answer_line(line=first, version=1, outcome=Outcome.DONE, answer="Åbnet.", at=AFTER, by=by)
    (row,) = meetings_for_statistics(2015)
    assert (row.number, row.kind, row.target_group, row.on) == (meeting.pk, "dialogue_meeting", "", MEETING_DAY)
    assert (row.places, row.signed_up, row.attended) == (
        {Part.USER: 3, Part.RELATIVE: 1},
        {Part.USER: 2},
        {Part.USER: 2},
    )
    assert (row.lines, row.answered) == (2, 1)
    assert meetings_for_statistics(2014) == ()
