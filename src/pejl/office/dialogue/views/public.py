"""Pages for everybody: which meetings there are, signing up, and one's own page by the private link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.links import digest
from pejl.office.core.refusals import RefusedError
from pejl.office.core.who import LinkHolder
from pejl.office.dialogue import crowding, invitation
from pejl.office.dialogue.acts import signing_up
from pejl.office.dialogue.acts.keeping import contact_until, needs_until
from pejl.office.dialogue.kinds import INSIDE, OUTCOMES, PARTS, Outcome, Part
from pejl.office.dialogue.letters import moment_words
from pejl.office.dialogue.models import Line, Meeting, SignUp
from pejl.office.dialogue.named import goal_href, goals
from pejl.office.dialogue.public_forms import NeedsForm, SignUpForm, needs_of
from pejl.office.dialogue.queries import open_meetings, rooms, ways_of
from pejl.office.dialogue.states import AFTERWARDS, AHEAD, MeetingState, SignUpState
from pejl.office.dialogue.waiting import ahead_of
from pejl.office.web.pages import page
from pejl.office.web.request import OfficeRequest
from pejl.office.web.senders import network_of
from pejl.text import Message, message

TITLE = message("Come and tell what matters to you")


def overview(request: OfficeRequest) -> HttpResponse:
    """Show the meetings one can come to."""
    meetings = invitation.invited(list(open_meetings(today())), request.language)
    return page(request, "dialogue/public.html", TITLE, meetings=meetings, **_addresses(request))


def aloud(request: OfficeRequest) -> HttpResponse:
    """Show the invitation as it is read aloud."""
    sentences = invitation.told(list(open_meetings(today())), request.language)
    return page(request, "dialogue/aloud.html", message("To read aloud"), sentences=sentences, **_addresses(request))


def paper(request: OfficeRequest) -> HttpResponse:
    """Return the invitation as PDF/UA."""
    from pejl.publish.paper.pdf import pdf_of

    link = where(request)
    made = pdf_of(invitation.paper_of(list(open_meetings(today())), request.language, link))
    response = HttpResponse(made, content_type="application/pdf")
    name = "invitation" if request.language == "en" else "invitation-da"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def sign_up(request: OfficeRequest, slug: str) -> HttpResponse:
    """Sign somebody up for a meeting."""
    meeting = get_object_or_404(Meeting, slug=slug, state__in=AHEAD, on__gte=today())
    chosen = {part: room for part, room in rooms(meeting).items() if part not in INSIDE}
    form = SignUpForm(request.POST or None, language=request.language, rooms=chosen)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = signing_up.sign_up(
                meeting=meeting,
                part=form.part_chosen,
                person=form.person,
                needs=form.needs,
                once=form.cleaned_data["once"],
                at=now(),
                mark=crowding.mark_of(network_of(request), now()),
            )
        except crowding.TooManyError as error:
            status = error.status
            form.add_refusal(error.reason)
            form.add_error(None, invitation.contact_words(request.language) or [])
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            return HttpResponseRedirect(mine_href(made, request.language))
    told = invitation.invited([meeting], request.language)[0]
    return page(
        request,
        "dialogue/sign_up.html",
        message("Sign up: {title}", title=meeting.title),
        status=status,
        meeting=meeting,
        told=told,
        form=form,
        needs_until=needs_until(meeting),
        contact_until=contact_until(meeting),
        **_addresses(request),
    )


def mine(request: OfficeRequest, token: str) -> HttpResponse:
    """Show what somebody signed up for, by their private link, and do what they ask."""
    found = SignUp.objects.select_related("meeting", "need", "contact").filter(link_digest=digest(token)).first()
    if found is None:
        raise Http404
    request.by_link = LinkHolder(found.pk)
    given = request.POST if request.method == "POST" else None
    needs = NeedsForm(
        given if given is not None and given.get("act") == "needs" else None,
        language=request.language,
        initial=needs_of(getattr(found, "need", None)),
    )
    reason = None
    if given is not None:
        try:
            if _done(found, given.get("act", ""), needs, request.by_link):
                return HttpResponseRedirect(request.path)
        except RefusedError as error:
            reason = error.reason
    request.reads(Subject.SIGN_UP, found.pk)
    lines = list(found.meeting.lines.all()) if found.meeting.state in AFTERWARDS else []
    request.reads(Subject.LINE, [line.pk for line in lines])
    return page(
        request,
        "dialogue/mine.html",
        message("Your meeting"),
        status=200 if reason is None else 409,
        reason=reason,
        sign_up=found,
        meeting=found.meeting,
        told=invitation.invited([found.meeting], request.language)[0],
        standing=standing_words(found, request),
        needs=needs,
        needs_until=needs_until(found.meeting),
        may_change=found.meeting.state in AHEAD and found.state != SignUpState.CANCELLED,
        offered=found.meeting.state in AHEAD and found.state == SignUpState.OFFER,
        own_address=where(request, request.path),
        lines=shown_lines(lines, request, inside=False),
        answered=found.meeting.state == MeetingState.ANSWERED,
        afterwards=found.meeting.state in AFTERWARDS,
        part_words=PARTS,
        outcomes=OUTCOMES,
        **_addresses(request),
    )


def _done(found: SignUp, act: str, needs: NeedsForm, by: LinkHolder) -> bool:
    """Do what somebody asks on their own page; tell whether it was done."""
    if act == "accept":
        signing_up.accept_offer(sign_up=found, at=now(), by=by)
    elif act == "cancel":
        signing_up.cancel_sign_up(sign_up=found, at=now(), by=by)
    elif act == "needs" and needs.is_valid():
        signing_up.change_needs(sign_up=found, needs=needs.needs, by=by)
    else:
        return False
    return True


def standing_words(sign_up: SignUp, request: OfficeRequest) -> list[Message]:
    """Return in plain words what somebody has: a place, a number in line, an offer, or nothing any more."""
    meeting = sign_up.meeting
    if sign_up.state == SignUpState.CANCELLED:
        return [message("You have cancelled."), message("You are welcome to sign up again.")]
    if meeting.state == MeetingState.CANCELLED:
        return [message("The meeting is cancelled."), message("We are sorry for that.")]
    if meeting.state in AFTERWARDS:
        return [message("The meeting has been held.")]
    if sign_up.state == SignUpState.PLACE:
        return [message("You have a place."), message("We look forward to seeing you.")]
    if sign_up.state == SignUpState.OFFER and sign_up.offer_until is not None:
        until = moment_words(sign_up.offer_until, request.language)
        return [
            message("A place is free for you."),
            message("Say yes no later than {until}. Otherwise it goes to the next in line.", until=until),
        ]
    ahead = ahead_of(sign_up)
    if ahead == 0:
        return [message("You stand in line."), message("You are first in line. You get the next free place.")]
    return [
        message("You stand in line."),
        message("You are number {number} in line. If somebody cancels, the line moves on.", number=ahead + 1),
    ]


def shown_lines(lines: list[Line], request: OfficeRequest, *, inside: bool) -> list[dict[str, object]]:
    """Return what was said with its answer and its way onward, as templates show it."""
    ways = ways_of(line.theme_id for line in lines if line.theme_id is not None)
    titles = goals(request.language) if any(way.goals for way in ways.values()) else {}
    shown = []
    for line in lines:
        way = ways.get(line.theme_id) if line.theme_id is not None else None
        onward = [] if way is None else [goal for goal in way.goals if goal in titles]
        shown.append(
            {
                "line": line,
                "part": PARTS[Part(line.part)],
                "outcome": OUTCOMES[Outcome(line.outcome)] if line.outcome else None,
                "way": way,
                "goals": [(titles[goal], goal_href(goal, request.language)) for goal in onward],
                "inside": inside,
            }
        )
    return shown


def where(request: OfficeRequest, path: str = "") -> str:
    """Return an address with its host, as it is written on paper."""
    path = path or reverse(f"dialogue_public_{request.language}")
    return (settings.PEJL_OFFICE_ADDRESS or f"{request.scheme}://{request.get_host()}") + path


def mine_href(sign_up: SignUp, language: str) -> str:
    """Return the address of somebody's own page."""
    return reverse(f"dialogue_mine_{language}", kwargs={"token": signing_up.link_word(sign_up)})


def _addresses(request: OfficeRequest) -> dict[str, Any]:
    """Return the addresses of the public pages in the reader's language, and of the first one in the other."""
    other = "en" if request.language == "da" else "da"
    names = ("public", "aloud", "paper")
    return {
        **{f"{name}_href": reverse(f"dialogue_{name}_{request.language}") for name in names},
        "sign_up_route": f"dialogue_sign_up_{request.language}",
        "other_language_href": reverse(f"dialogue_public_{other}"),
    }
