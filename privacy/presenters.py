"""What the pages of the functionaris gegevensbescherming show."""

from datetime import datetime

from veiligheidshuis import logchain


def supervision() -> dict[str, datetime | None]:
    """The first page: how the access log stands."""
    return {"anchored_at": logchain.anchored_at()}
