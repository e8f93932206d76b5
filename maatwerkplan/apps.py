from django.apps import AppConfig


class MaatwerkplanConfig(AppConfig):
    name = "maatwerkplan"
    verbose_name = "maatwerkplan"
