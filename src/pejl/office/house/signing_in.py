"""Who somebody is: the places that can say so, behind one interface."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from pejl.office.accounts.models import Account
from pejl.office.core.roles import Role


class Identities(Protocol):
    """A place that says who somebody is. A municipality's own sign-in will be another one behind this."""

    def find(self, given: dict[str, str]) -> Account | None:
        """Return the account of whoever gives this; None if it is nobody's."""


class OwnPasswords:
    """Accounts that are kept here, with a password."""

    def find(self, given: dict[str, str]) -> Account | None:
        """Return the account of this name if the password is its own; a wrong name takes as long to refuse."""
        account = Account.objects.filter(username=given.get("username", ""), is_active=True).first()
        password = given.get("password", "")
        if account is None:
            make_password(password)
            return None
        return account if check_password(password, account.password) else None


DEMO_PREFIX = "demo-"


class DemoAccounts:
    """One account for every role, for whoever asks; only where everybody is invented."""

    def find(self, given: dict[str, str]) -> Account | None:
        """Return the account of a role."""
        if not settings.PEJL_OFFICE_DEMO or given.get("role") not in set(Role):
            return None
        return Account.objects.filter(username=DEMO_PREFIX + given["role"], is_active=True).first()
