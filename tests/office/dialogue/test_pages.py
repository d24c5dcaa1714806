"""Pages inside the office and on the public side: queries, forms, both texts when two have written, paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.office.conftest import AsRole
from tests.office.dialogue.meetings import DAY, MEETING_DAY, at, held, invited, joins

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.core.who import LinkHolder
from pejl.office.dialogue import desk
from pejl.office.dialogue.acts import chapters, lines
from pejl.office.dialogue.acts.signing_up import Needs, cancel_sign_up, link_word
from pejl.office.dialogue.demonstration import build
from pejl.office.dialogue.kinds import Part, SectionKind
from pejl.office.dialogue.models import Chapter, Line, Meeting, SignUp, Theme
from pejl.office.dialogue.sections import Section
from pejl.office.outbox.models import Letter

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "dialogue_meeting",
    "title": "Hvad er en god dag?",
    "on": "2015-03-20",
    "begins": "14:00",
    "ends": "16.30",
    "place": "Fyrtårnet",
    "sign_up_until": "18.03.2015",
    "offer_days": "2",
    **{f"places_{part}": "1" for part in Part},
}


def _more_lines(world: World, meeting: Meeting, theme: Theme) -> None:
    by = world.actors[Role.SECRETARIAT]
    line = lines.write_line(meeting=meeting, part=Part.USER, text="Sagt", at=at(MEETING_DAY, 17), by=by)
    lines.gather(lines=[line], theme=theme, by=by)


def _many(world: World) -> tuple[dict[str, str], Callable[[], None]]:
    """The pages that show lists, with one item of each; and what gives each two more."""
    by = world.actors[Role.SECRETARIAT]
    ahead = invited(world, {Part.USER: 9})
    after = held(world, {Part.USER: 2}, "Alma")
    theme = lines.begin_theme(title="Tema", strategy="", target_group="", by=by)
    lines.serve_goal(theme=theme, goal="fewer_homeless", by=by)
    section = Section("a", "A", SectionKind.TEXT, (), "Et stykke.")
    chapter = chapters.begin_chapter(title="K", strategy="", target_group="", sections=[section], at=at(), by=by)
    chapter.refresh_from_db()
    lines.send_onward(theme=theme, chapter=chapter, section="a", by=by)

    def one_more() -> None:
        joins(ahead, needs=Needs(wheelchair=True))
        _more_lines(world, after, theme)
        paragraph = section.paragraphs[0][0]
        chapters.comment(chapter=chapter, section="a", paragraph=paragraph, text="Ja", at=at(), by=by)

    one_more()

    def two_more() -> None:
        for _ in range(2):
            invited(world, {Part.USER: 1})
            one_more()
            lines.begin_theme(title="Andet", strategy="", target_group="", by=by)
            chapters.begin_chapter(title="L", strategy="", target_group="", sections=[section], at=at(), by=by)

    made = SignUp.objects.filter(meeting=after).get()
    pages = {
        "overview": "/office/dialogue/",
        "sign_ups": f"/office/dialogue/meetings/{ahead.pk}/sign-ups/",
        "meeting": f"/office/dialogue/meetings/{after.pk}/",
        "themes": "/office/dialogue/themes/",
        "theme": f"/office/dialogue/themes/{theme.pk}/",
        "chapters": "/office/dialogue/chapters/",
        "chapter": f"/office/dialogue/chapters/{chapter.pk}/",
        "public": "/dialog/",
        "mine": f"/dialog/min/{link_word(made)}/",
    }
    return pages, two_more


QUERIES = {
    "overview": 7,
    "sign_ups": 8,
    "meeting": 17,
    "themes": 9,
    "theme": 15,
    "chapters": 7,
    "chapter": 12,
    "public": 3,
    "mine": 9,
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_list_of_three_asks_the_database_as_often_as_one_of_one(
    world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    pages, two_more = _many(world)
    client = Client(headers={"host": "localhost"}) if name in ("public", "mine") else as_role(Role.SECRETARIAT)
    client.get("/office/")  # whoever is signed in has a token from their first page on
    for _ in range(2):
        with django_assert_num_queries(QUERIES[name]):
            assert client.get(pages[name]).status_code == 200
        two_more()


def test_the_secretariat_plans_invites_closes_and_holds_a_meeting(world: World, as_role: AsRole) -> None:
    client = as_role(Role.SECRETARIAT)
    where = client.post("/office/dialogue/meetings/new/", FORM).headers["Location"]
    meeting = Meeting.objects.get()
    assert (meeting.slug, meeting.state, meeting.offer_days) == ("dialogmoede-2015-03-20", "planned", 2)
    assert meeting.places.count() == 6
    for act in ("invite", "release_places", "close", "reopen", "close"):
        assert client.post(where + "move/", {"act": act}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.invited_on) == ("closed", DAY)
    assert client.post(where + "sign-ups/").status_code == 409  # it has not begun
    assert client.post(where + "move/", {"act": "invite"}).status_code == 409
    assert client.post(where + "move/", {"act": "unknown"}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "13:00"},
        {"sign_up_until": "2015-03-21"},
        {f"places_{part}": "0" for part in Part},
        {"title": "310299-1234"},
    ],
)
def test_an_impossible_meeting_is_refused_in_words(world: World, as_role: AsRole, wrong: dict[str, str]) -> None:
    answer = as_role(Role.SECRETARIAT).post("/office/dialogue/meetings/new/", {**FORM, **wrong})
    assert answer.status_code == 200
    assert "alert-error" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_two_who_change_a_meeting_see_both_and_lose_nothing(world: World, as_role: AsRole) -> None:
    client = as_role(Role.SECRETARIAT)
    meeting = invited(world, {Part.USER: 1})
    where = f"/office/dialogue/meetings/{meeting.pk}/change/"
    assert client.post(where, {**FORM, "title": "Deres titel", "version": "1"}).status_code == 302
    met = client.post(where, {**FORM, "title": "Min titel", "version": "1"}).content.decode()
    assert "Deres titel" in met
    assert "Min titel" in met
    assert '<input type="hidden" name="version" value="2"' in met
    assert client.post(where, {**FORM, "title": "Min titel", "version": "2"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.version) == ("Min titel", 3)


def test_a_name_in_what_was_said_is_refused_on_the_page(world: World, as_role: AsRole) -> None:
    meeting = held(world, {Part.USER: 1}, "Alma")
    client = as_role(Role.SECRETARIAT)
    where = f"/office/dialogue/meetings/{meeting.pk}/lines/new/"
    refused = client.post(where, {"part": "user", "text": "Det sagde Alma"})
    assert "Ord nummer 3" in refused.content.decode()
    assert client.post(where, {"part": "user", "text": "Døren var låst"}).status_code == 302
    line = Line.objects.get()
    own = f"/office/dialogue/lines/{line.pk}/"
    sent = {"act": "answer", "answer-outcome": "done", "answer-answer": "Den er åben.", "answer-version": "1"}
    assert client.post(own, sent).status_code == 302
    theirs = client.post(own, {**sent, "answer-answer": "Nej."}).content.decode()
    assert "Den er åben." in theirs
    assert '<input type="hidden" name="answer-version" value="2"' in theirs


def test_the_secretariat_takes_a_theme_onward_on_the_page(world: World, as_role: AsRole) -> None:
    client = as_role(Role.SECRETARIAT)
    assert client.post("/office/dialogue/themes/", {"title": "At komme ind"}).status_code == 302
    assert client.post("/office/dialogue/chapters/", {"title": "Voksne"}).status_code == 302
    theme, chapter = Theme.objects.get(), Chapter.objects.get()
    where = f"/office/dialogue/themes/{theme.pk}/"
    for sent in (
        {"act": "section", "section": f"{chapter.pk}/facts"},
        {"act": "goal", "goal": "fewer_homeless"},
        {"act": "plan", "called": "Vores plan", "plan": ""},
    ):
        assert client.post(where, sent).status_code == 302
    refused = client.post(where, {"act": "plan", "called": "Ingen plan", "plan": "987654"})
    assert "der er ingen plan med dette nummer" in refused.content.decode()
    theme.refresh_from_db()
    assert (theme.chapter, theme.section) == (chapter, "facts")
    page = client.get(where).content.decode()
    assert 'href="/maal/fewer-homeless/"' in page
    assert "Plan: Vores plan" in page
    for step in theme.onward.all():
        assert client.post(f"/office/dialogue/onward/{step.pk}/remove/").status_code == 302
    assert not theme.onward.exists()
    write = f"/office/dialogue/chapters/{chapter.pk}/write/"
    version: dict[str, Any] = {
        "based_on": "1",
        "note": "Nyt",
        "text_facts": "Et stykke.",
        "indicators_facts": ["homeless"],
    }
    assert client.post(write, version).status_code == 302
    met = client.post(write, {**version, "text_facts": "Et andet stykke."}).content.decode()
    assert "Et andet stykke." in met
    assert "Et stykke." in met
    shown = client.get(f"/office/dialogue/chapters/{chapter.pk}/").content.decode()
    assert "Borgere i hjemløshed: 150 personer i 2017." in shown
    assert client.get(f"/office/dialogue/chapters/{chapter.pk}/?version=9").status_code == 404


def test_a_member_of_the_committee_signs_up_and_cancels(world: World, as_role: AsRole) -> None:
    meeting = invited(world, {Part.POLITICIAN: 1})
    client = as_role(Role.COMMITTEE_MEMBER)
    own = f"/office/dialogue/meetings/{meeting.pk}/mine/"
    assert client.post(own, {"other": ""}).status_code == 302
    made = SignUp.objects.get()
    assert "har en plads" in client.get(own).content.decode()
    assert client.post(f"/office/dialogue/sign-ups/{made.pk}/", {"act": "cancel"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_a_member_of_the_committee_cannot_touch_another_sign_up(world: World, as_role: AsRole) -> None:
    made = joins(invited(world, {Part.USER: 1}))
    client = as_role(Role.COMMITTEE_MEMBER)
    assert client.post(f"/office/dialogue/sign-ups/{made.pk}/", {"act": "cancel"}).status_code == 404


def test_the_invitation_is_on_paper_in_a_letter_and_in_words_to_read_aloud(world: World, as_role: AsRole) -> None:
    invited(world, {Part.USER: 1})
    client = as_role(Role.SECRETARIAT)
    for address, language in (("/dialog/invitation.pdf", "da"), ("/en/dialogue/invitation.pdf", "en")):
        answer = client.get(address)
        with pikepdf.open(io.BytesIO(answer.content)) as document:
            assert str(document.Root.Lang).startswith(language)
            assert document.Root.MarkInfo.Marked
    told = client.get("/dialog/hoejt/").content.decode()
    assert "Der er møde den 20. marts 2015 kl. 14.00 til 16.00. Stedet er Fyrtårnet." in told
    sent = {"addresses": "en@example.dk\nto@example.dk\n\nen@example.dk"}
    for _ in range(2):
        assert client.post("/office/dialogue/invitation/", sent).status_code == 302
    assert sorted(Letter.objects.values_list("address", flat=True)) == ["en@example.dk", "to@example.dk"]
    assert all("@" not in key for key in Letter.objects.values_list("key", flat=True))
    assert "http://localhost/dialog/" in Letter.objects.all()[0].body
    wrong = client.post("/office/dialogue/invitation/", {"addresses": "ingen adresse"})
    assert (wrong.status_code, Letter.objects.count()) == (200, 2)


def test_the_desk_counts_calls_to_make_and_answers_to_give_and_names_nobody(world: World) -> None:
    meeting = invited(world, {Part.USER: 1})
    first = joins(meeting, called="Alma")
    joins(meeting, called="Birk", phone="12345678")
    held(world, {Part.USER: 1}, "Carla")
    cancel_sign_up(sign_up=first, at=at(), by=LinkHolder(first.pk))
    found = desk.tasks(world.actors[Role.SECRETARIAT])
    assert [task.words.render("en") for task in found] == [
        "Tell 1 people without e-mail that a place is free: Hvad er en god dag?",
        "Answer what was said: Hvad er en god dag?",
    ]
    assert desk.tasks(world.actors[Role.EMPLOYEE]) == []


def test_the_demonstration_shows_every_kind_of_meeting(world: World) -> None:
    build(world)
    kinds = list(Meeting.objects.order_by("on", "pk").values_list("kind", "state"))
    assert kinds == [
        ("dialogue_meeting", "answered"),
        ("dialogue_meeting", "invited"),
        *[("development_laboratory", "invited")] * 4,
    ]
    assert Chapter.objects.get().latest == 2
    assert Line.objects.filter(answered_at__isnull=False).count() == 4
