from django.apps import AppConfig


class MaatwerkplanConfig(AppConfig):
    """The floor of the plans."""

    name = "maatwerkplan"
    verbose_name = "maatwerkplan"
