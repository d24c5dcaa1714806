"""Changing accounts."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from pejl.office.accounts.models import LED, Account, Post
from pejl.office.audit.acts import wrote
from pejl.office.audit.subjects import Subject
from pejl.office.core.refusals import NotAllowedError, NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import Who
from pejl.office.organisation.models import Unit
from pejl.text import message


@transaction.atomic
def open_account(*, username: str, name: str, email: str, by: Who) -> Account:
    """Let somebody sign in. Without a post they see nothing."""
    account = Account(username=username, name=name, email=email)
    account.set_unusable_password()
    account.save()
    wrote(by, Subject.ACCOUNT, account.pk, "open_account")
    return account


@transaction.atomic
def close_account(*, account: Account, on: date, by: Who) -> None:
    """Let somebody no longer sign in; what they wrote stays.

    Raises:
        NotAllowedError: it is one's own account.
    """
    if by.number == account.pk:
        raise NotAllowedError(message("one's own account is closed by another administrator"))
    account.is_active = False
    account.save()
    for post in account.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)):
        _end(post, on)
    wrote(by, Subject.ACCOUNT, account.pk, "close_account")


@transaction.atomic
def give_post(*, account: Account, role: Role, unit: Unit | None, on: date, by: Who) -> Post:
    """Give somebody a role from a day.

    Raises:
        NotNowError: a leader's role without a unit, or the role is held already.
    """
    if role.value in LED and unit is None:
        raise NotNowError(message("a leader leads a unit: choose which"))
    held = account.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), role=role, unit=unit)
    if held.exists():
        raise NotNowError(message("this role is held already"))
    post = Post.objects.create(account=account, role=role, unit=unit, valid_from=on)
    wrote(by, Subject.ACCOUNT, account.pk, "give_post")
    return post


@transaction.atomic
def end_post(*, post: Post, on: date, by: Who) -> None:
    """Take a role back from a day."""
    _end(post, on)
    wrote(by, Subject.ACCOUNT, post.account_id, "end_post")


def _end(post: Post, on: date) -> None:
    if post.valid_from >= on:
        post.delete()
    else:
        post.valid_to = on
        post.save()
