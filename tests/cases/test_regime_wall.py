"""What the wall itself says of two regimes, whatever stands in the tables. PRV-20.

Each in a database of its own, for the owner writes in it.
"""

from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from cases import access
from cases.models import Scope
from maatwerkplan import operations as planning
from partners.models import Regeling
from tests import situations
from tests.cases.test_regime import give, knows, step
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

GGD = "ggd-zuid-limburg"


def ggd_did_not_sign(owner: psycopg.Connection) -> None:
    """The covenant does not bind the GGD, which has its place in the law."""
    of_ggd = f"(SELECT id FROM partners_organisation WHERE slug = '{GGD}')"  # noqa: S608
    owner.execute(f"DELETE FROM partners_ondertekening WHERE organisation_id = {of_ggd}")  # noqa: S608
    owner.execute(
        "UPDATE partners_toetreding SET active_from = '2000-01-01'"  # noqa: S608
        f" WHERE organisation_id = {of_ggd}"
    )


def test_what_stands_in_the_access_table_counts_under_its_own_regime_alone(own_house, owner):
    """Whatever wrote it: he never sees or finds a dossier under the law."""
    local, partner = situations.local_assigned_case(), situations.covenant_partner()
    give(local, partner)

    owner.execute("UPDATE cases_participation SET regime = 'wgs' WHERE basis = 'hand'")

    assert not knows(partner, local)
    with acting_as(user("fg").pk):
        why = access.explain(partner, local.number, Scope.KNOW_CASE, timezone.now())
    assert (why.allowed, why.rule) == (False, "participation_other_regime")


def test_the_covenant_must_be_about_the_doelgroep(own_house, owner):
    owner.execute("UPDATE partners_regeling SET covers = '{veelpleger}' WHERE kind = 'convenant'")

    with pytest.raises(Refused) as refused:
        situations.local_case()

    assert refused.value.codes == {"not_covered"}


def test_without_a_covenant_nobody_is_put_forward_for_the_local_approach(own_house, owner):
    owner.execute("UPDATE partners_regeling SET valid_until = valid_from WHERE kind = 'convenant'")

    with pytest.raises(Refused) as refused:
        situations.local_case()

    assert refused.value.codes == {"not_in_regime", "not_covered"}
    with acting_as(user("bureau").pk):
        assert not Regeling.objects.covenants().exists()


def test_what_somebody_held_before_the_step_can_still_be_asked(own_house, owner):
    case, partner = situations.local_assigned_case(), situations.covenant_partner()
    give(case, partner)
    long_ago = timezone.now() - timedelta(days=2)
    for table, column in (
        ("cases_participation", "granted_at"),
        ("partners_appointment", "granted_at"),
        ("partners_clearance", "recorded_at"),
        ("partners_activation", "on_from"),
        ("partners_membership", "joined_at"),
    ):
        owner.execute(f"UPDATE {table} SET {column} = %s", [long_ago])  # noqa: S608
    owner.execute("UPDATE cases_participation SET start_date = vh.today() - 2")
    owner.execute("UPDATE partners_appointment SET start_date = vh.today() - 2")
    owner.execute("UPDATE partners_clearance SET seen_on = vh.today() - 2")

    step(case, "to_wgs")

    with acting_as(user("fg").pk):
        yesterday = timezone.now() - timedelta(days=1)
        then = access.explain(partner, case.number, Scope.VIEW_PLAN, yesterday)
        now = access.explain(partner, case.number, Scope.VIEW_PLAN, timezone.now())
    assert (then.allowed, now.allowed) == (True, False)


def test_who_did_not_sign_is_asked_nothing_in_the_local_approach(own_house, owner):
    """A plan of the local approach is made with the partners of the covenant. S2."""
    case, leader = situations.local_assigned_case(), user("samira")
    plan = situations.plan_of(situations.judged(case), ("gezondheid", "Keuring", GGD))
    ggd_did_not_sign(owner)

    with acting_as(leader.pk), pytest.raises(Refused) as refused:
        planning.ask_all(plan, by=leader)

    assert refused.value.codes == {"not_in_regime"}


def test_who_did_not_sign_weighs_nobody_of_the_local_approach(own_house, owner):
    case, under_law = situations.local_case(), situations.put_forward_case()
    ggd_did_not_sign(owner)

    with pytest.raises(Refused) as refused:
        situations.asked_to_weigh(case)
    situations.admit(under_law)

    assert refused.value.codes == {"not_in_regime"}


def test_a_participant_that_did_not_sign_the_next_covenant_is_out_of_the_local_approach(
    own_house, owner
):
    case, ggd = situations.local_assigned_case(), user("ggd")
    give(case, ggd)
    assert knows(ggd, case)
    owner.execute(
        "UPDATE partners_regeling SET valid_until = vh.today() - 1 WHERE kind = 'convenant'"
    )

    assert not knows(ggd, case)
    assert not knows(user("samira"), case)  # nor does who leads it: there is no covenant
