from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The floor of organisations and people."""

    name = "partners"
    verbose_name = "partners"

    def ready(self) -> None:
        """Who comes in while his second factor is going to be reset sees that first."""
        from partners.presenters import stop_first
        from veiligheidshuis import door

        door.FIRST.append(stop_first)
