"""Who comes in at the beheerscommissie: its members and its chair. The dossiers lie elsewhere.

Whoever does not belong here gets the same 404 as for what does not exist. Pages ask by
`partners.access.for_roles`; the rows are asked for here.
"""

from uuid import UUID

from django.http import Http404

from beheerscommissie.models import Area, Overlastmelding
from partners.models import Role, User

# Members and the chair see the plan, the places and the counts. The chair, the buurtregisseur,
# also sees what was reported and by whom, and sees to an answer. S4, 4.9.
COMMISSION = (Role.COMMISSIELID, Role.BUURTREGISSEUR)
HANDLERS = (Role.BUURTREGISSEUR,)


def handles_reports(user: User) -> bool:
    """Whether this user may know what was reported and by whom."""
    return user.has_role(*HANDLERS)


def get_area(slug: str) -> Area:
    """The area with this slug. That it exists is no secret: its form is public."""
    try:
        return Area.objects.get(slug=slug)
    except Area.DoesNotExist:
        raise Http404 from None


def get_report(user: User, pk: UUID) -> Overlastmelding:
    """A report with its content, for who handles reports. Otherwise there is no such report."""
    reports = Overlastmelding.objects.visible_to(user)
    if not handles_reports(user):
        reports = reports.none()
    try:
        return reports.select_related("area", "place", "party", "content", "melder").get(pk=pk)
    except Overlastmelding.DoesNotExist:
        raise Http404 from None
