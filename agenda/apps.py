from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The floor of the meetings."""

    name = "agenda"
    verbose_name = "agenda"
