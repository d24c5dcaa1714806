"""Who may see and do what in the committee's year."""

from __future__ import annotations

from pejl.office.accounts.actor import Actor
from pejl.office.core.refusals import NotAllowedError
from pejl.office.core.roles import EVERYONE, Role
from pejl.office.year.models import AgendaItem, Feed, Meeting, Paper
from pejl.office.year.states import SEEN_BY, Agenda
from pejl.text import message

SEE_THE_WHEEL = EVERYONE
"""Everybody with a role sees the wheel: what is discussed when."""

SEE_AGENDAS = EVERYONE - {Role.ADMINISTRATOR, Role.AUDITOR}
"""Who sees agendas at all; which ones, `may_see_agenda` says."""


def may_plan(actor: Actor) -> bool:
    """Tell whether somebody plans the year: the secretariat does."""
    return actor.has(Role.SECRETARIAT)


def require_planner(actor: Actor) -> None:
    """Refuse whoever does not plan the year.

    Raises:
        NotAllowedError: it is not the secretariat.
    """
    if not may_plan(actor):
        raise NotAllowedError(message("The committee's year is planned by the strategy secretariat."))


def agendas_seen(actor: Actor) -> frozenset[Agenda]:
    """Return how far an agenda must be for somebody to see it."""
    return frozenset(state for state in Agenda if actor.has(*SEEN_BY[state]))


def may_see_agenda(actor: Actor, meeting: Meeting) -> bool:
    """Tell whether somebody sees what is on the agenda of a meeting."""
    return meeting.state in agendas_seen(actor)


def may_see_item(actor: Actor, item: AgendaItem) -> bool:
    """Tell whether somebody sees an item of an agenda."""
    return may_see_agenda(actor, item.meeting)


def may_see_paper(actor: Actor, paper: Paper) -> bool:
    """Tell whether somebody sees a paper: with the agenda it belongs to."""
    return may_see_agenda(actor, paper.item.meeting)


def may_see_feed(actor: Actor, feed: Feed) -> bool:
    """Tell whether somebody sees a private address of a calendar: their own."""
    return feed.account_id == actor.number
