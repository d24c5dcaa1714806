"""Invented people in an invented organisation, so that the office can be tried in every role."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pejl.office.accounts.acts import give_post, open_account
from pejl.office.accounts.queries import actor_of
from pejl.office.accounts.world import World
from pejl.office.clock import today
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.dialogue import demonstration as dialogue
from pejl.office.house.signing_in import DEMO_PREFIX
from pejl.office.organisation.acts import open_unit
from pejl.office.organisation.kinds import Level
from pejl.office.organisation.models import Unit
from pejl.office.plans import demonstration as plans
from pejl.office.strategies import demonstration as strategies
from pejl.office.year import demonstration as year

BEGAN = date(2014, 1, 1)
"""Since when the invented organisation stands."""

NAMES = {
    Role.EMPLOYEE: "Mette Medarbejder",
    Role.UNIT_LEADER: "Ulla Enhedsleder",
    Role.CENTRE_LEADER: "Carl Centerleder",
    Role.SECRETARIAT: "Signe Sekretariat",
    Role.ANALYST: "Anders Analytiker",
    Role.COMMITTEE_MEMBER: "Pia Politiker",
    Role.AUDITOR: "Rune Revisor",
    Role.ADMINISTRATOR: "Ada Administrator",
}
"""Nobody could take them for somebody."""

EXAMPLES = {"Eksempelcenter Nord": ("Eksempelhuset", "Prøvegården"), "Eksempelcenter Syd": ("Forsøgsstuen",)}
"""Where the workspace has no units of its own."""

BUILDERS: tuple[Callable[[World], None], ...] = (year.build, strategies.build, plans.build, dialogue.build)
"""What each app adds, in the order in which they need each other."""


@transaction.atomic
def build() -> World:
    """Make the organisation, an account for every role, and what each app shows."""
    administration, centres, units = organisation(_units_of(Path(settings.PEJL_WORKSPACE)))
    world = people(administration, centres, units)
    for builder in BUILDERS:
        builder(world)
    return world


def people(administration: Unit, centres: list[Unit], units: list[Unit]) -> World:
    """Make an account for every role."""
    at = {
        Role.EMPLOYEE: units[0],
        Role.UNIT_LEADER: units[0],
        Role.CENTRE_LEADER: centres[0],
    }
    actors = {}
    day = today()
    for role in Role:
        account = open_account(username=DEMO_PREFIX + role, name=NAMES[role], email="", by=JOB)
        give_post(account=account, role=role, unit=at.get(role), on=BEGAN, by=JOB)
        actors[role] = actor_of(account, day)
    return World(day, administration, centres, units, actors)


def organisation(centres: dict[str, list[tuple[str, str]]]) -> tuple[Unit, list[Unit], list[Unit]]:
    """Make an organisation of centres with units.

    Args:
        centres: by name of a centre the codes and names of its units.
    """
    top = open_unit(
        code="administration", name="Socialforvaltningen", level=Level.ADMINISTRATION, parent=None, on=BEGAN, by=JOB
    )
    made, below = [], []
    for number, (name, units) in enumerate(centres.items(), start=1):
        centre = open_unit(code=f"centre-{number}", name=name, level=Level.CENTRE, parent=top, on=BEGAN, by=JOB)
        made.append(centre)
        for code, unit in units:
            below.append(open_unit(code=code, name=unit, level=Level.UNIT, parent=centre, on=BEGAN, by=JOB))
    return top, made, below


def _units_of(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the invented units of a synthetic workspace, by centre; examples where it has none."""
    register = root / "data" / "units.csv"
    if not register.is_file():
        return {
            centre: [(f"example-{index}-{place}", name) for place, name in enumerate(names, start=1)]
            for index, (centre, names) in enumerate(EXAMPLES.items(), start=1)
        }
    centres: dict[str, list[tuple[str, str]]] = {}
    with register.open(encoding="latin-1", newline="") as file:  # as the synthetic municipality delivers it
        for row in csv.DictReader(file, delimiter=";"):
            if not row["to_day"]:
                centres.setdefault(f"Center {row['centre'].removeprefix('c')}", []).append((row["unit"], row["name"]))
    return centres
