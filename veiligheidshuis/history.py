"""How a table keeps its history: who changed what, when, under the same lock as the row."""

import uuid
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from veiligheidshuis import needtoknow


def _asking(**kwargs: object) -> int:
    return needtoknow.asking()


def _get(historical: Any, **kwargs: object) -> int | None:
    return historical.history_user_id


def _set(historical: Any, user: int | None, **kwargs: object) -> None:
    historical.history_user_id = user


def history() -> HistoricalRecords:
    """Records of every change. UUID keys, because a new row may be written but not read back."""
    return HistoricalRecords(
        history_id_field=models.UUIDField(default=uuid.uuid4),
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_get,
        history_user_setter=_set,
        get_user=_asking,
    )
