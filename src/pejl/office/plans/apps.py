"""The app of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "pejl.office.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
