"""The plan as its client reads it."""

from typing import Any

from django.urls import reverse

from cases.models import Leefgebied
from maatwerkplan.models import Maatwerkplan, OfferTalk
from veiligheidshuis.terms import said

CODES = {leefgebied.label: leefgebied.value for leefgebied in Leefgebied}


def fingerprint(sha256: str) -> str:
    """In groups of eight, so that two people can compare it aloud and a phone can break it."""
    return " ".join(sha256[n : n + 8] for n in range(0, len(sha256), 8))


def shown(content: dict[str, Any]) -> dict[str, Any]:
    """The text with, for every goal and part, the code of its leefgebied (for the icon)."""
    return content | {
        name: [each | {"code": CODES[each["leefgebied"]]} for each in content.get(name, [])]
        for name in ("doelen", "onderdelen")
    }


def taken_on(number: str) -> dict[str, Any]:
    """What the client reads after he signed, and where the interventiemanager goes on."""
    return {
        "title": "Dank u wel. Uw plan is getekend.",
        "text": "U krijgt het op papier mee. Het plan begint binnen "
        f"{said('start_within_days')} na het aanbod.",
        "on": reverse("maatwerkplan:start", args=[number]),
    }


def not_now(number: str, *, thinks: bool) -> dict[str, Any]:
    """The same when he wants to think, or does not take part. He may still read his plan."""
    if thinks:
        return {
            "title": "Dank u wel. U wilt nog nadenken.",
            "text": "U spreekt zo samen af wanneer u verder praat.",
            "on": reverse("maatwerkplan:talk", args=[number]),
            "again": True,
        }
    return {
        "title": "Dank u wel. U doet nu niet mee.",
        "text": "Uw interventiemanager praat daar zo met u over.",
        "on": reverse("maatwerkplan:refuse", args=[number]),
        "again": True,
    }


def agreed_before(plan: Maatwerkplan) -> dict[str, Any]:
    """What was agreed of the former conversation and holds for the next: all but day and reason."""
    talk = OfferTalk.objects.latest_of(plan)
    if talk is None:
        return {}
    kept = ("interpreter", "representative", "capacity", "ground", "instead")
    return {name: getattr(talk, name) for name in kept}
