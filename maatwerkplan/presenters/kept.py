"""Whose dossier a form of a partner was about: its address names his question, action or step."""

from collections.abc import Mapping
from typing import Any

from cases.models import Case
from cases.presenters.kept import named
from maatwerkplan.models import DeliveryQuestion, Drangstap, PartnerAction
from partners.models import User
from veiligheidshuis.drafts import Subject

OWN = {"question_id": DeliveryQuestion, "action_id": PartnerAction, "step_id": Drangstap}


def dossier_of_own(user: User, said: Mapping[str, Any]) -> Subject | None:
    """The dossier of what is asked of this reader, while he knows it."""
    known = Case.objects.visible_to(user).select_related("client")
    for word, rows in OWN.items():
        if word in said:
            asked = rows.objects.filter(pk=said[word])  # type: ignore[attr-defined]
            return named(known.filter(pk__in=asked.values("case")).first())
    return None
