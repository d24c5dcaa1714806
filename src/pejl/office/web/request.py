"""A request to the office, with what is known of whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from pejl.office.accounts.actor import Actor
from pejl.office.accounts.models import Account
from pejl.office.audit.subjects import Subject
from pejl.office.core.who import Who
from pejl.text import Language


@dataclass
class Readings:
    """What a request has read, to be recorded with it."""

    seen: dict[Subject, set[int]] = field(default_factory=dict)

    def add(self, subject: Subject, which: int | Iterable[int]) -> None:
        """Note what was read: a number, or several; none at all is noted too."""
        numbers = [which] if isinstance(which, int) else which
        self.seen.setdefault(subject, set()).update(numbers)


class OfficeRequest(HttpRequest):
    """What a view of the office is given.

    Attributes:
        account: who is signed in; None for pages that need no account.
        actor: the same, as acts and queries see them.
        by_link: whoever holds the private link, on pages that are opened by one; set by the view.
        language: of the page.
        readings: what the view has read of anything personal or internal.
    """

    account: Account | None
    language: Language
    readings: Readings
    by_link: Who | None
    session: SessionBase
    _actor: Actor | None

    @property
    def actor(self) -> Actor:
        """Whoever is signed in."""
        assert self._actor is not None, "only routes with roles have an actor"
        return self._actor

    def reads(self, subject: Subject, which: int | Iterable[int]) -> None:
        """Record that this request reads something personal or internal."""
        self.readings.add(subject, which)


def prepare(request: HttpRequest, **attributes: Any) -> OfficeRequest:
    """Make a request one of the office's."""
    request.__class__ = _office_class(type(request))
    for name, value in attributes.items():
        setattr(request, name, value)
    assert isinstance(request, OfficeRequest)
    return request


_CLASSES: dict[type, type] = {}


def _office_class(kind: type) -> type:
    """Return the class of a request with what the office adds to it."""
    if issubclass(kind, OfficeRequest):
        return kind
    if kind not in _CLASSES:
        _CLASSES[kind] = type(f"Office{kind.__name__}", (OfficeRequest, kind), {})
    return _CLASSES[kind]
