"""The pages of the year: what they say, what two people who write at once see, and how many questions they ask."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries
from tests.office.conftest import AsRole
from tests.office.year.making import PAST, PDF, committee, item, meeting, moved, paper, secretariat

from pejl.office.accounts.world import World
from pejl.office.audit.models import AuditRecord
from pejl.office.core.roles import Role
from pejl.office.year import acts, desk
from pejl.office.year.models import AgendaItem, Discussion, Meeting, OtherEntry, OtherWheel, Paper
from pejl.office.year.quarters import Quarter
from pejl.office.year.states import MeetingKind

pytestmark = pytest.mark.django_db
YEAR = "/office/year/"


def test_without_a_committee_the_secretariat_enters_one(world: World, as_role: AsRole) -> None:
    assert "Der er endnu ikke oprettet noget udvalg." in as_role(Role.EMPLOYEE).get(YEAR).content.decode()
    client = as_role(Role.SECRETARIAT)
    answer = client.post("/office/year/committees/new/", {"code": "sud", "name": "Socialudvalget", "short_name": "SUD"})
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'name="draft_ready" value="15"' in page
    assert "Det begynder med disse frister." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_year_takes_the_same_queries_whatever_is_in_it(
    count: int, world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = committee(world)
    for number in range(1, count + 1):
        meeting(world, date(2015, number + 3, 15))
        acts.plan_discussion(committee=own, title="T", theme="T", quarter=Quarter(2015, number), by=secretariat(world))
    client = as_role(Role.COMMITTEE_MEMBER)
    with django_assert_num_queries(16):
        page = client.get(f"/office/year/{own.pk}/2015/").content.decode()
    assert page.count("Udvalgsmøde") >= count


@pytest.mark.parametrize("count", [1, 3])
def test_a_meeting_takes_the_same_queries_whatever_is_on_its_agenda(
    count: int, world: World, as_role: AsRole, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = meeting(world)
    for number in range(count):
        one = item(world, at, f"Punkt {number}")
        for copy in range(count):
            paper(world, one, PDF + bytes([copy]))
    moved(world, at, "close", "publish")
    client = as_role(Role.EMPLOYEE)
    with django_assert_num_queries(14):
        page = client.get(f"/office/year/meetings/{at.pk}/").content.decode()
    assert page.count("bilag") == 0
    assert page.count(">Bilag</a>") == count * count


def test_reading_an_agenda_is_recorded_with_its_papers(world: World, as_role: AsRole) -> None:
    at = meeting(world)
    attached = paper(world, item(world, at))
    moved(world, at, "close")
    as_role(Role.COMMITTEE_MEMBER).get(f"/office/year/meetings/{at.pk}/")
    rows = AuditRecord.objects.filter(way="read", act="year_meeting").order_by("subject")
    assert [(row.subject, row.which) for row in rows] == [("meeting", [at.pk]), ("paper", [attached.pk])]


def test_two_who_change_a_meeting_at_once_both_keep_what_they_wrote(world: World, as_role: AsRole) -> None:
    at = meeting(world)
    client = as_role(Role.SECRETARIAT)
    address = f"/office/year/meetings/{at.pk}/change/"
    mine = {"version": "1", "kind": "seminar", "on": "2015-04-22", "month": "", "starts_at": "", "note": ""}
    client.post(address, {**mine, "kind": "meeting", "place": "Rådhuset"})
    answer = client.post(address, {**mine, "place": "Bernstorffsgade"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "En anden har gemt, siden du begyndte at skrive." in page
    assert '<dt>Mødetype</dt><dd class="kept-lines">Udvalgsmøde</dd>' in page
    assert '<dt>Sted</dt><dd class="kept-lines">Rådhuset</dd>' in page
    assert 'value="Bernstorffsgade"' in page
    assert 'name="version" value="2"' in page
    client.post(address, {**mine, "version": "2", "place": "Rådhuset, Bernstorffsgade"})
    assert Meeting.objects.get().place == "Rådhuset, Bernstorffsgade"


@pytest.mark.parametrize("written", ["22.04.2015", "22-04-2015", "22/04/2015", "2015-04-22"])
def test_a_day_is_written_as_danes_write_it(written: str, world: World, as_role: AsRole) -> None:
    own = committee(world)
    given = {"version": "0", "kind": "meeting", "on": written, "month": "", "starts_at": "15.30"}
    as_role(Role.SECRETARIAT).post(f"/office/year/committees/{own.pk}/meetings/new/", given)
    assert Meeting.objects.get().on == date(2015, 4, 22)
    assert str(Meeting.objects.get().starts_at) == "15:30:00"


def test_a_form_says_by_the_field_what_is_wrong(world: World, as_role: AsRole) -> None:
    own = committee(world)
    client = as_role(Role.SECRETARIAT)
    address = f"/office/year/committees/{own.pk}/meetings/new/"
    page = client.post(address, {"version": "0", "kind": "meeting", "on": "i morgen"}).content.decode()
    assert 'id="id_on_error"' in page
    page = client.post(address, {"version": "0", "kind": "meeting"}).content.decode()
    assert "skriv, hvilken dag mødet er, eller i hvilken måned" in page
    assert not Meeting.objects.exists()


def test_discussions_and_other_wheels_are_planned_changed_and_taken_out(world: World, as_role: AsRole) -> None:
    own = committee(world)
    client = as_role(Role.SECRETARIAT)
    given = {"version": "0", "title": "Tidlig indsats", "theme": "Forebyggelse", "quarter": "2015-1", "meeting": ""}
    client.post(f"/office/year/committees/{own.pk}/discussions/new/", given)
    made = Discussion.objects.get()
    client.post(f"/office/year/discussions/{made.pk}/", {**given, "version": "1", "quarter": "2015-2"})
    made.refresh_from_db()
    assert (made.year, made.quarter, made.theme.title if made.theme else "") == (2015, 2, "Forebyggelse")
    client.post("/office/year/others/", {"name": "Børne- og Ungdomsforvaltningen", "short_name": "BUF"})
    wheel = OtherWheel.objects.get()
    entry = {"version": "0", "title": "Deres drøftelse", "theme": "forebyggelse", "quarter": "2015-2", "on": ""}
    client.post(f"/office/year/others/{wheel.pk}/new/", entry)
    page = client.get(f"/office/year/{own.pk}/2015/").content.decode()
    assert "Samme tema i samme kvartal: Tidlig indsats og A, BUF: Deres drøftelse (2. kvartal 2015)" in page
    found = OtherEntry.objects.get()
    client.post(f"/office/year/others/entries/{found.pk}/", {**entry, "version": "1", "quarter": "2015-3"})
    assert "Samme tema" not in client.get(f"/office/year/{own.pk}/2015/").content.decode()
    client.post(f"/office/year/others/entries/{found.pk}/remove/")
    client.post(f"/office/year/discussions/{made.pk}/remove/")
    assert not Discussion.objects.exists()
    assert not OtherEntry.objects.exists()


def test_a_holiday_is_named_where_a_meeting_falls_on_it(world: World, as_role: AsRole) -> None:
    meeting(world, date(2015, 5, 1))
    assert "Ikke en arbejdsdag: Store bededag" in as_role(Role.EMPLOYEE).get(YEAR).content.decode()


def test_an_item_is_written_decided_and_its_paper_uploaded(world: World, as_role: AsRole) -> None:
    at = meeting(world, PAST)
    client = as_role(Role.SECRETARIAT)
    given = {"version": "0", "title": "Status 2014", "proposal": "At tage status til efterretning.", "discussion": ""}
    client.post(f"/office/year/meetings/{at.pk}/items/new/", given)
    one = AgendaItem.objects.get()
    file = SimpleUploadedFile("Bilag æ.pdf", PDF, "application/pdf")
    client.post(f"/office/year/items/{one.pk}/papers/new/", {"title": "Bilag 1", "file": file})
    wrong = SimpleUploadedFile("virus.exe", PDF)
    refused = client.post(f"/office/year/items/{one.pk}/papers/new/", {"title": "Bilag 2", "file": wrong})
    assert "bilag er filer, der ender på" in refused.content.decode()
    answer = client.get(f"/office/year/papers/{Paper.objects.get().pk}/file/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Bilag%20%C3%A6.pdf"
    for act in ("close", "publish", "hold"):
        client.post(f"/office/year/meetings/{at.pk}/agenda/{act}/")
    decision = {"version": "1", "decision": "noted", "decision_words": "", "decided_on": "25.02.2015"}
    client.post(f"/office/year/items/{one.pk}/decision/", decision)
    page = as_role(Role.EMPLOYEE).get(f"/office/year/meetings/{at.pk}/").content.decode()
    assert "Beslutning: Taget til efterretning" in page
    assert "Socialudvalget, 25. februar 2015" in page
    assert "Signe Sekretariat" not in page


def test_the_status_paper_of_a_release_is_attached_by_choosing_it(world: World, as_role: AsRole) -> None:
    at = meeting(world)
    one = item(world, at)
    client = as_role(Role.SECRETARIAT)
    address = f"/office/year/items/{one.pk}/papers/new/"
    page = client.get(address).content.decode()
    assert page.count("<option") == 2  # two public releases, each with one strategy
    assert "form-error" not in page
    assert client.post(address, {"paper": "2099-r1/status.pdf"}).status_code == 200
    client.post(address, {"paper": "2017-r1/status-2017-da.pdf"})
    attached = Paper.objects.get()
    assert (attached.release, attached.release_file, attached.stored) == ("2017-r1", "status-2017-da.pdf", "")
    page = client.get(f"/office/year/meetings/{at.pk}/").content.decode()
    assert 'href="/paper/status-2017-da.pdf"' in page
    assert client.get(f"/office/year/papers/{attached.pk}/file/").status_code == 404


def test_what_cannot_be_done_now_is_said_in_words(world: World, as_role: AsRole) -> None:
    at = meeting(world)
    answer = as_role(Role.SECRETARIAT).post(f"/office/year/meetings/{at.pk}/agenda/publish/")
    assert answer.status_code == 409
    assert "dagsordenen er ved at blive skrevet" in answer.content.decode()
    assert as_role(Role.SECRETARIAT).post(f"/office/year/meetings/{at.pk}/agenda/burn/").status_code == 404


def test_deadlines_lie_on_the_secretariats_desk_and_meetings_on_the_members(world: World) -> None:
    at = meeting(world, date(2015, 4, 10))
    meeting(world, date(2015, 7, 10))

    def told(role: Role) -> list[tuple[str, date | None]]:
        return [(task.words.render("en"), task.due) for task in desk.tasks(world.actors[role])]

    # Fifteen, eight and four working days before Friday after Easter 2015.
    assert told(Role.SECRETARIAT) == [
        ("Drafts of papers are ready for the meeting of SUD on 10 April 2015", date(2015, 3, 17)),
        ("The agenda closes for the meeting of SUD on 10 April 2015", date(2015, 3, 26)),
        ("The agenda is made public for the meeting of SUD on 10 April 2015", date(2015, 4, 1)),
    ]
    assert told(Role.COMMITTEE_MEMBER) == [("Committee meeting of SUD", date(2015, 4, 10))]
    assert told(Role.EMPLOYEE) == told(Role.ADMINISTRATOR) == []
    item(world, at)
    moved(world, at, "close")
    assert [due for _, due in told(Role.SECRETARIAT)] == [date(2015, 4, 1)]


def test_a_decision_that_is_not_noted_lies_on_the_secretariats_desk(world: World) -> None:
    at = meeting(world, PAST)
    item(world, at, "Status 2014")
    moved(world, at, "close", "publish", "hold")
    [task] = desk.tasks(world.actors[Role.SECRETARIAT])
    assert task.words.render("da") == "Notér beslutningen om “Status 2014”"


def test_the_year_shown_first_is_this_one_or_the_nearest_with_something_in_it(world: World, as_role: AsRole) -> None:
    own = committee(world)
    acts.plan_meeting(
        committee=own, kind=MeetingKind.MEETING, on=date(2013, 5, 5) + timedelta(days=1), by=secretariat(world)
    )
    assert "<h1>Socialudvalget: året 2013</h1>" in as_role(Role.EMPLOYEE).get(YEAR).content.decode()
    meeting(world)
    assert "<h1>Socialudvalget: året 2015</h1>" in as_role(Role.EMPLOYEE).get(YEAR).content.decode()
    assert as_role(Role.EMPLOYEE).get("/office/year/987654/2015/").status_code == 404
