from django.apps import AppConfig


class BeheerscommissieConfig(AppConfig):
    """The floor of the neighbourhood round a shelter."""

    name = "beheerscommissie"
    verbose_name = "beheerscommissie"
