from django.apps import AppConfig


class StuurgroepConfig(AppConfig):
    """The floor of figures without names."""

    name = "stuurgroep"
    verbose_name = "stuurgroep"
