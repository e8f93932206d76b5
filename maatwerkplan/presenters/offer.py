"""The plan as its client reads it."""

from typing import Any

from cases.models import Leefgebied

CODES = {leefgebied.label: leefgebied.value for leefgebied in Leefgebied}


def fingerprint(sha256: str) -> str:
    """In groups of eight, so that two people can compare it aloud and a phone can break it."""
    return " ".join(sha256[n : n + 8] for n in range(0, len(sha256), 8))


def shown(content: dict[str, Any]) -> dict[str, Any]:
    """The text with, for every part, the code of its leefgebied (for the icon)."""
    parts = [part | {"code": CODES[part["leefgebied"]]} for part in content["onderdelen"]]
    return content | {"onderdelen": parts}
