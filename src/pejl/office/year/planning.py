"""Pages on which the secretariat plans the year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import today
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.office.year import acts, queries
from pejl.office.year.editing import edit
from pejl.office.year.forms import CommitteeForm, DiscussionForm, MeetingForm, OtherForm, OtherWheelForm, RulesForm
from pejl.office.year.models import Committee, Discussion, Meeting, OtherEntry, OtherWheel
from pejl.office.year.quarters import quarter_of
from pejl.office.year.views import YEAR, meeting_href, to_year
from pejl.text import message

OTHERS = message("Other administrations' wheels")
_CHANGED = {"year": message("Year"), "quarter": message("Quarter")}


def committee_new(request: OfficeRequest) -> HttpResponse:
    """Enter a committee."""
    form = CommitteeForm(request.POST or None, language=request.language)

    def save(given: dict[str, Any]) -> str:
        made = acts.enter_committee(**given, by=request.actor)
        return reverse("year_committee", kwargs={"committee": made.pk})

    request.reads(Subject.MEETING, ())
    told = message("The committee is entered. These are the deadlines it begins with.")
    return edit(request, form, save, title=message("New committee"), told=told, crumbs=((YEAR, reverse("year")),))


def committee(request: OfficeRequest, committee: int) -> HttpResponse:
    """Change a committee's name and its deadlines."""
    found = get_object_or_404(Committee, pk=committee)
    rules = {kind.value: days for kind, days in queries.rules_of(found).items()}
    initial = {"version": found.version, "name": found.name, "short_name": found.short_name, **rules}
    form = RulesForm(request.POST or None, language=request.language, initial=initial)

    def save(given: dict[str, Any]) -> str:
        acts.change_committee(
            committee=found,
            version=given["version"],
            name=given["name"],
            short_name=given["short_name"],
            days=form.days(),
            by=request.actor,
        )
        return _to_year(found, today().year)

    request.reads(Subject.MEETING, ())
    return edit(
        request,
        form,
        save,
        title=message("Deadlines of {committee}", committee=found.name),
        told=message("The deadlines are saved."),
        lead=message(
            "Deadlines are counted back from the meeting over Danish working days. "
            "The day of the meeting is not counted."
        ),
        crumbs=((YEAR, reverse("year")),),
    )


def meeting_new(request: OfficeRequest, committee: int) -> HttpResponse:
    """Plan a meeting."""
    found = get_object_or_404(Committee, pk=committee)
    form = MeetingForm(request.POST or None, language=request.language, initial={"version": 0})

    def save(given: dict[str, Any]) -> str:
        del given
        return meeting_href(acts.plan_meeting(committee=found, **form.values(), by=request.actor))

    request.reads(Subject.MEETING, ())
    told = message("The meeting is planned.")
    return edit(request, form, save, title=message("Plan a meeting"), told=told, crumbs=((YEAR, reverse("year")),))


def meeting_edit(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Move a meeting, or change what is said of it."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    names = ("version", "kind", "on", "month", "starts_at", "place", "note")
    form = MeetingForm(
        request.POST or None, language=request.language, initial={name: getattr(found, name) for name in names}
    )

    def save(given: dict[str, Any]) -> str:
        acts.change_meeting(meeting=found, version=given["version"], **form.values(), by=request.actor)
        return meeting_href(found)

    request.reads(Subject.MEETING, found.pk)
    return edit(
        request,
        form,
        save,
        title=message("Change the meeting"),
        told=message("The meeting is changed."),
        crumbs=to_year(found.committee, found.when.year),
        remove=(reverse("year_meeting_remove", kwargs={"meeting": found.pk}), message("Take the meeting out")),
    )


def meeting_remove(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Take a meeting out that was entered by mistake."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    committee, year = found.committee, found.when.year
    acts.remove_meeting(meeting=found, by=request.actor)
    tell(request, message("The meeting is taken out."))
    return HttpResponseRedirect(_to_year(committee, year))


def discussion_new(request: OfficeRequest, committee: int) -> HttpResponse:
    """Plan something to discuss."""
    found = get_object_or_404(Committee, pk=committee)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2015") else today().year
    quarter = quarter_of(today())
    start = f"{year}-{quarter.number if quarter.year == year else 1}"
    form = _discussion_form(request, found, year, {"version": 0, "quarter": start})

    def save(given: dict[str, Any]) -> str:
        acts.plan_discussion(committee=found, **_discussed(form, found, given), by=request.actor)
        return _to_year(found, form.chosen_quarter().year)

    request.reads(Subject.MEETING, ())
    return edit(
        request,
        form,
        save,
        title=message("Plan a discussion"),
        told=message("The discussion is planned."),
        crumbs=to_year(found, year),
    )


def discussion_edit(request: OfficeRequest, discussion: int) -> HttpResponse:
    """Change when something is discussed, or what is said of it."""
    found = get_object_or_404(Discussion.objects.select_related("committee", "theme"), pk=discussion)
    initial = {
        "version": found.version,
        "title": found.title,
        "theme": found.theme.title if found.theme else "",
        "quarter": f"{found.year}-{found.quarter}",
        "meeting": found.meeting_id,
        "note": found.note,
    }
    form = _discussion_form(request, found.committee, found.year, initial)

    def save(given: dict[str, Any]) -> str:
        values = _discussed(form, found.committee, given)
        acts.change_discussion(discussion=found, version=given["version"], **values, by=request.actor)
        return _to_year(found.committee, form.chosen_quarter().year)

    request.reads(Subject.MEETING, () if found.meeting_id is None else found.meeting_id)
    return edit(
        request,
        form,
        save,
        title=message("Change the discussion"),
        told=message("The discussion is changed."),
        crumbs=to_year(found.committee, found.year),
        others=_CHANGED,
        remove=(reverse("year_discussion_remove", kwargs={"discussion": found.pk}), message("Take the discussion out")),
    )


def discussion_remove(request: OfficeRequest, discussion: int) -> HttpResponse:
    """Take a discussion out of the year."""
    found = get_object_or_404(Discussion.objects.select_related("committee"), pk=discussion)
    committee, year = found.committee, found.year
    acts.remove_discussion(discussion=found, by=request.actor)
    tell(request, message("The discussion is taken out."))
    return HttpResponseRedirect(_to_year(committee, year))


def others(request: OfficeRequest) -> HttpResponse:
    """Show other administrations' wheels, and begin another."""
    form = OtherWheelForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():

        def save(given: dict[str, Any]) -> str:
            acts.enter_other_wheel(**given, by=request.actor)
            return request.path

        return edit(request, form, save, title=OTHERS, told=message("The administration is entered."))
    request.reads(Subject.MEETING, ())
    return page(
        request,
        "year/others.html",
        OTHERS,
        section="year",
        crumbs=((YEAR, reverse("year")),),
        wheels=list(queries.other_wheels()),
        form=form,
    )


def other_new(request: OfficeRequest, wheel: int) -> HttpResponse:
    """Enter something of another administration's wheel."""
    found = get_object_or_404(OtherWheel, pk=wheel)
    form = _other_form(request, today().year, {"version": 0})

    def save(given: dict[str, Any]) -> str:
        del given
        acts.enter_other(wheel=found, **form.values(), by=request.actor)
        return reverse("year_others")

    request.reads(Subject.MEETING, ())
    title = message("New in the wheel of {administration}", administration=found.name)
    return edit(request, form, save, title=title, told=message("It is entered."), crumbs=_to_others())


def other_edit(request: OfficeRequest, entry: int) -> HttpResponse:
    """Change something of another administration's wheel."""
    found = get_object_or_404(OtherEntry.objects.select_related("wheel", "theme"), pk=entry)
    initial = {
        "version": found.version,
        "title": found.title,
        "theme": found.theme.title if found.theme else "",
        "on": found.on,
        "quarter": "" if found.on else f"{found.year}-{found.quarter}",
    }
    form = _other_form(request, found.year, initial)

    def save(given: dict[str, Any]) -> str:
        acts.change_other(entry=found, version=given["version"], **form.values(), by=request.actor)
        return reverse("year_others")

    request.reads(Subject.MEETING, ())
    return edit(
        request,
        form,
        save,
        title=message("Change the wheel of {administration}", administration=found.wheel.name),
        told=message("It is changed."),
        crumbs=_to_others(),
        others=_CHANGED,
        remove=(reverse("year_other_remove", kwargs={"entry": found.pk}), message("Take it out")),
    )


def other_remove(request: OfficeRequest, entry: int) -> HttpResponse:
    """Take something out of another administration's wheel."""
    acts.remove_other(entry=get_object_or_404(OtherEntry, pk=entry), by=request.actor)
    tell(request, message("It is taken out."))
    return HttpResponseRedirect(reverse("year_others"))


def _discussion_form(
    request: OfficeRequest, committee: Committee, year: int, initial: dict[str, Any]
) -> DiscussionForm:
    return DiscussionForm(
        request.POST or None,
        language=request.language,
        initial=initial,
        year=year,
        meetings=queries.meetings_in(committee, date(year - 1, 1, 1), date(year + 2, 12, 31)),
        themes=queries.themes(),
    )


def _discussed(form: DiscussionForm, committee: Committee, given: dict[str, Any]) -> dict[str, Any]:
    chosen = given["meeting"]
    meeting = get_object_or_404(Meeting, pk=int(chosen), committee=committee) if chosen else None
    return {
        "title": given["title"],
        "theme": given["theme"],
        "note": given["note"],
        "quarter": form.chosen_quarter(),
        "meeting": meeting,
    }


def _other_form(request: OfficeRequest, year: int, initial: dict[str, Any]) -> OtherForm:
    return OtherForm(
        request.POST or None, language=request.language, initial=initial, year=year, themes=queries.themes()
    )


def _to_year(committee: Committee, year: int) -> str:
    return reverse("year_of", kwargs={"committee": committee.pk, "year": year})


def _to_others() -> tuple[tuple[Any, str], ...]:
    return ((YEAR, reverse("year")), (OTHERS, reverse("year_others")))
