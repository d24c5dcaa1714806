"""The wheel as a value: the real one of 2014 and 2015, and what clashes."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.office.year.making import committee, meeting, secretariat

from pejl.office.accounts.world import World
from pejl.office.year import demonstration
from pejl.office.year.acts import enter_other, enter_other_wheel, plan_discussion, plan_meeting
from pejl.office.year.models import Committee
from pejl.office.year.quarters import Quarter
from pejl.office.year.states import MeetingKind
from pejl.office.year.wheel import ClashKind, PlannedMeeting, letters, year_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(world: World) -> Committee:
    demonstration.build(world)
    return Committee.objects.get()


def test_the_wheel_of_2014_has_the_themes_of_the_basic_paper_by_quarter(real: Committee) -> None:
    plan = year_plan(real, 2014)
    assert [[each.title for each in quarter.discussions] for quarter in plan.quarters] == [
        [],
        ["Samskabelse og frivillig indsats", "Drøftelse og fastlæggelse af overordnede mål"],
        ["Dialog, tillid og kvalitet i indsatsen"],
        ["Recovery og rehabilitering"],
    ]
    assert [each.theme is None for quarter in plan.quarters for each in quarter.discussions] == [
        False,
        True,
        False,
        False,
    ]


def test_no_day_is_given_to_a_theme_that_the_basic_paper_gives_none(real: Committee) -> None:
    plans = [year_plan(real, year) for year in (2014, 2015)]
    themes = [each for plan in plans for quarter in plan.quarters for each in quarter.discussions if each.theme]
    assert [each.meeting for each in themes] == [None, None, None, None]


def test_the_meetings_are_those_the_documents_date(real: Committee) -> None:
    def told(each: PlannedMeeting) -> tuple[str, date | None, date]:
        return each.kind.value, each.on, each.month

    assert [told(each) for each in year_plan(real, 2014).meetings] == [
        ("budget_seminar", None, date(2014, 8, 1)),
        ("meeting", date(2014, 8, 13), date(2014, 8, 1)),
    ]
    assert [told(each) for each in year_plan(real, 2015).meetings] == [
        ("budget_seminar", None, date(2015, 3, 1)),
        ("meeting", date(2015, 4, 22), date(2015, 4, 1)),
        ("meeting", date(2015, 5, 27), date(2015, 5, 1)),
        ("meeting", date(2015, 6, 24), date(2015, 6, 1)),
    ]


def test_prevention_is_discussed_in_the_first_quarter_of_2015_and_the_strategy_in_the_second(real: Committee) -> None:
    plan = year_plan(real, 2015)
    assert [[(each.title, each.meeting) for each in quarter.discussions] for quarter in plan.quarters] == [
        [("Forebyggelse og tidlig indsats", None)],
        [("Tematisk drøftelse af socialstrategien", 2), ("Drøftelse af et samlet udkast til socialstrategien", 3)],
        [],
        [],
    ]


def test_the_same_day_and_the_same_theme_clash(real: Committee) -> None:
    clashes = year_plan(real, 2015).clashes
    assert [(each.kind, each.other.letter, each.other.title) for each in clashes] == [
        (ClashKind.SAME_THEME, "A", "Tidlig indsats i dagtilbud"),
        (ClashKind.SAME_DAY, "B", "Udvalgsmøde"),
    ]
    assert year_plan(real, 2014).clashes == ()


def test_another_quarter_another_day_and_another_theme_do_not_clash(world: World) -> None:
    by, own = secretariat(world), committee(world)
    wheel = enter_other_wheel(name="Børne- og Ungdomsforvaltningen", short_name="BUF", by=by)
    plan_discussion(committee=own, title="Tidlig indsats", theme="Forebyggelse", quarter=Quarter(2015, 2), by=by)
    plan_discussion(committee=own, title="Ingen tema", theme="", quarter=Quarter(2015, 3), by=by)
    meeting(world, date(2015, 4, 22))
    for title, theme, quarter, on in (
        ("Et kvartal senere", "Forebyggelse", Quarter(2015, 3), None),
        ("Et andet tema", "Skole", Quarter(2015, 2), None),
        ("Dagen efter", "", None, date(2015, 4, 23)),
        ("Uden tema", "", Quarter(2015, 3), None),
    ):
        enter_other(wheel=wheel, title=title, theme=theme, quarter=quarter, on=on, by=by)
    assert year_plan(own, 2015).clashes == ()


def test_a_theme_is_the_same_whatever_its_capital_letters(world: World) -> None:
    by, own = secretariat(world), committee(world)
    wheel = enter_other_wheel(name="Børne- og Ungdomsforvaltningen", short_name="BUF", by=by)
    plan_discussion(committee=own, title="Tidlig indsats", theme="Ældre og ÅRSAGER", quarter=Quarter(2015, 2), by=by)
    enter_other(wheel=wheel, title="Deres", theme="ældre  og årsager", quarter=Quarter(2015, 2), on=None, by=by)
    assert [each.kind for each in year_plan(own, 2015).clashes] == [ClashKind.SAME_THEME]


def test_a_cancelled_meeting_clashes_with_nothing_and_has_no_deadlines(world: World) -> None:
    from pejl.office.year.agenda_acts import move_agenda

    by = secretariat(world)
    held = meeting(world, date(2015, 4, 22))
    wheel = enter_other_wheel(name="BUF", short_name="", by=by)
    enter_other(wheel=wheel, title="Møde", theme="", quarter=None, on=date(2015, 4, 22), by=by)
    assert len(year_plan(held.committee, 2015).clashes) == 1
    move_agenda(meeting=held, act="cancel", by=by)
    plan = year_plan(held.committee, 2015)
    assert plan.clashes == ()
    assert plan.meetings[0].deadlines == ()


def test_a_meeting_on_a_holiday_is_marked(world: World) -> None:
    meeting(world, date(2015, 6, 5))
    meeting(world, date(2015, 6, 8))
    assert [each.day_off for each in year_plan(committee(world), 2015).meetings] == [True, False]


@pytest.mark.parametrize("meetings", [1, 3])
def test_a_year_takes_the_same_queries_whatever_is_in_it(
    meetings: int, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by, own = secretariat(world), committee(world)
    wheel = enter_other_wheel(name="BUF", short_name="", by=by)
    for number in range(1, meetings + 1):
        plan_meeting(committee=own, kind=MeetingKind.MEETING, on=date(2015, number, 14), by=by)
        plan_discussion(committee=own, title="Tema", theme=f"T{number}", quarter=Quarter(2015, number), by=by)
        enter_other(wheel=wheel, title="Deres", theme=f"T{number}", quarter=Quarter(2015, number), on=None, by=by)
    with django_assert_num_queries(4):
        plan = year_plan(own, 2015)
    assert len(plan.meetings) == len(plan.others) == meetings


def test_other_wheels_go_on_after_z() -> None:
    assert [letters(place) for place in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
