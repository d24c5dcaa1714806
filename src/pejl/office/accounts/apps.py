"""The app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "pejl.office.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
