from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The floor of organisations and people."""

    name = "partners"
    verbose_name = "partners"
