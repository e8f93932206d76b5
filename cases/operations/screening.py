"""The weekly screening of reports of domestic violence. INT-13; S3, Hatert."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases import rules
from cases.models import Case, Screening
from cases.models.case import sees_process_of_all
from cases.operations.moves import locked
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def screen(case: Case, outcome: str, *, by: User) -> None:
    """What the screening made of one report: for care, for justice, for both or for neither."""
    if not sees_process_of_all(by):
        raise PermissionDenied("Bedrijfsbureau of manager legt de screening vast.")
    case = locked(case)
    refuse_if(rules.obstacles_to_screen(case))
    Screening(case=case, outcome=outcome, screened_by=by).save(force_insert=True)
