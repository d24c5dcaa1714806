"""The first accounts, made by whoever keeps the machine."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from pejl.office.accounts.acts import give_post, open_account
from pejl.office.accounts.models import Account
from pejl.office.clock import today
from pejl.office.core.refusals import NotNowError
from pejl.office.core.roles import Role
from pejl.office.core.who import JOB
from pejl.office.organisation.models import Unit
from pejl.text import message


@transaction.atomic
def open_with_password(*, username: str, name: str, email: str, role: Role, unit: str | None, password: str) -> Account:
    """Make an account with a password and a role from today.

    Args:
        username: what the person signs in as.
        name: what they are called.
        email: where letters go; may be empty.
        role: what they do.
        unit: the code of a unit, for leaders and employees.
        password: at least as long as the command asks for.

    Raises:
        NotNowError: there is such an account already, there is no such unit, or a leader has none.
    """
    if Account.objects.filter(username=username).exists():
        raise NotNowError(message("there is an account of this name already"))
    at = None
    if unit is not None:
        at = Unit.objects.filter(code=unit).first()
        if at is None:
            raise NotNowError(message("there is no unit with the code '{code}'", code=unit))
    account = open_account(username=username, name=name, email=email, by=JOB)
    Account.objects.filter(pk=account.pk).update(password=make_password(password))
    give_post(account=account, role=role, unit=at, on=today(), by=JOB)
    return account
