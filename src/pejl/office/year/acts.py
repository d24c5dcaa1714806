"""Planning the year: committees and their rules, meetings, discussions, and other administrations' wheels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction
from django.db.models import ProtectedError

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import NotNowError
from pejl.office.year.models import Committee, DeadlineRule, Discussion, Meeting, OtherEntry, OtherWheel, Theme
from pejl.office.year.quarters import Quarter, quarter_of
from pejl.office.year.rules import require_planner
from pejl.office.year.saving import save_version
from pejl.office.year.states import PROPOSED_DAYS, Agenda, DeadlineKind, MeetingKind
from pejl.text import message

_CHANGEABLE = frozenset({Agenda.DRAFT, Agenda.CLOSED, Agenda.PUBLIC})


@transaction.atomic
def enter_committee(*, code: str, name: str, short_name: str, by: Actor) -> Committee:
    """Enter a committee; its deadlines begin with what is proposed.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: a committee of this code is entered already.
    """
    require_planner(by)
    if Committee.objects.filter(code=code).exists():
        raise NotNowError(message("there is a committee of this code already"))
    committee = Committee.objects.create(code=code, name=name, short_name=short_name)
    for kind, days in PROPOSED_DAYS.items():
        DeadlineRule.objects.create(committee=committee, kind=kind, working_days=days)
    wrote(by, Subject.MEETING, (), "enter_committee")
    return committee


@transaction.atomic
def change_committee(
    *, committee: Committee, version: int, name: str, short_name: str, days: Mapping[DeadlineKind, int], by: Actor
) -> None:
    """Change a committee's name, and how long before its meetings what is to be done.

    Args:
        committee: which.
        version: of it, as it was seen.
        name: as people say it.
        short_name: its letters, such as SUD.
        days: working days before the meeting, by deadline; those left out are given up.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the deadlines do not follow each other.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    in_order = [days[kind] for kind in DeadlineKind if kind in days]
    if in_order != sorted(in_order, reverse=True):
        raise NotNowError(message("drafts are ready before the agenda closes, and it closes before it is made public"))
    save_version(committee, version, name=name, short_name=short_name)
    DeadlineRule.objects.filter(committee=committee).delete()
    DeadlineRule.objects.bulk_create(
        [DeadlineRule(committee=committee, kind=kind, working_days=count) for kind, count in days.items()]
    )
    wrote(by, Subject.MEETING, (), "change_committee")


@transaction.atomic
def plan_meeting(
    *,
    committee: Committee,
    kind: MeetingKind,
    on: date | None,
    month: date | None = None,
    starts_at: time | None = None,
    place: str = "",
    note: str = "",
    by: Actor,
) -> Meeting:
    """Plan a meeting on a day, or in a month whose day is not known yet.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: neither day nor month is given.
    """
    require_planner(by)
    meeting = Meeting.objects.create(
        committee=committee, kind=kind, starts_at=starts_at, place=place, note=note, **_when(on, month)
    )
    wrote(by, Subject.MEETING, meeting.pk, "plan_meeting")
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    kind: MeetingKind,
    on: date | None,
    month: date | None,
    starts_at: time | None,
    place: str,
    note: str,
    by: Actor,
) -> None:
    """Move a meeting, or change what is said of it.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it has been held or cancelled; its agenda is closed and no day is given; or a discussion that
            stands at it is planned for another quarter.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.state not in _CHANGEABLE:
        raise NotNowError(message("a meeting that has been held or cancelled is not changed any more"))
    if on is None and now.state is not Agenda.DRAFT:
        raise NotNowError(message("a meeting whose agenda is closed has a day"))
    when = _when(on, month)
    quarter = quarter_of(when["on"] or when["month"] or now.when)
    if now.discussions.exclude(year=quarter.year, quarter=quarter.number).exists():
        raise NotNowError(message("a discussion of another quarter stands at this meeting; move the discussion first"))
    save_version(meeting, version, kind=kind.value, starts_at=starts_at, place=place, note=note, **when)
    wrote(by, Subject.MEETING, meeting.pk, "change_meeting")


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: Actor) -> None:
    """Take a meeting out of the year that was entered by mistake.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: something stands on its agenda or at it already; then it is cancelled instead.
    """
    require_planner(by)
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    number = now.pk
    try:
        if now.state is not Agenda.DRAFT or now.items.exists():
            raise ProtectedError("has an agenda", set())
        now.delete()
    except ProtectedError as error:
        raise NotNowError(message("something stands at this meeting already; cancel it instead")) from error
    wrote(by, Subject.MEETING, number, "remove_meeting")


@transaction.atomic
def plan_discussion(
    *,
    committee: Committee,
    title: str,
    theme: str,
    quarter: Quarter,
    meeting: Meeting | None = None,
    note: str = "",
    by: Actor,
) -> Discussion:
    """Plan that something is discussed in a quarter.

    Args:
        committee: whose.
        title: as the wheel says it.
        theme: of a thematic discussion; a new one is entered. Empty for another discussion.
        quarter: when.
        meeting: at which, where that is settled.
        note: what else there is to know.
        by: the secretariat.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the meeting is in another quarter.
    """
    require_planner(by)
    _same_quarter(quarter, meeting)
    discussion = Discussion.objects.create(
        committee=committee,
        title=title,
        theme=_theme(theme),
        year=quarter.year,
        quarter=quarter.number,
        meeting=meeting,
        note=note,
    )
    wrote(by, Subject.MEETING, _numbers(meeting), "plan_discussion")
    return discussion


@transaction.atomic
def change_discussion(
    *,
    discussion: Discussion,
    version: int,
    title: str,
    theme: str,
    quarter: Quarter,
    meeting: Meeting | None,
    note: str,
    by: Actor,
) -> None:
    """Change when and at which meeting something is discussed, or what is said of it.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: the meeting is in another quarter.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    _same_quarter(quarter, meeting)
    save_version(
        discussion,
        version,
        title=title,
        theme=_theme(theme),
        year=quarter.year,
        quarter=quarter.number,
        meeting=meeting,
        note=note,
    )
    wrote(by, Subject.MEETING, _numbers(meeting), "change_discussion")


@transaction.atomic
def remove_discussion(*, discussion: Discussion, by: Actor) -> None:
    """Take a discussion out of the year.

    Raises:
        NotAllowedError: it is not the secretariat.
    """
    require_planner(by)
    discussion.delete()
    wrote(by, Subject.MEETING, (), "remove_discussion")


@transaction.atomic
def enter_other_wheel(*, name: str, short_name: str, by: Actor) -> OtherWheel:
    """Begin to tell another administration's wheel.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: it is here already.
    """
    require_planner(by)
    if OtherWheel.objects.filter(name=name).exists():
        raise NotNowError(message("this administration's wheel is here already"))
    wheel = OtherWheel.objects.create(name=name, short_name=short_name)
    wrote(by, Subject.MEETING, (), "enter_other_wheel")
    return wheel


@transaction.atomic
def enter_other(
    *, wheel: OtherWheel, title: str, theme: str, quarter: Quarter | None, on: date | None, by: Actor
) -> OtherEntry:
    """Enter something of another administration's wheel: in a quarter, or on a day.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: neither day nor quarter is given.
    """
    require_planner(by)
    entry = OtherEntry.objects.create(wheel=wheel, title=title, theme=_theme(theme), on=on, **_quarter(quarter, on))
    wrote(by, Subject.MEETING, (), "enter_other")
    return entry


@transaction.atomic
def change_other(
    *, entry: OtherEntry, version: int, title: str, theme: str, quarter: Quarter | None, on: date | None, by: Actor
) -> None:
    """Change something of another administration's wheel.

    Raises:
        NotAllowedError: it is not the secretariat.
        NotNowError: neither day nor quarter is given.
        ChangedMeanwhileError: somebody else has saved.
    """
    require_planner(by)
    save_version(entry, version, title=title, theme=_theme(theme), on=on, **_quarter(quarter, on))
    wrote(by, Subject.MEETING, (), "change_other")


@transaction.atomic
def remove_other(*, entry: OtherEntry, by: Actor) -> None:
    """Take something out of another administration's wheel.

    Raises:
        NotAllowedError: it is not the secretariat.
    """
    require_planner(by)
    entry.delete()
    wrote(by, Subject.MEETING, (), "remove_other")


def _when(on: date | None, month: date | None) -> dict[str, date | None]:
    if on is not None:
        return {"on": on, "month": None}
    if month is None:
        raise NotNowError(message("say on which day the meeting is, or in which month"))
    return {"on": None, "month": month.replace(day=1)}


def _quarter(quarter: Quarter | None, on: date | None) -> dict[str, int]:
    found = quarter_of(on) if on is not None else quarter
    if found is None:
        raise NotNowError(message("say on which day it is, or in which quarter"))
    return {"year": found.year, "quarter": found.number}


def _theme(title: str) -> Theme | None:
    """Return the theme of a title, whatever its capital letters; a new one is entered."""
    title = " ".join(title.split())
    if not title:
        return None
    known = {each.title.casefold(): each for each in Theme.objects.all()}
    return known.get(title.casefold()) or Theme.objects.create(title=title)


def _same_quarter(quarter: Quarter, meeting: Meeting | None) -> None:
    if meeting is not None and quarter_of(meeting.when) != quarter:
        raise NotNowError(
            message("the meeting is in another quarter: {quarter}", quarter=quarter_of(meeting.when).words)
        )


def _numbers(meeting: Meeting | None) -> tuple[int, ...]:
    return () if meeting is None else (meeting.pk,)
