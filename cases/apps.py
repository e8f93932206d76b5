from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The floor of the dossiers; it says what stands between somebody and leaving the house."""

    name = "cases"
    verbose_name = "dossiers"

    def ready(self) -> None:
        """Nobody leaves the house with clients in hand, what a deed would open can be tried, and
        the partners agree on who belongs to a doelgroep."""
        from cases.models import DEFINITIONS
        from cases.presenters.preview import preview
        from cases.rules import obstacles_to_leaving
        from partners import presenters, rules
        from veiligheidshuis.werkafspraken import keep_to

        keep_to(*DEFINITIONS)
        rules.LEAVING.append(obstacles_to_leaving)
        presenters.TRIES.append(preview)
