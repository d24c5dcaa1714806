"""Who may see and do what with strategies on their way."""

from __future__ import annotations

from pejl.office.accounts.actor import Actor
from pejl.office.core.refusals import NotAllowedError
from pejl.office.core.roles import Role
from pejl.office.strategies.models import Draft, StrategyWay
from pejl.office.strategies.states import SEE_WAYS, SEEN_BY, Standing
from pejl.text import message


def may_write(actor: Actor) -> bool:
    """Tell whether somebody notes what happens on the way: the secretariat does."""
    return actor.has(Role.SECRETARIAT)


def require_writer(actor: Actor) -> None:
    """Refuse whoever does not note what happens on the way.

    Raises:
        NotAllowedError: it is not the secretariat.
    """
    if not may_write(actor):
        raise NotAllowedError(message("A strategy's way is noted by the strategy secretariat."))


def may_see_way(actor: Actor, way: StrategyWay) -> bool:
    """Tell whether somebody sees a strategy's way."""
    del way
    return actor.has(*SEE_WAYS)


def standings_seen(actor: Actor) -> frozenset[Standing]:
    """Return to whom a draft must have been handed for somebody to see it."""
    return frozenset(standing for standing in Standing if actor.has(*SEEN_BY[standing]))


def may_see_draft(actor: Actor, draft: Draft) -> bool:
    """Tell whether somebody sees a draft."""
    return Standing(draft.standing) in standings_seen(actor)
