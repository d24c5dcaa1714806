"""The invitation with the overview of all meetings: as a letter, as sentences to read aloud, and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pejl.office.clock import today
from pejl.office.dialogue.kinds import ABOUT, KINDS, MeetingKind
from pejl.office.dialogue.letters import clock_words
from pejl.office.dialogue.models import Meeting
from pejl.office.dialogue.named import said, target_groups
from pejl.office.dialogue.states import MeetingState
from pejl.office.web.shown import face
from pejl.publish.paper.model import Block, Cell, Grid, Heading, Items, Paper, Paragraph, plain
from pejl.text import Language, Message, format_date, message

_FREE = message("It is free to take part. Nobody asks for your CPR number, and you need no MitID.")
_NEEDS = message("Tell us if you need an interpreter, if you use a wheelchair, or if you need anything else.")
_SOMEBODY = message("You can also sign up somebody else, such as somebody you help.")
_AFTERWARDS = message(
    "Afterwards you can read what was said and what we do with it. We write down what was said, never who said it."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """A meeting as the invitation tells of it, in words."""

    slug: str
    title: str
    kind: str
    when: str
    where: str
    about: str
    themes: str
    target_group: str
    access: str
    until: str
    open: bool


def invited(meetings: Sequence[Meeting], language: Language) -> list[Invited]:
    """Return meetings in the words of the invitation."""
    groups = target_groups(language)
    return [_invited(meeting, groups, language) for meeting in meetings]


def _invited(meeting: Meeting, groups: Mapping[str, str], language: Language) -> Invited:
    kind = MeetingKind(meeting.kind)
    when = message(
        "{day}, from {begins} to {ends}",
        day=format_date(meeting.on, language),
        begins=clock_words(meeting.begins, language),
        ends=clock_words(meeting.ends, language),
    )
    until = (
        message("Sign up no later than {day}.", day=format_date(meeting.sign_up_until, language))
        if meeting.state == MeetingState.INVITED
        else message("Sign-up is closed.")
    )
    return Invited(
        meeting.slug,
        meeting.title,
        KINDS[kind].render(language),
        when.render(language),
        ", ".join(each for each in (meeting.place, meeting.address) if each),
        ABOUT[kind].render(language),
        meeting.themes.strip(),
        groups.get(meeting.target_group, ""),
        meeting.access.strip(),
        until.render(language),
        meeting.state == MeetingState.INVITED,
    )


def letter_of(meetings: Sequence[Meeting], language: Language, link: str) -> str:
    """Return the invitation as plain text for a letter.

    Args:
        meetings: those that are ahead.
        language: of the letter.
        link: the address where one signs up.
    """
    parts = [message("Come and tell what matters to you").render(language)]
    for each in invited(meetings, language):
        rows = (f"{each.kind}: {each.title}", each.when, each.where, each.themes, each.access, each.until)
        parts.append("\n".join(row for row in rows if row))
    parts.append(message("Sign up here: {link}", link=link).render(language))
    parts += [contact_words(language), *(each.render(language) for each in (_SOMEBODY, _NEEDS, _FREE, _AFTERWARDS))]
    return "\n\n".join(part for part in parts if part)


def told(meetings: Sequence[Meeting], language: Language) -> list[str]:
    """Return the invitation as short paragraphs to read aloud."""
    first = message("The municipality invites you to meetings. We want to hear what matters to you.")
    parts = [first.render(language)]
    for each in invited(meetings, language):
        parts.append(
            message(
                "There is a meeting on {when}. The place is {where}. It is about this: {title}. {about}",
                when=each.when,
                where=each.where,
                title=each.title,
                about=each.about,
            ).render(language)
        )
    rest = (_SOMEBODY, _NEEDS, _FREE, _AFTERWARDS, message("Ask whoever reads this to sign you up, if you like."))
    return [*parts, *(each.render(language) for each in rest)]


def paper_of(meetings: Sequence[Meeting], language: Language, link: str) -> Paper:
    """Return the invitation on paper: an overview of the meetings, and how one signs up."""
    shown = invited(meetings, language)

    def t(what: Message) -> str:
        return what.render(language)

    grid = Grid(
        t(message("The meetings")),
        tuple(t(each) for each in (message("Meeting"), message("When"), message("Where"), message("Sign-up"))),
        tuple(
            (Cell(f"{each.kind}: {each.title}"), Cell(each.when), Cell(each.where), Cell(each.until)) for each in shown
        ),
        (False, False, False, False),
        (3, 2, 2, 2),
    )
    blocks: list[Block] = [Paragraph(plain(t(message("We want to hear what works, and what does not.")))), grid]
    for each in shown:
        blocks.append(Heading(1, each.title))
        blocks += [
            Paragraph(plain(text)) for text in (each.when, each.where, each.about, each.themes, each.access) if text
        ]
    blocks.append(Heading(1, t(message("How to sign up"))))
    steps = [message("On the web: {link}", link=link)]
    contact = contact_words(language)
    items = [plain(t(each)) for each in steps] + ([plain(contact)] if contact else [])
    blocks.append(Items(tuple(items)))
    blocks += [Paragraph(plain(t(each))) for each in (_SOMEBODY, _NEEDS, _FREE, _AFTERWARDS)]
    whose = face()
    return Paper(
        title=t(message("Come and tell what matters to you")),
        author=said(whose["municipality"], language),
        language=language,
        year=meetings[0].on.year if meetings else today().year,
        notice=said(whose["notice"], language),
        standing=None,
        page_words=message("Page {page} of {pages}", page="{page}", pages="{pages}").render(language),
        mark_words=message("Mark of the contents: {mark}", mark="{mark}").render(language),
        blocks=tuple(blocks),
    )


def contact_words(language: Language) -> str:
    """Return whom one can call or write to, where the municipality says so."""
    contact = (face().get("site") or {}).get("contact")
    if not contact:
        return ""
    ways = " · ".join(each for each in (contact.get("phone"), contact.get("email")) if each)
    name = said(contact.get("name"), language)
    return message("You can also ask {name}: {ways}", name=name, ways=ways).render(language) if ways else ""
