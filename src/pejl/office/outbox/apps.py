"""The app of letters."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters."""

    name = "pejl.office.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
