from django.apps import AppConfig


class MaatwerkplanConfig(AppConfig):
    """The floor of the plans."""

    name = "maatwerkplan"
    verbose_name = "maatwerkplan"

    def ready(self) -> None:
        """A dossier says how far the plan is, and does not know the plan; nor is it closed while
        the plan runs."""
        from cases import rules
        from cases.presenters import course
        from maatwerkplan.presenters.course import phases_of
        from maatwerkplan.rules import obstacles_to_closing

        course.AFTER_DIAGNOSIS.append(phases_of)
        rules.CLOSING.append(obstacles_to_closing)
