"""Whoever is signed in, as acts and queries see them: roles and reach on a day, as a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pejl.office.core.roles import Role
from pejl.office.organisation.tree import Tree


@dataclass(frozen=True, slots=True)
class Held:
    """A role held, and the unit it is held at."""

    role: Role
    unit: int | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody with an account.

    Attributes:
        number: of the account.
        name: what they are called.
        held: the roles they have on the day.
        on: the day.
        find_tree: returns the organisation on the day; asked at most once.
    """

    number: int
    name: str
    held: frozenset[Held]
    on: date
    find_tree: Callable[[date], Tree] = field(repr=False, compare=False)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held."""
        return frozenset(each.role for each in self.held)

    @property
    def capacity(self) -> str:
        """The roles in the order of their names, as the audit record has them."""
        return " ".join(sorted(self.roles))

    @cached_property
    def tree(self) -> Tree:
        """The organisation on the day."""
        return self.find_tree(self.on)

    def has(self, *roles: Role) -> bool:
        """Tell whether one of the roles is held."""
        return bool(self.roles.intersection(roles))

    def units(self, *roles: Role) -> frozenset[int]:
        """Return the numbers of the units at which one of the roles is held."""
        return frozenset(each.unit for each in self.held if each.role in roles and each.unit is not None)

    @cached_property
    def led(self) -> frozenset[int]:
        """The numbers of the units this person leads, and of everything below them."""
        return self.tree.within_any(self.units(Role.UNIT_LEADER, Role.CENTRE_LEADER))

    @cached_property
    def own(self) -> frozenset[int]:
        """The numbers of the units this person works at or leads, and of everything below those that are led."""
        return self.led | self.units(Role.EMPLOYEE)
