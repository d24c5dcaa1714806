"""Reading accounts."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from pejl.office.accounts.actor import Actor, Held
from pejl.office.accounts.models import Account, Post
from pejl.office.core.roles import Role
from pejl.office.organisation.queries import tree


def current(on: date) -> Q:
    """Return the condition that a post is held on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def actor_of(account: Account, on: date) -> Actor:
    """Return an account as acts and queries see it on a day."""
    posts = Post.objects.filter(current(on), account=account).values_list("role", "unit_id")
    held = frozenset(Held(Role(role), unit) for role, unit in posts)
    return Actor(account.pk, account.name, held, on, tree)


def accounts(on: date, *, name: str = "", role: str = "") -> QuerySet[Account]:
    """Return accounts with their present posts, by name.

    Args:
        on: the day.
        name: part of the name; all if empty.
        role: only of those who have this role on the day; all if empty.
    """
    posts = Prefetch("posts", Post.objects.filter(current(on)).select_related("unit"), to_attr="present_posts")
    found = Account.objects.order_by("name", "pk").prefetch_related(posts)
    if name:
        found = found.filter(name__icontains=name)
    if role:
        found = found.filter(pk__in=Post.objects.filter(current(on), role=role).values("account_id"))
    return found


def leaders(unit: int, on: date) -> QuerySet[Account]:
    """Return those who lead a unit on a day."""
    held = Post.objects.filter(current(on), unit_id=unit, role__in=[Role.UNIT_LEADER, Role.CENTRE_LEADER])
    return Account.objects.filter(is_active=True, pk__in=held.values("account_id")).order_by("name")
