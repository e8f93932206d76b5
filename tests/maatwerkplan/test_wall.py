"""The wall round the plan, attacked in SQL by people who do see it."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, Scope
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind, ProgressReport
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def a_report(action: PartnerAction, writer: str) -> ProgressReport:
    return ProgressReport(
        action=action,
        case_id=action.case_id,
        kind=ProgressKind.VOORTGANG,
        happened_on=timezone.localdate(),
        text="Het gaat goed.",
        recorded_by=user(writer),
    )


def an_onlooker(plan: Maatwerkplan, name: str) -> None:
    """Somebody to whom the interventiemanager shows housing, and nothing to do there."""
    samira = user("samira")
    with acting_as(samira.pk):
        access.grant(
            plan.case,
            user(name).personal_group,
            Basis.HAND,
            scopes=[Scope.VIEW_HUISVESTING],
            reason="Denkt mee over wonen.",
        )


def test_who_only_looks_on_cannot_say_how_an_action_goes():
    plan = situations.signed_plan()
    an_onlooker(plan, "mondriaan")

    with acting_as(user("mondriaan").pk):
        action = PartnerAction.objects.get(plan_id=plan.pk)
        with pytest.raises(ProgrammingError), transaction.atomic():
            a_report(action, "mondriaan").save(force_insert=True)
    with acting_as(user("legerdesheils").pk):
        a_report(action, "legerdesheils").save(force_insert=True)


def test_what_was_signed_cannot_be_taken_out_of_the_plan():
    signed, being_made = situations.signed_plan(), situations.plan_of(situations.planned_case())

    with acting_as(user("samira").pk):
        actions = PartnerAction.objects.filter(plan_id__in=[signed.pk, being_made.pk])
        actions._raw_delete(actions.db)
        assert PartnerAction.objects.filter(plan_id=signed.pk).exists()
        assert not PartnerAction.objects.filter(plan_id=being_made.pk).exists()
