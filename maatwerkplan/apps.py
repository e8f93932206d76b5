from django.apps import AppConfig


class MaatwerkplanConfig(AppConfig):
    """The floor of the plans."""

    name = "maatwerkplan"
    verbose_name = "maatwerkplan"

    def ready(self) -> None:
        """A case is not closed while its plan runs."""
        from cases import rules
        from maatwerkplan.rules import obstacles_to_closing

        rules.CLOSING.append(obstacles_to_closing)
