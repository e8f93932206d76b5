from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created


class VeiligheidshuisConfig(AppConfig):
    """The ground: guards every database connection from the first moment."""

    name = "veiligheidshuis"
    verbose_name = "veiligheidshuis"

    def ready(self) -> None:
        from veiligheidshuis import checks, needtoknow

        connection_created.connect(needtoknow.refuse_unfit_role, dispatch_uid="unfit role")
        register(checks.check_database_role, Tags.database)
        register(checks.check_locks_hold, Tags.database)
