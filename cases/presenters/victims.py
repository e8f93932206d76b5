"""How victims are shown: one by one, and beside each who sees that one."""

from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from cases import access
from cases.models import Case, Slachtoffer, SlachtofferQuerySet
from cases.presenters.seen_by import Onlooker
from partners.models import User


@dataclass(frozen=True)
class Known:
    """One victim as this reader may see it; who else sees it is told to the interventiemanager."""

    victim: Slachtoffer
    seen_by: list[Onlooker]


def victims_of(case: Case, user: User, *, keeps: bool) -> list[Known]:
    """The victims of a case that this reader may see, in the order of writing down."""
    grants = access.who_takes_part(case) if keeps else []
    leads = [Onlooker(str(case.manager), "is de interventiemanager")] if case.manager else []
    return [
        Known(
            victim,
            leads + [Onlooker(g.who, g.basis.label) for g in grants if g.because_of == victim.pk],
        )
        for victim in _seen(case, user).order_by("recorded_at", "pk")
    ]


def get_victim(case: Case, user: User, victim_id: UUID) -> Slachtoffer:
    """One victim of this case. Raises Http404 when this reader may not know of it."""
    return get_object_or_404(_seen(case, user), pk=victim_id)


def possible_supporters(case: Case, by: User) -> list[User]:
    """Who has work in this case: somebody by name, or a contact point of who does a part."""
    workers = access.people_in(case, *access.WITH_A_ROLE)
    return [person for person in workers if person != by]


def as_typed(victim: Slachtoffer) -> dict[str, object]:
    """What stands in the form when it is opened."""
    return {
        "name": victim.name,
        "relation": victim.relation,
        "supplier": victim.supplier_id,
        "wish": victim.wish,
        "wish_about": victim.wish_about,
        "contact": victim.contact_id,
        "safety": victim.safety,
        "version": victim.version,
    }


def _seen(case: Case, user: User) -> SlachtofferQuerySet:
    seen = Slachtoffer.objects.visible_to(user).current().filter(case=case)
    return seen.select_related("case", "contact", "supplier")
