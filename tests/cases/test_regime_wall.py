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
from maatwerkplan.models import Drangstap, Framework, Instrument, Maatwerkplan
from partners.models import Regeling, Role
from tests import situations
from tests.cases.test_ending import holds
from tests.cases.test_regime import give, knows, step
from tests.cases.test_regime_demands import HALT, ON_GROUND, STEP, asked, refused
from tests.cases.test_roles_end import TODAY, a_day_passes, also, appoint, end_role, led_by_nobody
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

GGD = "ggd-zuid-limburg"
NOBODY = "00000000-0000-0000-0000-000000000000"
COVENANT = "UPDATE partners_regeling SET {} WHERE kind = 'convenant'"
SIGNED = (
    "UPDATE partners_ondertekening SET signed_on = vh.today() + 1;"
    "UPDATE partners_toetreding SET active_from = '2000-01-01'"  # it did not sit there already
)


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

    with pytest.raises(Refused) as no:
        situations.local_case()

    assert no.value.codes == {"not_covered"}


def test_without_a_covenant_nobody_is_put_forward_for_the_local_approach(own_house, owner):
    owner.execute("UPDATE partners_regeling SET valid_until = valid_from WHERE kind = 'convenant'")

    with pytest.raises(Refused) as no:
        situations.local_case()

    assert no.value.codes == {"not_in_regime", "not_covered"}
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

    with acting_as(leader.pk), pytest.raises(Refused) as no:
        planning.ask_all(plan, by=leader)

    assert no.value.codes == {"not_in_regime"}


def pressed_locally() -> Maatwerkplan:
    """A client of the local approach who refused what was offered to him."""
    case, leader = situations.judged(situations.local_assigned_case()), user("samira")
    plan = situations.plan_of(case)
    with acting_as(leader.pk):
        planning.ask_all(plan, by=leader)
        situations.answer_all(plan)
    with acting_as(leader.pk):
        planning.offer(plan, by=leader)
        planning.refuse(
            plan,
            reason="Niet nodig.",
            message_given=True,
            next_step="Gesprek",
            next_step_on=timezone.localdate(),
            by=leader,
        )
        return Maatwerkplan.objects.select_related("case__client").get(pk=plan.pk)


def press(plan: Maatwerkplan, slug: str) -> None:
    leader, about = user("samira"), {"instrument": Instrument.GESPREK, "description": "Bezoek"}
    with acting_as(leader.pk):
        planning.press(
            plan,
            organisation=organisation(slug),
            framework=Framework.DRANG,
            on=timezone.localdate() + timedelta(days=3),
            by=leader,
            **about,
        )


def test_a_partner_of_the_covenant_presses_along_in_the_local_approach(own_house):
    """S2: alle partners zorgen er samen voor dat een cliënt meewerkt, ook wie de wet niet noemt."""
    plan, partner = pressed_locally(), situations.covenant_partner()

    press(plan, "slachtofferhulp")

    assert knows(partner, plan.case)
    with acting_as(partner.pk):
        assert [str(step) for step in Drangstap.objects.all()] == ["Bezoek"]


def test_who_did_not_sign_presses_nobody_in_the_local_approach(own_house, owner):
    plan = pressed_locally()
    ggd_did_not_sign(owner)

    with pytest.raises(Refused) as no:
        press(plan, GGD)

    assert no.value.codes == {"not_in_regime"}
    assert not knows(user("ggd"), plan.case)


def test_who_did_not_sign_weighs_nobody_of_the_local_approach(own_house, owner):
    case, under_law = situations.local_case(), situations.put_forward_case()
    ggd_did_not_sign(owner)

    with pytest.raises(Refused) as no:
        situations.asked_to_weigh(case)
    situations.admit(under_law)

    assert no.value.codes == {"not_in_regime"}


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


def test_whose_leader_takes_part_no_more_is_found_as_a_loose_end(own_house, owner):
    """S2: niet meer loslaten. The manager hears of it, and of nobody whom he still leads."""
    local, under_law = situations.local_assigned_case(), situations.assigned_case()
    assert led_by_nobody() == set()

    owner.execute(COVENANT.format("valid_until = vh.today() - 1"))

    assert led_by_nobody() == {local.pk}
    assert knows(user("samira"), under_law)


def test_who_comes_back_in_the_role_leads_nobody_of_a_covenant_that_is_over(own_house, owner):
    local, under_law = situations.local_assigned_case(), situations.assigned_case()
    also("samira")
    end_role("samira", Role.INTERVENTIEMANAGER, TODAY())
    for _ in range(2):
        a_day_passes(owner, "samira")
    owner.execute(COVENANT.format("valid_until = vh.today() - 1"))

    appoint("samira", Role.INTERVENTIEMANAGER, TODAY())

    given = (
        "SELECT content_object_id FROM cases_participation WHERE start_date = vh.today()"
        " AND group_id = %s"
    )
    group = user("samira").personal_group_id
    assert {case for (case,) in owner.execute(given, [group]).fetchall()} == {under_law.pk}
    assert holds("samira", Scope.LEAD_CASE, under_law)
    assert led_by_nobody() == {local.pk}


def test_what_was_closed_stays_under_its_regime(own_house, owner: psycopg.Connection):
    case, other = situations.local_case(), situations.local_case()
    police, joined = organisation("politie"), {"samengevoegd": other.pk}
    owner.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
    for status in ("afgesloten", "samengevoegd", "niet_toegelaten"):
        owner.execute(
            "UPDATE cases_case SET status = %s, joined_to_id = %s WHERE id = %s",
            [status, joined.get(status), case.pk],
        )
        refused("bureau", STEP, case.pk, "wgs", *ON_GROUND, police.pk)


def test_no_way_of_finding_leads_to_what_was_given_under_another_regime(
    own_house, owner: psycopg.Connection
):
    """By name, spelled otherwise, by number, among the newest, and in no number at all."""
    local = situations.local_assigned_case(last_name="Regimeboom")
    partner = situations.covenant_partner()
    give(local, partner)
    asks = {
        "name": ("SELECT * FROM vh.search_cases('{regimeboom}', NULL, false, 9)", []),
        "slip": ("SELECT * FROM vh.search_cases('{regimebom}', NULL, true, 9)", []),
        "number": ("SELECT nullif(vh.case_numbered(%s), %s)", [local.number, NOBODY]),
        "newest": ("SELECT * FROM vh.newest_cases(0, 9)", []),
        "tally": ("SELECT manager_id FROM vh.tally_cases()", []),
        "count": ("SELECT nullif(vh.count_cases(NULL), 0)", []),
        "may": ("SELECT nullif(vh.may(%s, 'know_case'), false)", [local.pk]),
    }

    def found() -> set[str]:
        with acting_as(partner.pk):
            given = {name: asked(query, *about) for name, (query, about) in asks.items()}
        return {name for name, rows in given.items() if rows and rows[0][0] is not None}

    assert found() == set(asks)
    owner.execute("UPDATE cases_participation SET regime = 'wgs'")
    assert found() == set()


@pytest.mark.parametrize(
    "changed",
    [
        COVENANT.format("valid_until = vh.today() - 1"),
        COVENANT.format("valid_from = vh.today() + 1"),
        COVENANT.format("status = 'ingetrokken'"),
        COVENANT.format("kind = 'kaderdocument'"),
        SIGNED,
    ],
    ids=["over", "not yet", "withdrawn", "another paper", "signs tomorrow"],
)
def test_only_a_signature_under_a_covenant_in_force_counts(
    own_house, owner: psycopg.Connection, changed
):
    covered = "SELECT vh.covered(id, vh.today()) FROM partners_organisation WHERE slug = %s"
    owner.execute("ALTER TABLE partners_regeling DISABLE TRIGGER USER")
    assert owner.execute(covered, [HALT]).fetchone() == (True,)

    owner.execute(changed)

    assert owner.execute(covered, [HALT]).fetchone() == (False,)
