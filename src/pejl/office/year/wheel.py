"""A year of the committee as a value: what is discussed and held in each quarter, what is due before, what clashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from pejl.office.year.models import Committee, Discussion, Meeting, OtherEntry
from pejl.office.year.quarters import Quarter, quarter_of
from pejl.office.year.queries import discussions_in, meetings_in, others_in, rules_of
from pejl.office.year.states import Agenda, DeadlineKind, MeetingKind
from pejl.office.year.workdays import is_working_day, working_days_before


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is to be done before a meeting, and its day."""

    kind: DeadlineKind
    on: date


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting in the wheel.

    Attributes:
        number: of the row.
        place_in_year: from 1, as the wheel and the list name it.
        on: its day; None while only the month is known.
        month: the first day of its month.
        deadlines: what is to be done before, the earliest first; none without a day.
        day_off: whether its day is no working day.
    """

    number: int
    place_in_year: int
    kind: MeetingKind
    on: date | None
    month: date
    starts_at: time | None
    place: str
    agenda: Agenda
    deadlines: tuple[Deadline, ...]
    day_off: bool


@dataclass(frozen=True, slots=True)
class PlannedDiscussion:
    """A discussion in the wheel; `meeting` is the place in the year of the meeting it stands at."""

    number: int
    title: str
    theme: str | None
    note: str
    meeting: int | None


@dataclass(frozen=True, slots=True)
class Other:
    """Something in another administration's wheel.

    Attributes:
        letter: as the wheel names it: A, B, …
    """

    number: int
    letter: str
    administration: str
    title: str
    theme: str | None
    quarter: Quarter
    on: date | None


class ClashKind(StrEnum):
    """How two wheels get in each other's way."""

    SAME_DAY = "same_day"
    SAME_THEME = "same_theme"


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in each other's way.

    Attributes:
        own: the meeting on the same day, or the discussion of the same theme in the same quarter.
        other: what stands in the other wheel.
    """

    kind: ClashKind
    own: PlannedMeeting | PlannedDiscussion
    other: Other


@dataclass(frozen=True, slots=True)
class QuarterPlan:
    """What lies in a quarter."""

    quarter: Quarter
    discussions: tuple[PlannedDiscussion, ...]
    meetings: tuple[PlannedMeeting, ...]
    others: tuple[Other, ...]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year of a committee."""

    year: int
    quarters: tuple[QuarterPlan, QuarterPlan, QuarterPlan, QuarterPlan]
    meetings: tuple[PlannedMeeting, ...] = field(default=())

    @property
    def others(self) -> tuple[Other, ...]:
        """Everything of other wheels."""
        return tuple(other for each in self.quarters for other in each.others)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Everything that clashes."""
        return tuple(clash for each in self.quarters for clash in each.clashes)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is planned."""
        return not any(each.discussions or each.meetings or each.others for each in self.quarters)


def year_plan(committee: Committee, year: int) -> YearPlan:
    """Return a year of a committee; four queries."""
    rules = rules_of(committee)
    rows = list(meetings_in(committee, date(year, 1, 1), date(year, 12, 31)))
    meetings = tuple(_meeting(row, place, rules) for place, row in enumerate(rows, start=1))
    places = {each.number: each.place_in_year for each in meetings}
    discussions = [(each.when, _discussion(each, places)) for each in discussions_in(committee, year)]
    others = [_other(each, place) for place, each in enumerate(others_in(year))]
    quarters = [_quarter(Quarter(year, number), meetings, discussions, others) for number in range(1, 5)]
    return YearPlan(year, (quarters[0], quarters[1], quarters[2], quarters[3]), meetings)


def deadlines_of(on: date | None, rules: Mapping[DeadlineKind, int]) -> tuple[Deadline, ...]:
    """Return what is to be done before a meeting, the earliest first; nothing while its day is not known."""
    if on is None:
        return ()
    return tuple(Deadline(kind, working_days_before(on, rules[kind])) for kind in DeadlineKind if kind in rules)


def clashes_of(
    meetings: Iterable[PlannedMeeting], discussions: Iterable[PlannedDiscussion], others: Sequence[Other]
) -> tuple[Clash, ...]:
    """Return what stands in each other's way within a quarter: the same day, or the same theme."""
    held = [each for each in meetings if each.on is not None and each.agenda is not Agenda.CANCELLED]
    same_day = [Clash(ClashKind.SAME_DAY, own, other) for own in held for other in others if other.on == own.on]
    same_theme = [
        Clash(ClashKind.SAME_THEME, own, other)
        for own in discussions
        for other in others
        if own.theme is not None and other.theme == own.theme
    ]
    return (*same_day, *same_theme)


def _meeting(row: Meeting, place: int, rules: Mapping[DeadlineKind, int]) -> PlannedMeeting:
    return PlannedMeeting(
        number=row.pk,
        place_in_year=place,
        kind=MeetingKind(row.kind),
        on=row.on,
        month=row.when.replace(day=1),
        starts_at=row.starts_at,
        place=row.place,
        agenda=row.state,
        deadlines=() if row.state is Agenda.CANCELLED else deadlines_of(row.on, rules),
        day_off=row.on is not None and not is_working_day(row.on),
    )


def _discussion(row: Discussion, places: Mapping[int, int]) -> PlannedDiscussion:
    theme = None if row.theme is None else row.theme.title
    return PlannedDiscussion(row.pk, row.title, theme, row.note, places.get(row.meeting_id or 0))


def _other(row: OtherEntry, place: int) -> Other:
    theme = None if row.theme is None else row.theme.title
    name = row.wheel.short_name or row.wheel.name
    return Other(row.pk, letters(place), name, row.title, theme, row.when, row.on)


def letters(place: int) -> str:
    """Return what the wheel calls something of another wheel: A to Z, then AA, AB, …, from place 0."""
    first, last = divmod(place, 26)
    return (letters(first - 1) if first else "") + chr(ord("A") + last)


def _quarter(
    quarter: Quarter,
    meetings: Sequence[PlannedMeeting],
    discussions: Sequence[tuple[Quarter, PlannedDiscussion]],
    others: Sequence[Other],
) -> QuarterPlan:
    own = tuple(each for each in meetings if quarter_of(each.month) == quarter)
    themes = tuple(each for when, each in discussions if when == quarter)
    beside = tuple(each for each in others if each.quarter == quarter)
    return QuarterPlan(quarter, themes, own, beside, clashes_of(own, themes, beside))
