"""The office's menu: what somebody with these roles can go to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pejl.office.core.roles import EVERYONE, Role
from pejl.office.web.request import OfficeRequest
from pejl.text import Message, message


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: the name of the route it leads to, its words, and who sees it."""

    name: str
    words: Message
    roles: frozenset[Role]


MENU: tuple[Entry, ...] = (
    Entry("desk", message("My desk"), EVERYONE),
    Entry("year", message("The committee's year"), EVERYONE),
    Entry("ways", message("Strategies on their way"), EVERYONE - {Role.ADMINISTRATOR, Role.AUDITOR}),
    Entry("plans", message("Plans"), EVERYONE - {Role.ADMINISTRATOR, Role.AUDITOR}),
    Entry("dialogue", message("Dialogue"), EVERYONE - {Role.ADMINISTRATOR, Role.AUDITOR}),
    Entry("organisation", message("Organisation"), frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})),
    Entry("accounts", message("Accounts"), frozenset({Role.ADMINISTRATOR})),
    Entry("outbox", message("Outgoing letters"), frozenset({Role.ADMINISTRATOR})),
    Entry("audit", message("Who read what"), frozenset({Role.AUDITOR})),
)
"""All entries; an app's routes have these names."""


def entries(request: OfficeRequest, section: str) -> list[tuple[str, str, str, str]]:
    """Return name, address, words and aria-current of each entry that whoever asks may follow."""
    if request.account is None:
        return []
    roles = request.actor.roles
    found = []
    for entry in MENU:
        if entry.roles & roles:
            href = reverse(entry.name)
            current = "page" if href == request.path else "true" if entry.name == section else ""
            found.append((entry.name, href, entry.words.render(request.language), current))
    return found
