"""The roles people have in the office, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pejl.text import Message, message


class Role(StrEnum):
    """What somebody is to the office."""

    EMPLOYEE = "employee"
    UNIT_LEADER = "unit_leader"
    CENTRE_LEADER = "centre_leader"
    SECRETARIAT = "secretariat"
    ANALYST = "analyst"
    COMMITTEE_MEMBER = "committee_member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role in words: what it is called, and what it may do, in one sentence."""

    title: Message
    description: Message


ROLES: Mapping[Role, RoleWords] = {
    Role.EMPLOYEE: RoleWords(
        message("Employee"),
        message("Reads the plans of the own unit and what the city wants; takes part in dialogue meetings."),
    ),
    Role.UNIT_LEADER: RoleWords(
        message("Unit leader"),
        message(
            "Writes the development plan of the own unit, talks it through with the next leader and follows it up."
        ),
    ),
    Role.CENTRE_LEADER: RoleWords(
        message("Centre leader"),
        message("Talks plans through with the leaders of the centre's units, and writes the centre's own."),
    ),
    Role.SECRETARIAT: RoleWords(
        message("Strategy secretariat"),
        message("Plans the committee's year, strategies on their way, dialogue meetings and what becomes of them."),
    ),
    Role.ANALYST: RoleWords(
        message("Analyst"),
        message("Measures, and sees which goals are served by which initiatives."),
    ),
    Role.COMMITTEE_MEMBER: RoleWords(
        message("Member of the committee"),
        message("Sees the committee's year, its papers and the plans put before it; signs up for dialogue meetings."),
    ),
    Role.AUDITOR: RoleWords(
        message("Auditor"),
        message("Sees who has read and written what; changes nothing."),
    ),
    Role.ADMINISTRATOR: RoleWords(
        message("Administrator"),
        message("Keeps accounts, roles and the organisation; reads neither plans nor sign-ups."),
    ),
}
"""Every role in words; the matrix of access is printed with them."""

EVERYONE = frozenset(Role)
"""Everybody with an account and a role."""
