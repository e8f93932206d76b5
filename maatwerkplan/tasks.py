"""What the worker does for plans: draw the document."""

import logging

from cases import access
from cases.models import Scope
from maatwerkplan import documents
from maatwerkplan.models import Maatwerkplan, PlanDocument
from maatwerkplan.operations import keep_document
from partners.models import User
from veiligheidshuis import needtoknow
from veiligheidshuis.celery import app

log = logging.getLogger(__name__)


@app.task(name="maatwerkplan.draw_plan")
def draw_plan(plan_id: str) -> bool:
    """Draw the PDF of a signed plan on behalf of who leads the case; whether it was drawn now.

    Delivered twice it is drawn once. A text that is not the signed one raises TextTampered, and
    there is no document. There is no sweep by beat: nobody's behalf would be everybody's. When the
    broker was down, the page of the PDF asks again for who leads the case.
    """
    plan = (
        Maatwerkplan.objects.select_related("case", "text")
        .prefetch_related("signatures")
        .filter(pk=plan_id)
        .first()
    )
    by = User.objects.get(pk=needtoknow.asking())
    if plan is None or not access.may(by, Scope.LEAD_CASE, plan.case):
        log.warning("plan %s is no business of user %s (any longer)", plan_id, by.pk)
        return False
    if PlanDocument.objects.filter(plan=plan).exists():
        return False
    keep_document(plan, documents.draw(plan), by=by)
    return True
