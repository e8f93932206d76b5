from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """The roof: people and clients that were made up."""

    name = "demo"
    verbose_name = "demohuis"

    def ready(self) -> None:
        """Nobody has an app for an invented person, so the page of the second step tells the code.

        Not in the tests: what a page shows there does not change with the clock.
        """
        from demo.people import app_shows
        from veiligheidshuis import proof

        if settings.MODE == "development":
            proof.APP_SHOWS.append(app_shows)
