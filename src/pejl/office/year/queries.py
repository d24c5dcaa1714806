"""Reading the committee's year, as whoever asks may see it."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from pejl.office.accounts.actor import Actor
from pejl.office.year.models import (
    AgendaItem,
    Committee,
    DeadlineRule,
    Discussion,
    Feed,
    Meeting,
    OtherEntry,
    OtherWheel,
    Paper,
    Theme,
)
from pejl.office.year.rules import SEE_THE_WHEEL, agendas_seen
from pejl.office.year.states import DeadlineKind


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings of the wheel, whose dates everybody with a role may see; never their agendas."""
    found = Meeting.objects.select_related("committee")
    return found if actor.has(*SEE_THE_WHEEL) else found.none()


def agendas_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings whose agenda somebody may see."""
    return meetings_visible_to(actor).filter(agenda__in=agendas_seen(actor))


def items_visible_to(actor: Actor) -> QuerySet[AgendaItem]:
    """Return the items of the agendas somebody may see."""
    return AgendaItem.objects.filter(meeting__agenda__in=agendas_seen(actor)).select_related("meeting__committee")


def papers_visible_to(actor: Actor) -> QuerySet[Paper]:
    """Return the papers of the agendas somebody may see."""
    return Paper.objects.filter(item__meeting__agenda__in=agendas_seen(actor)).select_related("item__meeting")


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of an agenda with their papers; two queries."""
    papers = Prefetch("papers", Paper.objects.order_by("pk"))
    return list(meeting.items.select_related("noted_by", "discussion").prefetch_related(papers).order_by("number"))


def feeds_of(actor: Actor) -> QuerySet[Feed]:
    """Return the private addresses somebody's calendars read, and those that were taken back."""
    return Feed.objects.filter(account_id=actor.number).order_by("-pk")


def committees() -> QuerySet[Committee]:
    """Return the committees, by the order they were entered."""
    return Committee.objects.order_by("pk")


def rules_of(committee: Committee) -> dict[DeadlineKind, int]:
    """Return how many working days before a meeting what is to be done; one query."""
    rows = dict(DeadlineRule.objects.filter(committee=committee).values_list("kind", "working_days"))
    return {kind: rows[kind.value] for kind in DeadlineKind if kind.value in rows}


def meetings_in(committee: Committee, first: date, last: date) -> QuerySet[Meeting]:
    """Return the meetings of a committee from one day to another, in time; one with only a month stands first in it."""
    return (
        Meeting.objects.filter(committee=committee)
        .annotate(at=Coalesce("on", "month"))
        .filter(at__gte=first, at__lte=last)
        .order_by("at", "month", "starts_at", "pk")
    )


def discussions_in(committee: Committee, year: int) -> QuerySet[Discussion]:
    """Return what a committee means to discuss in a year."""
    found = Discussion.objects.filter(committee=committee, year=year).select_related("theme", "meeting")
    return found.order_by("quarter", "pk")


def others_in(year: int) -> QuerySet[OtherEntry]:
    """Return what other administrations' wheels say of a year."""
    return (
        OtherEntry.objects.filter(year=year)
        .select_related("theme", "wheel")
        .order_by("quarter", "on", "wheel__name", "pk")
    )


def years_of(committee: Committee) -> list[int]:
    """Return the years in which something is entered for a committee; two queries."""
    meetings = Meeting.objects.filter(committee=committee).annotate(year=ExtractYear(Coalesce("on", "month")))
    found = set(meetings.values_list("year", flat=True).distinct())
    found |= set(Discussion.objects.filter(committee=committee).values_list("year", flat=True).distinct())
    return sorted(found)


def other_wheels() -> QuerySet[OtherWheel]:
    """Return the wheels of other administrations with their entries."""
    entries = Prefetch("entries", OtherEntry.objects.select_related("theme").order_by("year", "quarter", "on", "pk"))
    return OtherWheel.objects.prefetch_related(entries)


def themes() -> list[str]:
    """Return the titles of all themes."""
    return list(Theme.objects.order_by("title").values_list("title", flat=True))


def without_decision(before: date) -> QuerySet[AgendaItem]:
    """Return items of meetings that have been held, on which no decision is noted."""
    return AgendaItem.objects.filter(Q(decision=""), meeting__agenda="held", meeting__on__lte=before)
