"""Making private addresses for calendars, and taking them back."""

from __future__ import annotations

from django.db import transaction

from pejl.office.accounts.actor import Actor
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.clock import now
from pejl.office.core.links import digest, new_nonce, token
from pejl.office.core.refusals import NotAllowedError
from pejl.office.core.roles import Role
from pejl.office.year.models import Feed
from pejl.text import message

KIND = "year_feed"


@transaction.atomic
def make_feed(*, role: Role, by: Actor) -> Feed:
    """Make a private address under which a calendar reads the year as one of one's own roles.

    An address that was made for this role before leads nowhere from now on.

    Raises:
        NotAllowedError: the role is not held.
    """
    if not by.has(role):
        raise NotAllowedError(message("a calendar is read as a role one has"))
    Feed.objects.filter(account_id=by.number, role=role, revoked_at__isnull=True).update(revoked_at=now())
    feed = Feed.objects.create(account_id=by.number, role=role, link_nonce=new_nonce(), made_at=now())
    feed.link_digest = digest(word_of(feed))
    feed.save()
    wrote(by, Subject.MEETING, (), "make_feed")
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Actor) -> None:
    """Let a private address lead nowhere.

    Raises:
        NotAllowedError: it is somebody else's.
    """
    if feed.account_id != by.number:
        raise NotAllowedError(message("this address belongs to somebody else"))
    Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now())
    wrote(by, Subject.MEETING, (), "revoke_feed")


def word_of(feed: Feed) -> str:
    """Return the word in the private address."""
    return token(KIND, feed.pk, feed.link_nonce)
