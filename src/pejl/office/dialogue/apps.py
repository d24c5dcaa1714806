"""The app of dialogue."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Dialogue with citizens."""

    name = "pejl.office.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"
