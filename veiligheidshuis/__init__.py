"""The ground of the house. Imports no app; names them in strings only."""

from veiligheidshuis.celery import app as celery_app

__all__ = ["celery_app"]
