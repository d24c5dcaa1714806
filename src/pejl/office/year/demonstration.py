"""The committee's year 2014-2015 as the city's own documents tell it, so that the office can be tried.

The basic paper of 2014 gives themes by quarter and no days; the background note on the social strategy gives four days
and a month. What they do not say is left open. The wheel of another administration is invented: the paper says only
that the others were at work on theirs.
"""

from __future__ import annotations

from datetime import date

from pejl.office.accounts.world import World
from pejl.office.core.roles import Role
from pejl.office.year.acts import enter_committee, enter_other, enter_other_wheel, plan_discussion, plan_meeting
from pejl.office.year.agenda_acts import add_item
from pejl.office.year.models import Committee, Meeting
from pejl.office.year.quarters import Quarter
from pejl.office.year.states import MeetingKind

COMMITTEE = "socialudvalget"
THEMES = (
    (Quarter(2014, 2), "Samskabelse og frivillig indsats", "Samskabelse, samproduktion og frivillig indsats"),
    (Quarter(2014, 2), "Drøftelse og fastlæggelse af overordnede mål", ""),
    (Quarter(2014, 3), "Dialog, tillid og kvalitet i indsatsen", "Dialog, tillid og kvalitet i indsatsen"),
    (Quarter(2014, 4), "Recovery og rehabilitering", "Borgernes ressourcer og netværk, ’recovery’ og rehabilitering"),
    (Quarter(2015, 1), "Forebyggelse og tidlig indsats", "Forebyggelse og tidlig indsats"),
)
"""The annual wheel of the basic paper: when, what, and the theme it belongs to."""

DAYS = (date(2014, 8, 13), date(2015, 4, 22), date(2015, 5, 27), date(2015, 6, 24))
"""Meetings whose day the background note gives."""

SEMINARS = (date(2014, 8, 1), date(2015, 3, 1))
"""Budget seminars of which the documents give the month."""

_BASIC_PAPER = "Står i grundlagspapirets årshjul uden dato."
_NOTE = "Datoen står i baggrundsnotatet om socialstrategien."
_MONTH = "Dokumenterne giver måneden, ikke dagen."


def build(world: World) -> None:
    """Enter the committee with its wheel of 2014 and 2015, and an invented wheel beside it."""
    by = world.actors[Role.SECRETARIAT]
    committee = enter_committee(code=COMMITTEE, name="Socialudvalget", short_name="SUD", by=by)
    for quarter, title, theme in THEMES:
        plan_discussion(committee=committee, title=title, theme=theme, quarter=quarter, note=_BASIC_PAPER, by=by)
    for month in SEMINARS:
        plan_meeting(committee=committee, kind=MeetingKind.BUDGET_SEMINAR, on=None, month=month, note=_MONTH, by=by)
    for day in DAYS:
        plan_meeting(committee=committee, kind=MeetingKind.MEETING, on=day, note=_NOTE, by=by)
    _strategy_in_the_wheel(committee, world)
    _beside(world)


def meeting_on(committee: Committee, day: date) -> Meeting:
    """Return the meeting of a day, or of a month given by its first day."""
    found = Meeting.objects.filter(committee=committee)
    return found.filter(on=day).first() or found.get(month=day)


def _strategy_in_the_wheel(committee: Committee, world: World) -> None:
    """Put the discussions of the social strategy, which the note dates, at their meetings."""
    by = world.actors[Role.SECRETARIAT]
    steps = (
        (date(2015, 4, 22), "Tematisk drøftelse af socialstrategien"),
        (date(2015, 5, 27), "Drøftelse af et samlet udkast til socialstrategien"),
    )
    for day, title in steps:
        meeting = meeting_on(committee, day)
        discussion = plan_discussion(
            committee=committee, title=title, theme="", quarter=Quarter(2015, 2), meeting=meeting, by=by
        )
        add_item(meeting=meeting, title=title, discussion=discussion, by=by)


def _beside(world: World) -> None:
    """Enter an invented wheel, with a theme and a day that clash."""
    by = world.actors[Role.SECRETARIAT]
    wheel = enter_other_wheel(name="Eksempelforvaltningen (opdigtet)", short_name="Eksempel", by=by)
    enter_other(
        wheel=wheel,
        title="Tidlig indsats i dagtilbud",
        theme="Forebyggelse og tidlig indsats",
        quarter=Quarter(2015, 1),
        on=None,
        by=by,
    )
    enter_other(wheel=wheel, title="Udvalgsmøde", theme="", quarter=None, on=date(2015, 5, 27), by=by)
    enter_other(wheel=wheel, title="Børn og kultur", theme="Børn og kultur", quarter=Quarter(2014, 4), on=None, by=by)
