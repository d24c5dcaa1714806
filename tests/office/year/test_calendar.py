"""The year in people's calendars: what stands in it for whom, read back, and links that lead nowhere."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar, Event
from tests.office.conftest import AsRole
from tests.office.year.making import committee, item, meeting, moved, secretariat

from pejl.office.accounts.acts import end_post
from pejl.office.accounts.models import Post
from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.refusals import NotAllowedError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.year import feed_acts
from pejl.office.year.acts import plan_meeting
from pejl.office.year.models import Feed
from pejl.office.year.states import MeetingKind

pytestmark = pytest.mark.django_db


def address(feed: Feed, language: str = "da") -> str:
    word = feed_acts.word_of(feed)
    return f"/kalender/{word}.ics" if language == "da" else f"/en/calendar/{word}.ics"


def client() -> Client:
    return Client(headers={"host": "localhost"})


def read(world: World, role: Role, language: str = "da") -> list[Event]:
    feed = feed_acts.make_feed(role=role, by=world.actors[role])
    answer = client().get(address(feed, language))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))  # type: ignore[arg-type]


def days(events: list[Event]) -> list[tuple[date, str]]:
    return [(event.decoded("dtstart"), str(event["summary"])) for event in events]


def test_the_secretariats_calendar_has_the_deadlines(world: World) -> None:
    meeting(world, date(2015, 4, 22))
    assert days(read(world, Role.SECRETARIAT, "en")) == [
        (date(2015, 4, 22), "Socialudvalget: Committee meeting"),
        (date(2015, 3, 27), "Drafts of papers are ready: SUD, 22 April 2015"),
        (date(2015, 4, 10), "The agenda closes: SUD, 22 April 2015"),
        (date(2015, 4, 16), "The agenda is made public: SUD, 22 April 2015"),
    ]


def test_a_members_calendar_has_the_day_the_agenda_comes_and_an_employees_has_the_meetings(world: World) -> None:
    meeting(world, date(2015, 4, 22))
    member = [date(2015, 4, 22), date(2015, 4, 16)]
    assert [on for on, _ in days(read(world, Role.COMMITTEE_MEMBER))] == member
    assert [on for on, _ in days(read(world, Role.EMPLOYEE))] == [date(2015, 4, 22)]


def test_a_meeting_with_a_time_stands_at_that_time_in_denmark(world: World) -> None:
    own, by = committee(world), secretariat(world)
    plan_meeting(
        committee=own,
        kind=MeetingKind.MEETING,
        on=date(2015, 4, 22),
        starts_at=time(15, 30),
        place="Rådhuset, værelse 43",
        by=by,
    )
    [event] = read(world, Role.EMPLOYEE)
    assert event.decoded("dtstart") == datetime(2015, 4, 22, 15, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert str(event["location"]) == "Rådhuset, værelse 43"


def test_a_meeting_without_a_day_is_left_out_and_a_cancelled_one_says_so(world: World) -> None:
    own, by = committee(world), secretariat(world)
    plan_meeting(committee=own, kind=MeetingKind.SEMINAR, on=None, month=date(2015, 3, 1), by=by)
    cancelled = meeting(world, date(2015, 4, 22))
    moved(world, cancelled, "cancel")
    [event] = read(world, Role.SECRETARIAT)
    assert str(event["status"]) == "CANCELLED"
    assert event.decoded("sequence") == 2


def test_an_entry_keeps_its_name_when_the_meeting_moves(world: World) -> None:
    at = meeting(world, date(2015, 4, 22))
    before = read(world, Role.SECRETARIAT)
    item(world, at)
    moved(world, at, "close")
    after = read(world, Role.SECRETARIAT)
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert len({str(event["uid"]) for event in after}) == 4


def test_an_address_that_was_taken_back_or_never_was_leads_nowhere(world: World) -> None:
    by = secretariat(world)
    first = feed_acts.make_feed(role=Role.SECRETARIAT, by=by)
    second = feed_acts.make_feed(role=Role.SECRETARIAT, by=by)
    assert [client().get(address(each)).status_code for each in (first, second)] == [404, 200]
    with pytest.raises(NotAllowedError):
        feed_acts.revoke_feed(feed=second, by=world.actors[Role.EMPLOYEE])
    feed_acts.revoke_feed(feed=second, by=by)
    assert client().get(address(second)).status_code == 404
    assert client().get("/kalender/noget.ics").status_code == 404


def test_an_address_leads_nowhere_once_the_role_is_gone(world: World) -> None:
    feed = feed_acts.make_feed(role=Role.COMMITTEE_MEMBER, by=world.actors[Role.COMMITTEE_MEMBER])
    assert client().get(address(feed)).status_code == 200
    end_post(post=Post.objects.get(role="committee_member"), on=date(2015, 3, 2), by=JOB)
    assert client().get(address(feed)).status_code == 404


def test_a_calendar_is_made_for_roles_one_has_only(world: World) -> None:
    with pytest.raises(NotAllowedError):
        feed_acts.make_feed(role=Role.SECRETARIAT, by=world.actors[Role.EMPLOYEE])


def test_reading_a_calendar_is_recorded_without_the_address_or_a_name(world: World) -> None:
    at = meeting(world)
    feed = feed_acts.make_feed(role=Role.EMPLOYEE, by=world.actors[Role.EMPLOYEE])
    client().get(address(feed))
    row = AuditRecord.objects.filter(way="read").latest("pk")
    assert (row.actor, row.capacity, row.subject, row.which, row.act) == (
        feed.pk,
        "link",
        "meeting",
        [at.pk],
        "year_calendar",
    )


def test_the_database_holds_nothing_that_opens_the_calendar(world: World) -> None:
    feed = feed_acts.make_feed(role=Role.EMPLOYEE, by=world.actors[Role.EMPLOYEE])
    assert feed_acts.word_of(feed) not in {str(value) for value in Feed.objects.values_list().get()}


def test_one_makes_and_takes_back_an_address_on_the_page(world: World, as_role: AsRole) -> None:
    signed_in = as_role(Role.EMPLOYEE)
    page = "/office/year/calendar/"
    assert "/kalender/" not in signed_in.get(page).content.decode()
    signed_in.post(page, {"role": "secretariat"})
    signed_in.post(page, {"role": "employee"})
    feed = Feed.objects.get()
    assert f"http://localhost{address(feed)}" in signed_in.get(page).content.decode()
    signed_in.post(f"/office/year/calendar/{feed.pk}/revoke/")
    assert "/kalender/" not in signed_in.get(page).content.decode()
