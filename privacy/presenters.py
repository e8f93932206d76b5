"""What the pages of the functionaris gegevensbescherming show."""

from veiligheidshuis import logchain


def supervision() -> dict[str, object]:
    """The first page: how the access log stands."""
    return {"anchorages": logchain.anchorages()}
