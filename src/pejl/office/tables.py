"""The office's tables: made and brought up to date before anybody is served."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from pejl.office.accounts.models import Account


def bring_up_to_date() -> None:
    """Make the tables that are missing, change those that are older, and give a demonstration its invented people."""
    call_command("migrate", verbosity=0, interactive=False)
    if settings.PEJL_OFFICE_DEMO and not Account.objects.exists():
        from pejl.office.demonstration import build

        build()
