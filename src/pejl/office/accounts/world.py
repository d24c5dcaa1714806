"""What a demonstration is built on: an organisation, a day, and somebody in every role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pejl.office.accounts.actor import Actor
from pejl.office.core.roles import Role
from pejl.office.organisation.models import Unit


@dataclass(frozen=True)
class World:
    """Invented people in an invented organisation.

    Attributes:
        day: the day the demonstration is seen on.
        administration: the top of the organisation.
        centres: the units below it.
        units: the units below the centres; the unit leader leads the first, the centre leader the first centre.
        actors: somebody in every role.
    """

    day: date
    administration: Unit
    centres: Sequence[Unit]
    units: Sequence[Unit]
    actors: Mapping[Role, Actor]
