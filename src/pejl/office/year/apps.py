"""The app of the committee's year."""

from django.apps import AppConfig


class YearConfig(AppConfig):
    """The committee's year."""

    name = "pejl.office.year"
    label = "year"
    default_auto_field = "django.db.models.BigAutoField"
