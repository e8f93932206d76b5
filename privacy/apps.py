from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The floor of whoever supervises how people read."""

    name = "privacy"
    verbose_name = "privacy"
