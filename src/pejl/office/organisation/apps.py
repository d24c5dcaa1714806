"""The app of the organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation."""

    name = "pejl.office.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
