"""Twice a year every colleague is confirmed by another. GOV-03; ADR 0035."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from partners import rules
from partners.access import require_office
from partners.models import Bevestigingsronde, Role, User
from partners.operations.wall import call, require_keeper
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import Refused, refuse_if


@dataclass(frozen=True)
class Word:
    """What is said about one colleague: he still needs his account, or not."""

    user: User
    needed: bool
    reason: str = ""


@transaction.atomic
def begin_round(*, by: User) -> Bevestigingsronde:
    """From today every colleague is confirmed; who keeps accounts hears it. Raises Refused.

    How many days it takes, the house agreed (`confirm_days`).
    """
    require_office(by)
    latest = Bevestigingsronde.objects.order_by("began_at").last()
    refuse_if(rules.obstacles_to_begin_round(latest))
    pk = uuid.uuid4()
    if not call("begin_round", pk):
        raise Refused([rules.meanwhile()])
    keepers = User.objects.in_role(Role.PARTNERBEHEERDER, Role.BEDRIJFSBUREAU)
    for colleague in keepers.exclude(pk=by.pk):
        outbox.post("bevestigen", to=colleague.pk)
    return Bevestigingsronde.objects.get(pk=pk)


@transaction.atomic
def confirm(words: Sequence[Word], *, by: User) -> None:
    """Say of these colleagues whether they still need their account; all of it or nothing.

    Who is confirmed after the last day sees again what he saw; of who is no longer needed access
    ends with the last day, or at once when that has passed. Raises Refused or PermissionDenied.
    """
    latest = Bevestigingsronde.objects.order_by("began_at").last()
    for word in words:
        if not by.has_role(Role.MANAGER):
            require_keeper(by, word.user.organisation)
        refuse_if(rules.obstacles_to_confirm(word.user, by, latest))
        call("confirm", word.user.pk, word.needed, word.reason)
