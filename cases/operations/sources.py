"""Partners are asked whom they put forward for a list, and reminded once. S2; PRI-05."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cases import rules
from cases.models import Bronvraag, Case, Prioriteitenlijst
from partners.access import require_office_or_manager
from partners.models import Organisation, User, contact_users
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def ask_sources(
    ranked: Prioriteitenlijst, organisations: Iterable[Organisation], *, by: User
) -> None:
    """Ask these partners whom they put forward. Their contact points get a mail. Raises Refused."""
    require_office_or_manager(by)
    organisations = list(organisations)
    ranked = Prioriteitenlijst.objects.select_for_update().get(pk=ranked.pk)
    refuse_if(rules.obstacles_to_asking_sources(ranked, organisations))
    for organisation in organisations:
        Bronvraag(prioriteitenlijst=ranked, organisation=organisation, asked_by=by).save(
            force_insert=True
        )
        _mail(organisation, "kandidaten_gevraagd")


@transaction.atomic
def remind_source(asked: Bronvraag, *, by: User) -> None:
    """Remind a partner who is silent, once. Raises Refused."""
    require_office_or_manager(by)
    asked = _locked(asked)
    refuse_if(rules.obstacles_to_reminding_source(asked, put_forward_since(asked)))
    asked.reminded_at = timezone.now()
    asked.save(update_fields=["reminded_at"])
    _mail(asked.organisation, "kandidaten_herinnering")


@transaction.atomic
def note_nobody(asked: Bronvraag, *, by: User) -> None:
    """The partner told that he has nobody this time. Raises Refused."""
    require_office_or_manager(by)
    asked = _locked(asked)
    refuse_if(rules.obstacles_to_noting_nobody(asked, put_forward_since(asked)))
    asked.nobody_at = timezone.now()
    asked.save(update_fields=["nobody_at"])


def put_forward_since(asked: Bronvraag) -> int:
    """How many this partner put forward under its regime since the list before it was adopted."""
    ranked = asked.prioriteitenlijst
    former = ranked.former()
    since = former.adopted_at if former else None
    under = Case.objects.filter(regime=ranked.regime)
    return under.put_forward_by([asked.organisation], since).count()


def _locked(asked: Bronvraag) -> Bronvraag:
    """The question as it stands now, behind the lock on its list: once that is adopted nobody can
    lock the question itself any more."""
    Prioriteitenlijst.objects.select_for_update().get(pk=asked.prioriteitenlijst_id)
    rows = Bronvraag.objects.select_related("organisation", "prioriteitenlijst")
    return rows.get(pk=asked.pk)


def _mail(organisation: Organisation, kind: str) -> None:
    for contact in contact_users(organisation):
        outbox.post(kind, to=contact.pk)
