"""Who may what, of dialogue. Each rule about a thing agrees with the selector of the same name in `queries`."""

from __future__ import annotations

from pejl.office.accounts.actor import Actor
from pejl.office.core.refusals import NotAllowedError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB, Who
from pejl.office.dialogue.models import Chapter, Comment, Line, Meeting, SignUp, Theme
from pejl.office.dialogue.states import AFTERWARDS
from pejl.text import message

TAKE_PART = frozenset(
    {
        Role.EMPLOYEE,
        Role.UNIT_LEADER,
        Role.CENTRE_LEADER,
        Role.SECRETARIAT,
        Role.ANALYST,
        Role.COMMITTEE_MEMBER,
    }
)
"""Who sees meetings and what was said at them."""

READ_CHAPTERS = TAKE_PART - {Role.ANALYST}
"""Who reads and comments on chapters."""


def may_write(actor: Actor) -> bool:
    """Tell whether somebody plans meetings, writes what was said, answers, and writes chapters."""
    return actor.has(Role.SECRETARIAT)


def may_sign_up_inside(actor: Actor) -> bool:
    """Tell whether somebody signs up from inside the office."""
    return actor.has(Role.COMMITTEE_MEMBER)


def may_see_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Tell whether somebody sees a meeting: the secretariat every one, others those that were invited to."""
    return may_write(actor) or (actor.has(*TAKE_PART) and meeting.invited_on is not None)


def may_see_sign_up(actor: Actor, sign_up: SignUp) -> bool:
    """Tell whether somebody sees a sign-up: the secretariat every one, others their own."""
    return may_write(actor) or (may_sign_up_inside(actor) and sign_up.account_id == actor.number)


def may_see_line(actor: Actor, line: Line) -> bool:
    """Tell whether somebody sees what was said: whoever sees the meeting, once it was held."""
    return may_see_meeting(actor, line.meeting) and line.meeting.state in AFTERWARDS


def may_see_theme(actor: Actor, theme: Theme) -> bool:
    """Tell whether somebody sees a theme: everybody who sees what was said."""
    del theme
    return actor.has(*TAKE_PART)


def may_see_chapter(actor: Actor, chapter: Chapter) -> bool:
    """Tell whether somebody reads a chapter: the secretariat from the start, others from its first version."""
    return may_write(actor) or (actor.has(*READ_CHAPTERS) and chapter.latest > 0)


def may_see_comment(actor: Actor, comment: Comment) -> bool:
    """Tell whether somebody sees a comment: whoever reads the chapter."""
    return may_see_chapter(actor, comment.chapter)


def require_writer(by: Who) -> None:
    """Refuse whoever does not plan and write.

    Raises:
        NotAllowedError: neither the secretariat nor a job of the office.
    """
    if by is not JOB and not (isinstance(by, Actor) and may_write(by)):
        raise NotAllowedError(message("only the strategy secretariat does this"))


def require_holder(by: Who, sign_up: SignUp) -> None:
    """Refuse whoever is neither the one a sign-up belongs to nor the secretariat.

    Raises:
        NotAllowedError: the sign-up is somebody else's.
    """
    if isinstance(by, Actor):
        if may_see_sign_up(by, sign_up):
            return
    elif by.capacity == "link" and by.number == sign_up.pk:
        return
    raise NotAllowedError(message("this sign-up belongs to somebody else"))
