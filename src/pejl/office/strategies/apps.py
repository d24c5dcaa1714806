"""The app of strategies on their way."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """Strategies on their way."""

    name = "pejl.office.strategies"
    label = "strategies"
    default_auto_field = "django.db.models.BigAutoField"
