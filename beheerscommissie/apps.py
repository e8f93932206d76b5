from django.apps import AppConfig


class BeheerscommissieConfig(AppConfig):
    name = "beheerscommissie"
    verbose_name = "beheerscommissie"
