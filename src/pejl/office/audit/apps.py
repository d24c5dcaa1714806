"""The app of the audit record."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit record."""

    name = "pejl.office.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
