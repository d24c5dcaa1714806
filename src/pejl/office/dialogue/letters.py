"""Letters about a sign-up: what stands when, in the outbox. They name the meeting, and nobody."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from pejl.office.audit.subjects import Subject
from pejl.office.dialogue.kinds import KINDS, MeetingKind
from pejl.office.dialogue.models import Contact, Meeting, SignUp
from pejl.office.outbox.acts import PrivateLink, write
from pejl.text import Language, Message, format_date, message

LINK_KIND = "sign_up"

_PLACE = message(
    "You have a place at the meeting: {meeting}.\n\n{link}\n\nOn your own page you can see your place, change what you "
    "need, or cancel. The page is yours alone: whoever has the address can do the same."
)
_LINE = message(
    "All places at this meeting are taken: {meeting}.\nYou stand in line, and we write as soon as a place is free.\n\n"
    "{link}\n\nOn your own page you can see your number in line, change what you need, or cancel. The page is yours "
    "alone: whoever has the address can do the same."
)
_OFFER = message(
    "A place is free for you at this meeting: {meeting}.\nSay yes on your own page "
    "at the latest on {until}.\n\n{link}\n\n"
    "If you cannot come, you need not do anything, but you help others by cancelling."
)
_REMINDER = message(
    "You have a place at this meeting: {meeting}.\nWe look forward to seeing "
    "you.\n\n{link}\n\nIf you cannot come, cancel "
    "on your own page, so that somebody else gets the place."
)
_CHANGED = message(
    "Time or place of a meeting you signed up for has changed. It is now: "
    "{meeting}.\n\n{link}\n\nIf it no longer suits "
    "you, cancel on your own page."
)
_CANCELLED = message("The meeting is cancelled: {meeting}.\nWe are sorry for that.\n\n{link}")
_ANSWERED = message(
    "You signed up for this meeting: {meeting}.\nNow you can read what was said, and what we do with it.\n\n{link}"
)

_SUBJECT_PLACE = message("You have a place at a meeting")
_SUBJECT_LINE = message("You stand in line for a meeting")
_SUBJECT_OFFER = message("A place is free for you")
_SUBJECT_REMINDER = message("You have a place at a meeting soon")
_SUBJECT_CHANGED = message("A meeting has changed")
_SUBJECT_CANCELLED = message("A meeting is cancelled")
_SUBJECT_ANSWERED = message("What became of what was said")


def signed_up(sign_up: SignUp, contact: Contact, at: datetime) -> None:
    """Write that somebody has a place, or stands in line."""
    if sign_up.place is not None:
        _write("signed-up", sign_up, contact, _SUBJECT_PLACE, _PLACE, at)
    else:
        _write("signed-up", sign_up, contact, _SUBJECT_LINE, _LINE, at)


def offered(sign_up: SignUp, contact: Contact, at: datetime) -> None:
    """Write that a place is free, and until when."""
    assert sign_up.offer_until is not None
    until = moment_words(sign_up.offer_until, _language(contact))
    _write(f"offer-{sign_up.offers}", sign_up, contact, _SUBJECT_OFFER, _OFFER, at, until=until)


def reminded(sign_up: SignUp, contact: Contact, at: datetime) -> bool:
    """Write that the meeting is soon; tell whether there is somebody to write to."""
    return _write("reminder", sign_up, contact, _SUBJECT_REMINDER, _REMINDER, at)


def changed(sign_up: SignUp, contact: Contact, at: datetime) -> None:
    """Write that time or place is another."""
    _write(f"changed-{sign_up.meeting.version}", sign_up, contact, _SUBJECT_CHANGED, _CHANGED, at)


def cancelled(sign_up: SignUp, contact: Contact, at: datetime) -> None:
    """Write that there is no meeting."""
    _write("meeting-cancelled", sign_up, contact, _SUBJECT_CANCELLED, _CANCELLED, at)


def answered(sign_up: SignUp, contact: Contact, at: datetime) -> None:
    """Write that it can be read what became of what was said."""
    _write("answered", sign_up, contact, _SUBJECT_ANSWERED, _ANSWERED, at)


def meeting_words(meeting: Meeting, language: Language) -> str:
    """Return a meeting in one line: what, when and where."""
    return message(
        "{kind} on {day} at {begins}–{ends}, {place}",
        kind=KINDS[MeetingKind(meeting.kind)],
        day=format_date(meeting.on, language),
        begins=clock_words(meeting.begins, language),
        ends=clock_words(meeting.ends, language),
        place=", ".join(each for each in (meeting.place, meeting.address) if each),
    ).render(language)


def clock_words(value: time, language: Language) -> str:
    """Return a time of day as it is written: 14.30 / 14:30."""
    return value.strftime("%H.%M" if language == "da" else "%H:%M")


def moment_words(value: datetime, language: Language) -> str:
    """Return a moment as it is written, in the office's own time."""
    own = timezone.localtime(value)
    words = message("{day} at {time}", day=format_date(own.date(), language), time=clock_words(own.time(), language))
    return words.render(language)


def _write(
    what: str, sign_up: SignUp, contact: Contact, subject: Message, body: Message, at: datetime, **values: object
) -> bool:
    language = _language(contact)
    said = {"meeting": meeting_words(sign_up.meeting, language), "link": "{link}", **values}
    letter = write(
        key=f"dialogue-{sign_up.pk}-{what}",
        address=contact.email,
        language=language,
        subject=subject,
        body=Message(body.id, said),
        about=Subject.SIGN_UP,
        about_number=sign_up.pk,
        due_at=at,
        link=PrivateLink(f"dialogue_mine_{language}", LINK_KIND, sign_up.pk, sign_up.link_nonce),
    )
    return letter is not None


def _language(contact: Contact) -> Language:
    return "en" if contact.language == "en" else "da"
