"""The app of dialogue."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Dialogue with citizens."""

    name = "pejl.office.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep plans from being thrown away that something said at a meeting leads to."""
        from pejl.office.dialogue.queries import why_a_plan_stays
        from pejl.office.plans.discarding import KEEPERS

        if why_a_plan_stays not in KEEPERS:
            KEEPERS.append(why_a_plan_stays)
