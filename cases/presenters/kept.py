"""Whose dossier a form was about that somebody was still sending (veiligheidshuis.drafts)."""

from collections.abc import Mapping
from typing import Any

from cases.models import Case
from partners.models import User
from veiligheidshuis.drafts import Subject


def dossier_at(user: User, said: Mapping[str, Any]) -> Subject | None:
    """The dossier with the number in an address, while its reader knows it."""
    if "number" not in said:
        return None
    known = Case.objects.numbered(said["number"]).visible_to(user).select_related("client")
    return named(known.first())


def named(case: Case | None) -> Subject | None:
    """A dossier that was found for its reader, in the words of the page."""
    return Subject(case.number, str(case.client)) if case else None
