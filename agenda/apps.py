from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The floor of the meetings."""

    name = "agenda"
    verbose_name = "agenda"

    def ready(self) -> None:
        """A case is not closed, nor put under another regime, while it stands on an agenda."""
        from agenda.rules import obstacles_to_changing_regime, obstacles_to_closing
        from cases import rules

        rules.CHANGING_REGIME.append(obstacles_to_changing_regime)
        rules.CLOSING.append(obstacles_to_closing)
