"""Who comes in at the beheerscommissie: its members and its chair. The dossiers lie elsewhere.

Whoever does not belong here gets the same 404 as for what does not exist.
"""

from uuid import UUID

from django.http import Http404

from beheerscommissie.models import Area, Overlastmelding
from partners.models import Role, User


def sits_in_commission(user: User) -> bool:
    """Members and the chair see the plan, the places and the counts."""
    return user.has_role(Role.COMMISSIELID, Role.BUURTREGISSEUR)


def handles_reports(user: User) -> bool:
    """The buurtregisseur sees what was reported and by whom, and sees to an answer. S4, 4.9."""
    return user.has_role(Role.BUURTREGISSEUR)


def get_area(user: User, slug: str) -> Area:
    """The area with this slug, for somebody of the commission. Otherwise there is no such area."""
    if not sits_in_commission(user):
        raise Http404
    return public_area(slug)


def public_area(slug: str) -> Area:
    """The area with this slug, for a visitor who wants to report something."""
    try:
        return Area.objects.get(slug=slug)
    except Area.DoesNotExist:
        raise Http404 from None


def get_report(user: User, pk: UUID) -> Overlastmelding:
    """A report with its content, for the buurtregisseur. Otherwise there is no such report."""
    require_handler(user)
    reports = Overlastmelding.objects.visible_to(user)
    try:
        return reports.select_related("area", "place", "party", "content").get(pk=pk)
    except Overlastmelding.DoesNotExist:
        raise Http404 from None


def require_handler(user: User) -> None:
    """For who does not handle reports there is no such page."""
    if not handles_reports(user):
        raise Http404
