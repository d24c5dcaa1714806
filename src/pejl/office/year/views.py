"""The wheel, on a page, on paper and in calendars; and a meeting with its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.accounts.models import Account
from pejl.office.accounts.queries import actor_of
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.links import digest
from pejl.office.core.roles import ROLES, Role
from pejl.office.core.who import LinkHolder
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.year import feed_acts, queries
from pejl.office.year.calendar import calendar_of
from pejl.office.year.drawing import NARROW, WIDE, wheel_svg
from pejl.office.year.forms import meeting_words
from pejl.office.year.models import Committee, Feed, Meeting
from pejl.office.year.printing import wheel_pdf
from pejl.office.year.published import address_of
from pejl.office.year.quarters import month_words
from pejl.office.year.rules import SEE_AGENDAS, agendas_seen, may_plan, may_see_agenda
from pejl.office.year.states import (
    AGENDA,
    AGENDA_ACTS,
    DEADLINE_OF,
    DEADLINES,
    DECISIONS,
    MEETING_KINDS,
    PAPERS_MAY_BE_ADDED,
    Agenda,
)
from pejl.office.year.wheel import Deadline, PlannedMeeting, YearPlan, deadlines_of, year_plan
from pejl.office.year.workdays import why_closed
from pejl.text import message

YEAR = message("The committee's year")
_COMING = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that is coming up: a meeting, or a deadline before one."""

    on: date
    meeting: PlannedMeeting
    deadline: Deadline | None = None


def year(request: OfficeRequest, committee: int | None = None, year: int | None = None) -> HttpResponse:
    """Show a year of a committee: this one, if none is named."""
    known = list(queries.committees())
    if not known:
        request.reads(Subject.MEETING, ())
        return page(request, "year/none.html", YEAR, section="year", may_plan=may_plan(request.actor))
    chosen = known[0] if committee is None else next((each for each in known if each.pk == committee), None)
    if chosen is None or (year is not None and not 1900 <= year <= 2200):
        raise Http404
    plan = year_plan(chosen, year or _year_to_show(chosen))
    request.reads(Subject.MEETING, [each.number for each in plan.meetings])
    title = message("{committee}: the year {year}", committee=chosen.name, year=plan.year)
    language = request.language
    name = message("The annual wheel of {committee}, {year}", committee=chosen.name, year=plan.year).render(language)
    return page(
        request,
        "year/year.html",
        title,
        section="year",
        committees=known,
        chosen=chosen,
        plan=plan,
        name=name,
        wide=wheel_svg(plan, name, language, WIDE, today=today(), embed="page"),
        narrow=wheel_svg(plan, name, language, NARROW, today=today(), embed="page"),
        coming=_coming(plan, request),
        themes=_themes(plan),
        may_plan=may_plan(request.actor),
        may_see_meetings=request.actor.has(*SEE_AGENDAS),
        month=lambda first: month_words(first, language),
        kinds=MEETING_KINDS,
        agendas=AGENDA.words,
        deadlines=DEADLINES,
        own_deadlines=_own_deadlines(request),
        years=queries.years_of(chosen),
        day_off=lambda on: why_closed(on, language),
        sees=lambda meeting: meeting.agenda in agendas_seen(request.actor),
    )


def print_year(request: OfficeRequest, committee: int, year: int, years: int = 1) -> HttpResponse:
    """Return the wheel of a year, or of two, on one page to print."""
    chosen = get_object_or_404(Committee, pk=committee)
    if not 1900 <= year <= 2200 or years not in (1, 2):
        raise Http404
    plans = [year_plan(chosen, year + each) for each in range(years)]
    request.reads(Subject.MEETING, [each.number for plan in plans for each in plan.meetings])
    response = HttpResponse(wheel_pdf(chosen.name, plans, request.language), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="aarshjul-{chosen.code}-{year}.pdf"'
    return response


def meeting(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Show a meeting: when it is, what is due before, and its agenda to whoever may see it."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    sees = may_see_agenda(request.actor, found)
    items = queries.agenda(found) if sees else []
    papers = [paper for item in items for paper in item.papers.all()]
    request.reads(Subject.MEETING, found.pk)
    request.reads(Subject.PAPER, [paper.pk for paper in papers])
    plans = may_plan(request.actor)
    return page(
        request,
        "year/meeting.html",
        meeting_words(found, request.language),
        section="year",
        crumbs=to_year(found.committee, found.when.year),
        found=found,
        sees=sees,
        items=items,
        addresses={each.pk: address_of(each.release, each.release_file) for each in papers if each.release},
        deadlines=[
            (DEADLINES[each.kind], each.on)
            for each in deadlines_of(found.on, queries.rules_of(found.committee))
            if each.kind in _own_deadlines(request)
        ],
        decisions=DECISIONS,
        may_decide=plans and found.state is Agenda.HELD,
        state=AGENDA.words[found.state],
        moves=[(act, AGENDA_ACTS[act]) for act in AGENDA_ACTS if plans and AGENDA.can(found.state, act)],
        may_plan=plans,
        may_write=plans and found.state is Agenda.DRAFT,
        may_attach=plans and found.state in PAPERS_MAY_BE_ADDED,
        may_detach=plans and found.state in (Agenda.DRAFT, Agenda.CLOSED),
        may_change=plans and found.state not in (Agenda.HELD, Agenda.CANCELLED),
        day_off=why_closed(found.on, request.language) if found.on else None,
    )


def feeds(request: OfficeRequest) -> HttpResponse:
    """Show one's own private addresses for calendars, make one, or take one back."""
    actor = request.actor
    if request.method == "POST":
        role = request.POST.get("role", "")
        if role in set(Role):
            feed_acts.make_feed(role=Role(role), by=actor)
            tell(request, message("The address is made. Copy it into your calendar."))
        return HttpResponseRedirect(request.path)
    found = list(queries.feeds_of(actor))
    request.reads(Subject.MEETING, ())
    route = "year_calendar" if request.language == "da" else "year_calendar_en"
    addresses = {
        each.role: (each, request.build_absolute_uri(reverse(route, kwargs={"token": feed_acts.word_of(each)})))
        for each in found
        if each.revoked_at is None
    }
    title = message("The year in your own calendar")
    roles = [(role, ROLES[role], addresses.get(role.value)) for role in Role if role in actor.roles]
    return page(request, "year/feeds.html", title, section="year", crumbs=((YEAR, reverse("year")),), roles=roles)


def feed_revoke(request: OfficeRequest, feed: int) -> HttpResponse:
    """Take a private address back."""
    found = get_object_or_404(queries.feeds_of(request.actor), pk=feed)
    feed_acts.revoke_feed(feed=found, by=request.actor)
    tell(request, message("The address leads nowhere from now on."))
    return HttpResponseRedirect(reverse("year_feeds"))


def calendar(request: OfficeRequest, token: str) -> HttpResponse:
    """Return the calendar of a private address, as long as whoever made it has the role."""
    found = Feed.objects.filter(link_digest=digest(token), revoked_at__isnull=True).select_related("account").first()
    if found is None or not _still(found.account, Role(found.role)):
        raise Http404
    request.by_link = LinkHolder(found.pk)
    host = request.get_host().partition(":")[0]
    content, numbers = calendar_of(Role(found.role), request.language, on=today(), made=now(), host=host)
    request.reads(Subject.MEETING, numbers)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def to_year(committee: Committee, year: int) -> tuple[tuple[str, str], ...]:
    """Return the way to a year of a committee."""
    href = reverse("year_of", kwargs={"committee": committee.pk, "year": year})
    return ((f"{committee.short_name or committee.name} {year}", href),)


def meeting_href(meeting: Meeting) -> str:
    """Return the address of a meeting's page."""
    return reverse("year_meeting", kwargs={"meeting": meeting.pk})


def _still(account: Account, role: Role) -> bool:
    return account.is_active and actor_of(account, today()).has(role)


def _year_to_show(committee: Committee) -> int:
    """Return this year, or the nearest one in which something is entered."""
    this = today().year
    years = queries.years_of(committee)
    return min(years, key=lambda each: (abs(each - this), -each)) if years else this


def _own_deadlines(request: OfficeRequest) -> frozenset[object]:
    return frozenset(kind for kind, roles in DEADLINE_OF.items() if request.actor.has(*roles))


def _coming(plan: YearPlan, request: OfficeRequest) -> list[Coming]:
    """Return the next few meetings, and deadlines that are the reader's."""
    own = _own_deadlines(request)
    held = [each for each in plan.meetings if each.on and each.agenda is not Agenda.CANCELLED]
    found = [Coming(each.on, each) for each in held if each.on]
    found += [Coming(due.on, each, due) for each in held for due in each.deadlines if due.kind in own]
    return sorted((each for each in found if each.on >= today()), key=lambda each: each.on)[:_COMING]


def _themes(plan: YearPlan) -> list[tuple[str, list[tuple[bool, list[str]]]]]:
    """Return by theme and quarter whether the committee discusses it, and which other administrations do."""
    own = [each.theme for quarter in plan.quarters for each in quarter.discussions]
    titles = dict.fromkeys(theme for theme in (*own, *(each.theme for each in plan.others)) if theme)
    return [
        (
            title,
            [
                (
                    any(each.theme == title for each in quarter.discussions),
                    sorted({each.administration for each in quarter.others if each.theme == title}),
                )
                for quarter in plan.quarters
            ],
        )
        for title in titles
    ]
