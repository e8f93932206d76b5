from django.apps import AppConfig


class StuurgroepConfig(AppConfig):
    name = "stuurgroep"
    verbose_name = "stuurgroep"
