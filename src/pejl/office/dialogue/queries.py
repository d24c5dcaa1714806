"""Reading dialogue: what somebody may see, and what pages and statistics need of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pejl.office.accounts.actor import Actor
from pejl.office.dialogue.kinds import MeetingKind, Part
from pejl.office.dialogue.models import Came, Chapter, Comment, Line, Meeting, Place, SignUp, Theme
from pejl.office.dialogue.rules import READ_CHAPTERS, TAKE_PART, may_sign_up_inside, may_write
from pejl.office.dialogue.states import AFTERWARDS, AHEAD, SignUpState
from pejl.text import Message, message


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings somebody sees; see `rules.may_see_meeting`."""
    if may_write(actor):
        return Meeting.objects.all()
    return Meeting.objects.filter(invited_on__isnull=False) if actor.has(*TAKE_PART) else Meeting.objects.none()


def sign_ups_visible_to(actor: Actor) -> QuerySet[SignUp]:
    """Return the sign-ups somebody sees; see `rules.may_see_sign_up`."""
    if may_write(actor):
        return SignUp.objects.all()
    if may_sign_up_inside(actor):
        return SignUp.objects.filter(account_id=actor.number)
    return SignUp.objects.none()


def lines_visible_to(actor: Actor) -> QuerySet[Line]:
    """Return what somebody sees of what was said; see `rules.may_see_line`."""
    return Line.objects.filter(meeting__in=meetings_visible_to(actor), meeting__state__in=AFTERWARDS)


def themes_visible_to(actor: Actor) -> QuerySet[Theme]:
    """Return the themes somebody sees; see `rules.may_see_theme`."""
    return Theme.objects.all() if actor.has(*TAKE_PART) else Theme.objects.none()


def chapters_visible_to(actor: Actor) -> QuerySet[Chapter]:
    """Return the chapters somebody reads; see `rules.may_see_chapter`."""
    if may_write(actor):
        return Chapter.objects.all()
    return Chapter.objects.filter(latest__gt=0) if actor.has(*READ_CHAPTERS) else Chapter.objects.none()


def comments_visible_to(actor: Actor) -> QuerySet[Comment]:
    """Return the comments somebody sees; see `rules.may_see_comment`."""
    return Comment.objects.filter(chapter__in=chapters_visible_to(actor))


def open_meetings(on: date) -> QuerySet[Meeting]:
    """Return the meetings everybody is invited to, from a day; also those whose sign-up has ended."""
    return Meeting.objects.filter(state__in=AHEAD, on__gte=on).order_by("on", "begins", "id")


@dataclass(frozen=True, slots=True)
class Room:
    """How full a part of a meeting, or all of it, is.

    Attributes:
        places: in all.
        taken: held, or kept while an offer stands.
        waiting: people in line.
    """

    places: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Places nobody has."""
        return self.places - self.taken

    @property
    def open(self) -> bool:
        """Whether who comes now gets a place."""
        return self.free > 0 and not self.waiting


@dataclass(frozen=True, slots=True)
class MeetingRoom:
    """A meeting with how full it is."""

    meeting: Meeting
    room: Room


def with_room(meetings: QuerySet[Meeting]) -> list[MeetingRoom]:
    """Return meetings with how full they are; one query."""

    def count(rows: QuerySet[Place] | QuerySet[SignUp]) -> Coalesce:
        counted = (
            rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(all=Count("pk")).values("all")
        )
        return Coalesce(Subquery(counted), 0)

    waiting = SignUp.objects.filter(state=SignUpState.WAITING)
    found = meetings.annotate(
        room_places=count(Place.objects.all()),
        room_taken=count(Place.objects.filter(sign_up__isnull=False)),
        room_waiting=count(waiting),
    )
    return [MeetingRoom(each, Room(each.room_places, each.room_taken, each.room_waiting)) for each in found]


def rooms(meeting: Meeting) -> dict[Part, Room]:
    """Return how full each part of a meeting is; once places are released, every part sees what is free for all."""
    standing = Place.objects.filter(meeting=meeting)
    places = _count_parts(standing)
    taken = _count_parts(standing.filter(sign_up__isnull=False))
    waiting = _count_parts(SignUp.objects.filter(meeting=meeting, state=SignUpState.WAITING))
    found = {part: Room(count, taken.get(part, 0), waiting.get(part, 0)) for part, count in places.items()}
    if meeting.released_at is None:
        return found
    every = Room(sum(places.values()), sum(taken.values()), sum(waiting.values()))
    return dict.fromkeys(found, every)


def places_of(meeting: Meeting) -> dict[Part, int]:
    """Return how many places each part of a meeting has."""
    return _count_parts(Place.objects.filter(meeting=meeting))


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many came to a meeting.

    Attributes:
        counts: by part, those of which somebody came.
        noted: whether the secretariat noted it, walk-ins included; else it is how many of those with a place came.
    """

    counts: Mapping[Part, int]
    noted: bool

    @property
    def all(self) -> int:
        """All of them together."""
        return sum(self.counts.values())


def turnout_of(meeting: Meeting) -> Turnout:
    """Return how many came to a meeting that was held; two queries at most."""
    noted = dict(Came.objects.filter(meeting=meeting).values_list("part", "count"))
    if noted:
        return Turnout({part: noted[part] for part in Part if noted.get(part)}, True)
    return Turnout(_count_parts(SignUp.objects.filter(meeting=meeting, attended=True)), False)


def sign_ups_of(meeting: Meeting) -> list[SignUp]:
    """Return who signed up, those with places first, then the line in its order; with contacts and needs."""
    order = {SignUpState.PLACE: 0, SignUpState.OFFER: 1, SignUpState.WAITING: 2, SignUpState.CANCELLED: 3}
    found = SignUp.objects.filter(meeting=meeting).select_related("contact", "need", "account")
    return sorted(found, key=lambda each: (order[SignUpState(each.state)], each.position))


@dataclass(frozen=True, slots=True)
class Way:
    """Where something that was said goes on to.

    Attributes:
        theme: what it was gathered into.
        chapter: the number and title of a chapter, and the title of its section; None where it goes into none.
        goals: the ids of goals.
        plans: the number, where it has one in the office, and the words of each plan.
    """

    theme: str
    chapter: tuple[int, str, str] | None
    goals: tuple[str, ...]
    plans: tuple[tuple[int | None, str], ...]


def ways_of(themes: Iterable[int]) -> dict[int, Way]:
    """Return the way onward of themes by their number; three queries, however many there are."""
    found = Theme.objects.filter(pk__in=set(themes)).select_related("chapter").prefetch_related("onward")
    themed = list(found)
    titles = _section_titles({theme.chapter_id for theme in themed if theme.chapter_id is not None})
    ways = {}
    for theme in themed:
        onward = list(theme.onward.all())
        chapter = theme.chapter
        ways[theme.pk] = Way(
            theme.title,
            None if chapter is None else (chapter.pk, chapter.title, titles.get((chapter.pk, theme.section), "")),
            tuple(each.goal for each in onward if each.goal),
            tuple((each.plan, each.words) for each in onward if not each.goal),
        )
    return ways


def why_a_plan_stays(plan: int) -> Message | None:
    """Return that something said at a dialogue meeting leads to a plan, and so it has to stay; None if nothing does."""
    theme = Theme.objects.filter(onward__plan=plan).values_list("title", flat=True).first()
    if theme is None:
        return None
    return message(
        "something said at a dialogue meeting leads to this plan (the theme “{theme}”), and those who took part can "
        "see that; the secretariat can take the plan off its way first",
        theme=theme,
    )


def _section_titles(chapters: set[int]) -> dict[tuple[int, str], str]:
    """Return the title of each section of the latest versions of chapters."""
    latest = Chapter.objects.filter(pk__in=chapters, versions__number__gt=0).order_by("versions__number")
    contents: Mapping[int, list[Mapping[str, str]]] = dict(latest.values_list("pk", "versions__content"))
    return {(chapter, each["id"]): each["title"] for chapter, content in contents.items() for each in content}


@dataclass(frozen=True, slots=True)
class MeetingStatistics:
    """A meeting that was held, as statistics: counts only, no free text and no persons.

    Attributes:
        number: of the meeting.
        kind: its kind.
        target_group: the id of the target group; empty where there is none.
        on: the day.
        places: by part how many there were.
        signed_up: by part how many signed up and did not cancel.
        attended: by part how many places were used.
        lines: how many things that were said are written down.
        answered: how many of them are answered.
    """

    number: int
    kind: MeetingKind
    target_group: str
    on: date
    places: Mapping[Part, int]
    signed_up: Mapping[Part, int]
    attended: Mapping[Part, int]
    lines: int
    answered: int


def meetings_for_statistics(year: int) -> tuple[MeetingStatistics, ...]:
    """Return the meetings that were held in a year, in time; five queries, however many there are."""
    held = Meeting.objects.filter(state__in=AFTERWARDS, on__year=year).order_by("on", "pk")
    meetings = list(held)
    numbers = [each.pk for each in meetings]
    places = _by_part(Place.objects.filter(meeting__in=numbers))
    coming = SignUp.objects.filter(meeting__in=numbers).exclude(state=SignUpState.CANCELLED)
    signed_up, attended = _by_part(coming), _by_part(coming.filter(attended=True))
    lines = {
        row["meeting"]: (row["every"], row["done"])
        for row in Line.objects.filter(meeting__in=numbers)
        .order_by()
        .values("meeting")
        .annotate(every=Count("pk"), done=Count("pk", filter=Q(answered_at__isnull=False)))
    }
    return tuple(
        MeetingStatistics(
            each.pk,
            MeetingKind(each.kind),
            each.target_group,
            each.on,
            places.get(each.pk, {}),
            signed_up.get(each.pk, {}),
            attended.get(each.pk, {}),
            *lines.get(each.pk, (0, 0)),
        )
        for each in meetings
    )


def _count_parts(rows: QuerySet[Place] | QuerySet[SignUp]) -> dict[Part, int]:
    """Return how many rows each part has, in the order of parts."""
    counted = dict(rows.order_by().values_list("part").annotate(Count("pk")))
    return {part: counted[part] for part in Part if part in counted}


def _by_part(rows: QuerySet[Place] | QuerySet[SignUp]) -> dict[int, dict[Part, int]]:
    found: dict[int, dict[Part, int]] = {}
    for meeting, part, count in rows.order_by().values_list("meeting_id", "part").annotate(Count("pk")):
        found.setdefault(meeting, {})[Part(part)] = count
    return {meeting: {part: counts[part] for part in Part if part in counts} for meeting, counts in found.items()}
