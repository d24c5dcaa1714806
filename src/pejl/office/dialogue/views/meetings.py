"""Pages inside the office: meetings, who signed up, the invitation."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pejl.office.audit.subjects import Subject
from pejl.office.clock import now, today
from pejl.office.core.refusals import ChangedMeanwhileError, NotAllowedError, NotNowError, RefusedError
from pejl.office.dialogue import invitation, queries
from pejl.office.dialogue.acts import inviting, meetings, signing_up
from pejl.office.dialogue.forms import CameForm, CancelForm, LetterForm, MeetingForm, initial_of, send_again
from pejl.office.dialogue.kinds import KINDS, PARTS, ContactWay, MeetingKind, Part
from pejl.office.dialogue.models import Meeting
from pejl.office.dialogue.named import principles, strategies, target_groups
from pejl.office.dialogue.public_forms import NeedsForm, SignUpForm
from pejl.office.dialogue.rules import READ_CHAPTERS, may_sign_up_inside, may_write
from pejl.office.dialogue.states import AFTERWARDS, AHEAD, MEETING, SIGN_UP, MeetingState, SignUpState
from pejl.office.dialogue.views.public import shown_lines, where
from pejl.office.web.pages import page, tell
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message

SECTION = "dialogue"
DIALOGUE = message("Dialogue")
_MOVES = {
    "invite": message("Invite: let everybody see it and sign up"),
    "close": message("Close sign-up"),
    "reopen": message("Open sign-up again"),
    "release_places": message("Let unused places be for everybody in line"),
    "answer": message("Tell those who signed up that everything is answered"),
}
_DONE = message("It is done.")


def dialogue(request: OfficeRequest) -> HttpResponse:
    """Show all meetings with how full they are."""
    actor = request.actor
    found = queries.with_room(queries.meetings_visible_to(actor))
    request.reads(Subject.DIALOGUE, [each.meeting.pk for each in found])
    return page(
        request,
        "dialogue/overview.html",
        DIALOGUE,
        section=SECTION,
        meetings=found,
        kinds=KINDS,
        states=MEETING.words,
        groups=target_groups(request.language),
        may_write=may_write(actor),
        may_read_chapters=actor.has(*READ_CHAPTERS),
        public_href=reverse(f"dialogue_public_{request.language}"),
    )


def meeting_new(request: OfficeRequest) -> HttpResponse:
    """Plan a meeting."""
    form = MeetingForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.plan_meeting(plan=form.plan, places=form.places, by=request.actor)
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The meeting is planned. Nobody else sees it until you invite."))
            return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": made.pk}))
    title = message("Plan a meeting")
    return page(request, "dialogue/meeting_form.html", title, section=SECTION, crumbs=crumbs(), form=form, theirs={})


def meeting_change(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Change a meeting that is ahead; if somebody else saved it meanwhile, show both."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    initial = initial_of(found, queries.places_of(found))
    form = MeetingForm(request.POST or None, language=request.language, initial=initial)
    theirs: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            meetings.change_meeting(
                meeting=found, version=version, plan=form.plan, places=form.places, by=request.actor, at=now()
            )
        except ChangedMeanwhileError as error:
            send_again(form, "version", error.version)
            form.add_refusal(error.reason)
            theirs = {str(form[name].label): text for name, text in error.theirs.items()}
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The meeting is changed."))
            return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": found.pk}))
    request.reads(Subject.DIALOGUE, found.pk)
    return page(
        request,
        "dialogue/meeting_form.html",
        message("Change the meeting"),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        form=form,
        theirs=theirs,
    )


def meeting(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Show a meeting; once it was held, what was said and what became of it."""
    actor = request.actor
    found = get_object_or_404(queries.meetings_visible_to(actor), pk=meeting)
    lines = list(queries.lines_visible_to(actor).filter(meeting=found)) if found.state in AFTERWARDS else []
    for line in lines:
        line.meeting = found
    request.reads(Subject.DIALOGUE, found.pk)
    request.reads(Subject.LINE, [line.pk for line in lines])
    state = MeetingState(found.state)
    moves = [(act, words) for act, words in _MOVES.items() if MEETING.can(state, act)]
    if found.released_at is not None:
        moves = [(act, words) for act, words in moves if act != "release_places"]
    return page(
        request,
        "dialogue/meeting.html",
        found.title,
        section=SECTION,
        crumbs=crumbs(),
        meeting=found,
        told=invitation.invited([found], request.language)[0],
        kind=KINDS[MeetingKind(found.kind)],
        state=MEETING.words[state],
        group=target_groups(request.language).get(found.target_group, found.target_group),
        strategy=strategies(request.language).get(found.strategy, found.strategy),
        principles=[principles(request.language).get(each, each) for each in found.principles],
        rooms=[(PARTS[part], room) for part, room in queries.rooms(found).items()],
        lines=shown_lines(lines, request, inside=True),
        afterwards=found.state in AFTERWARDS,
        moves=moves if may_write(actor) else [],
        may_write=may_write(actor),
        may_change=may_write(actor) and MEETING.can(state, "change"),
        may_cancel=may_write(actor) and MEETING.can(state, "cancel"),
        may_hold=may_write(actor) and MEETING.can(state, "hold"),
        may_write_lines=may_write(actor) and MEETING.can(state, "write"),
        may_sign_up=may_sign_up_inside(actor) and found.state in AHEAD,
        turnout=_turnout(found, request) if found.state in AFTERWARDS else None,
    )


def _turnout(found: Meeting, request: OfficeRequest) -> Message:
    """Return in words how many came, and as what."""
    came = queries.turnout_of(found)
    parts = "; ".join(f"{PARTS[part].render(request.language)}: {count}" for part, count in came.counts.items())
    if came.all == 0:
        return message("Nobody came.") if came.noted else message("Nobody came of those who had a place.")
    if came.noted:
        return message("{count} came, signed up or not ({parts}).", count=came.all, parts=parts)
    return message("{count} came of those who had a place ({parts}).", count=came.all, parts=parts)


def meeting_move(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Take a meeting a step on."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    act, by = request.POST.get("act"), request.actor
    if act == "invite":
        meetings.invite(meeting=found, on=today(), by=by)
    elif act == "close":
        meetings.close(meeting=found, by=by)
    elif act == "reopen":
        meetings.reopen(meeting=found, by=by)
    elif act == "release_places":
        meetings.release_places(meeting=found, at=now(), by=by)
    elif act == "answer":
        meetings.finish_answers(meeting=found, at=now(), by=by)
    else:
        return HttpResponse(status=400)
    tell(request, _DONE)
    return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": found.pk}))


def meeting_cancel(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Cancel a meeting."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    form = CancelForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.cancel_meeting(meeting=found, because=form.cleaned_data["because"], at=now(), by=request.actor)
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The meeting is cancelled, and those who signed up are told."))
            return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": found.pk}))
    request.reads(Subject.DIALOGUE, found.pk)
    title = message("Cancel the meeting")
    return page(
        request,
        "dialogue/form.html",
        title,
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        form=form,
        send=title,
    )


def sign_ups(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Show who signed up, to the secretariat alone; and note, when the meeting is held, who came."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    if request.method == "POST":
        came = {int(each) for each in request.POST.getlist("came") if each.isascii() and each.isdigit()}
        held = queries.sign_ups_visible_to(request.actor).filter(meeting=found, state=SignUpState.PLACE)
        absent = [pk for pk in held.values_list("pk", flat=True) if pk not in came]
        meetings.hold(meeting=found, absent=absent, at=now(), by=request.actor)
        tell(request, message("The meeting is held. Now you can write down what was said."))
        return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": found.pk}))
    listed = queries.sign_ups_of(found)
    request.reads(Subject.SIGN_UP, [each.pk for each in listed])
    return page(
        request,
        "dialogue/sign_ups.html",
        message("Who signed up"),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        meeting=found,
        sign_ups=listed,
        part_words=PARTS,
        states=SIGN_UP.words,
        ways=ContactWay,
        may_hold=MEETING.can(MeetingState(found.state), "hold") and now() >= found.begins_at,
        ahead=found.state in AHEAD,
    )


def meeting_came(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Note how many came, signed up or not: numbers only."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    if found.state not in AFTERWARDS:
        raise NotNowError(message("how many came is noted when the meeting has been held"))
    so_far = queries.turnout_of(found).counts
    form = CameForm(
        request.POST if request.method == "POST" else None,
        language=request.language,
        initial={part.value: so_far.get(part, 0) for part in Part},
    )
    if request.method == "POST" and form.is_valid():
        meetings.note_came(meeting=found, came=form.came, by=request.actor)
        tell(request, message("How many came is noted."))
        return HttpResponseRedirect(reverse("dialogue_meeting", kwargs={"meeting": found.pk}))
    request.reads(Subject.DIALOGUE, found.pk)
    return page(
        request,
        "dialogue/form.html",
        message("How many came?"),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        form=form,
        lead=message("Everybody counts who was there, signed up or not. Numbers only, never names."),
        send=message("Save"),
    )


def sign_up_act(request: OfficeRequest, sign_up: int) -> HttpResponse:
    """Say yes or cancel for somebody who calls."""
    found = get_object_or_404(queries.sign_ups_visible_to(request.actor), pk=sign_up)
    act = request.POST.get("act")
    if act == "accept":
        signing_up.accept_offer(sign_up=found, at=now(), by=request.actor)
    elif act == "cancel":
        signing_up.cancel_sign_up(sign_up=found, at=now(), by=request.actor)
    else:
        return HttpResponse(status=400)
    tell(request, _DONE)
    back = "dialogue_sign_ups" if may_write(request.actor) else "dialogue_own"
    return HttpResponseRedirect(reverse(back, kwargs={"meeting": found.meeting_id}))


def sign_up_new(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Sign up somebody who calls or comes by."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    form = SignUpForm(request.POST or None, language=request.language, rooms=queries.rooms(found))
    if request.method == "POST" and form.is_valid():
        try:
            signing_up.sign_up(
                meeting=found,
                part=form.part_chosen,
                person=form.person,
                needs=form.needs,
                once=form.cleaned_data["once"],
                at=now(),
                by=request.actor,
            )
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("The sign-up is entered."))
            return HttpResponseRedirect(reverse("dialogue_sign_ups", kwargs={"meeting": found.pk}))
    request.reads(Subject.DIALOGUE, found.pk)
    title = message("Sign somebody up")
    return page(
        request,
        "dialogue/form.html",
        title,
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        form=form,
        send=title,
    )


def own(request: OfficeRequest, meeting: int) -> HttpResponse:
    """Let a member of the committee sign up, and see what they have."""
    found = get_object_or_404(queries.meetings_visible_to(request.actor), pk=meeting)
    form = NeedsForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            signing_up.sign_up_oneself(meeting=found, needs=form.needs, at=now(), by=request.actor)
        except RefusedError as error:
            form.add_refusal(error.reason)
        else:
            tell(request, message("You are signed up."))
            return HttpResponseRedirect(request.path)
    mine = queries.sign_ups_visible_to(request.actor).filter(meeting=found, account_id=request.actor.number)
    standing = mine.exclude(state=SignUpState.CANCELLED).first()
    request.reads(Subject.SIGN_UP, [standing.pk] if standing else [])
    return page(
        request,
        "dialogue/own.html",
        message("Your own sign-up"),
        section=SECTION,
        crumbs=(*crumbs(), to_meeting(found)),
        meeting=found,
        standing=standing,
        states=SIGN_UP.words,
        form=form,
        room=queries.rooms(found).get(Part.POLITICIAN),
    )


def invitation_letter(request: OfficeRequest) -> HttpResponse:
    """Show the invitation as a letter to copy, and send it to addresses."""
    found = list(queries.open_meetings(today()))
    text = invitation.letter_of(found, request.language, where(request))
    form = LetterForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        addresses = form.cleaned_data["addresses"]
        inviting.send_invitation(
            text=text, addresses=addresses, language=request.language, meetings=found, at=now(), by=request.actor
        )
        tell(request, message("The invitation lies in the outbox."))
        return HttpResponseRedirect(request.path)
    request.reads(Subject.DIALOGUE, [each.pk for each in found])
    return page(
        request,
        "dialogue/invitation.html",
        message("The invitation"),
        section=SECTION,
        crumbs=crumbs(),
        text=text,
        form=form,
        public_href=reverse(f"dialogue_public_{request.language}"),
        aloud_href=reverse(f"dialogue_aloud_{request.language}"),
        paper_href=reverse(f"dialogue_paper_{request.language}"),
    )


def crumbs() -> tuple[tuple[str | Message, str], ...]:
    """Return the way to every page below the overview."""
    return ((DIALOGUE, reverse("dialogue")),)


def to_meeting(found: Meeting) -> tuple[str, str]:
    """Return the step to a meeting's page."""
    return found.title, reverse("dialogue_meeting", kwargs={"meeting": found.pk})
