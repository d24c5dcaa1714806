"""Accounts, and posts: a role, at a unit where the role has one, from one day until another."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from pejl.office.core.privacy import Field, Kind, plain
from pejl.office.core.roles import Role
from pejl.office.organisation.models import Unit
from pejl.text import message

_WHILE_EMPLOYED = message("while the person works here or is elected")
_CONTACT = Field(Kind.CONTACT, message("to know who is signed in and to write to them"), _WHILE_EMPLOYED)

LED = (Role.UNIT_LEADER.value, Role.CENTRE_LEADER.value)
"""Roles that are nothing without a unit."""


class Account(AbstractBaseUser):
    """Somebody who can sign in.

    Attributes:
        username: how the place that says who they are names them.
        name: what they are called.
    """

    username = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="da", choices=[("da", "da"), ("en", "en")])

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    privacy: ClassVar[Any] = {
        "username": _CONTACT,
        "name": _CONTACT,
        "email": _CONTACT,
        "password": Field(Kind.SECRET),
        **plain("id", "is_active", "last_login", "language"),
    }

    def __str__(self) -> str:
        return f"account {self.pk}"


class Post(models.Model):
    """A role somebody has."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    privacy: ClassVar[Any] = plain("id", "account", "role", "unit", "valid_from", "valid_to")

    class Meta:
        """Leaders lead something; a post ends after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(role__in=LED) | Q(unit__isnull=False), name="post_of_a_leader_has_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="post_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=[each.value for each in Role]), name="post_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id or ''}"
