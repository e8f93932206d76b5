"""Who comes to the table, and who leaves it. S2, convenant, last bullet; GOV-03.

"Het toevoegen van convenantpartners e/o het bijstellen van kaderdocumenten wordt, na accorderen
door de Districtelijke Stuurgroep Veiligheidshuis, vastgelegd door een aan dit convenant toe te
voegen ondertekende verklaring."
"""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from cases.models import Case, Participation
from maatwerkplan import rules
from partners import operations, presenters
from partners.models import (
    Ondertekening,
    Organisation,
    Regeling,
    RegelingKind,
    Regime,
    Role,
    Toetreding,
    User,
)
from tests import situations
from tests.situations import organisation, typed_day, user, with_papers
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NEW = {
    "organisation": None,
    "name": "Stichting Straathoekwerk Parkstad",
    "short_name": "Straathoekwerk",
    "chain": "zorg",
    "proposal": "Spreekt jongeren aan die wij niet bereiken.",
    "proposed_on": TODAY - timedelta(days=9),
}
STEPS = ("proposed", "tested", "approved", "signed")


@pytest.fixture
def office():
    person = user("bureau")
    with acting_as(person.pk):
        yield person


def day(away: int) -> date:
    return TODAY + timedelta(days=away)


def proposed(office, **named) -> Toetreding:
    return operations.propose_partner(**(NEW | named), by=office)


def looked_into(office, wgs_class="lid_2", wgs_members=("2e",), **named) -> Toetreding:
    toetreding = proposed(office, **named)
    operations.test_partner(
        toetreding,
        wgs_class=wgs_class,
        wgs_members=list(wgs_members),
        test="WGS 2.27 lid 2 e; getoetst door de FG",
        tested_on=day(-8),
        by=office,
    )
    return fresh(toetreding)


def approved(office, **named) -> Toetreding:
    toetreding = looked_into(office, **named)
    operations.approve_partner(
        toetreding, decided_on=day(-5), decision="Besluit 3: akkoord", by=office
    )
    return fresh(toetreding)


def signed(office, **named) -> Toetreding:
    toetreding = approved(office, **named)
    operations.append_verklaring(toetreding, signed_on=day(-2), function="directeur", by=office)
    return fresh(toetreding)


def active(office, **named) -> Toetreding:
    toetreding = signed(office, **named)
    operations.activate_partner(toetreding, by=office)
    return fresh(toetreding)


def fresh(toetreding: Toetreding) -> Toetreding:
    return Toetreding.objects.select_related("organisation").get(pk=toetreding.pk)


def at_step(office, step: str) -> Toetreding:
    return {"proposed": proposed, "tested": looked_into, "approved": approved, "signed": signed}[
        step
    ](office)


def seat_of(slug: str) -> Toetreding:
    return Toetreding.objects.select_related("organisation").get(organisation__slug=slug)


def leaves(slug: str, office, away: int = 0) -> Toetreding:
    toetreding = seat_of(slug)
    operations.announce_leaving(toetreding, leaves_on=day(away), reason="Fusie", by=office)
    return fresh(toetreding)


def told(kind: str) -> set[str]:
    """Who got a mail of this kind."""
    with acting_in_role("post"):
        sent = list(OutboxMail.objects.filter(kind=kind).values_list("recipient_id", flat=True))
    return set(User.objects.filter(pk__in=sent).values_list("username", flat=True))


def codes(deed) -> set[str]:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.codes


def give_account(office, to: Organisation, role=Role.KETENPARTNER) -> User:
    return operations.add_user(
        to,
        username="nieuwe",
        first_name="Nieuwe",
        last_name="Collega",
        email="n@x.example",
        role=role,
        by=office,
    )


# --- coming to the table -------------------------------------------------------------------------


def test_a_partner_comes_in_by_the_steps_of_the_covenant(office):
    joined = active(office)

    partner = joined.organisation
    assert (partner.number, partner.wgs_class, partner.wgs_members) == (21, "lid_2", ["2e"])
    assert partner.is_seated
    assert partner in Organisation.objects.partners()
    signatures = Ondertekening.objects.filter(organisation=partner)
    assert {s.regeling.kind for s in signatures} == {"convenant", "kaderdocument"}
    assert [step.state for step in presenters.steps_of(joined)] == ["gedaan"] * 5
    newcomer = with_papers(give_account(office, partner))
    assert newcomer.principal_ids


@pytest.mark.parametrize("step", STEPS)
def test_no_account_before_a_partner_is_active(office, step):
    """GOV-03: no account may be active before."""
    partner = at_step(office, step).organisation

    for role in Role:
        found = codes(lambda role=role: give_account(office, partner, role))
        assert "not_at_the_table" in found or "no_participant" in found
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(
            "SELECT vh.add_user('sluip', 'S', 'Luip', 's@x.example', %s)", [partner.pk]
        )


@pytest.mark.parametrize("step", STEPS)
def test_the_database_skips_no_step(office, step):
    toetreding = at_step(office, step)
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.activate_partner(%s)", [toetreding.pk])
        (made,) = cursor.fetchone()
    assert made is (step == "signed")
    if step != "signed":
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            Toetreding.objects.filter(pk=toetreding.pk).update(status="ondertekend")


def test_the_office_cannot_write_itself_a_partner(office):
    toetreding = signed(office)
    row = Toetreding.objects.filter(pk=toetreding.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        row.update(status="actief", active_from=TODAY, activated_at=timezone.now())
    assert Toetreding.objects.filter(organisation__slug="politie").update(proposal="x") == 0


MOVES = {
    "test_partner": {
        "wgs_class": "lid_2",
        "wgs_members": ["2e"],
        "test": "Getoetst",
        "tested_on": TODAY,
    },
    "approve_partner": {"decided_on": TODAY, "decision": "Besluit 3"},
    "append_verklaring": {"signed_on": TODAY, "function": "directeur"},
    "activate_partner": {},
    "announce_leaving": {"leaves_on": TODAY, "reason": "Fusie"},
    "call_off_leaving": {},
    "leave": {},
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_made_in_its_turn(office, step):
    toetreding = at_step(office, step)
    turn = dict(zip(STEPS, MOVES, strict=False))[step]

    for move, said in MOVES.items():
        if move != turn:
            made = getattr(operations, move)
            assert "wrong_status" in codes(
                lambda made=made, said=said: made(toetreding, by=office, **said)
            )
    getattr(operations, turn)(toetreding, by=office, **MOVES[turn])


def test_the_steps_have_their_days_in_order(office):
    toetreding = looked_into(office)
    assert codes(
        lambda: operations.approve_partner(
            toetreding, decided_on=day(-9), decision="Besluit", by=office
        )
    ) == {"decided_before_test"}
    assert codes(
        lambda: operations.approve_partner(
            toetreding, decided_on=day(1), decision="Besluit", by=office
        )
    ) == {"decided_later"}

    decided = approved(office, name="Een ander", short_name="Ander")
    for away, code in ((-6, "signed_before_decision"), (1, "signed_later")):
        assert codes(
            lambda away=away: operations.append_verklaring(
                decided, signed_on=day(away), function="directeur", by=office
            )
        ) == {code}


@pytest.mark.parametrize(
    ("wgs_class", "members", "expected"),
    [
        ("lid_1", ["1e", "1f"], set()),
        ("lid_1", ["1f", "2e"], set()),
        ("lid_2", ["2a"], set()),
        ("lid_2", ["1c"], {"other_class"}),
        ("lid_1", ["2d"], {"other_class"}),
        ("geen", ["2d"], {"other_class"}),
        ("lid_2", [], {"no_organ"}),
        ("incidentele_derde", [], set()),
        ("geen", [], set()),
    ],
)
def test_the_place_in_the_law_follows_from_the_organ(office, wgs_class, members, expected):
    def deed():
        return looked_into(office, wgs_class=wgs_class, wgs_members=members)

    if expected:
        assert codes(deed) == expected
    else:
        assert deed().wgs_class == wgs_class


def test_a_partner_that_the_law_does_not_name_joins_the_local_approach_alone(office):
    """Stuurgroep and declaration are needed and no longer enough for a dossier under the law. WGS
    2.27, 2.31 lid 9; PRV-20."""
    third = active(office, wgs_class="incidentele_derde", wgs_members=[]).organisation

    newcomer = give_account(office, third)

    assert third in Organisation.objects.partners()
    assert newcomer.regimes == [Regime.LOKALE_PGA]


def test_who_sits_here_or_is_proposed_is_not_proposed_again(office):
    assert codes(lambda: proposed(office, organisation=organisation("politie"))) == {
        "proposed_already"
    }
    proposed(office)
    assert codes(lambda: proposed(office)) == {"known_already"}
    assert codes(
        lambda: proposed(office, organisation=Organisation.objects.get(name=NEW["name"]))
    ) == {"proposed_already"}


def test_a_neighbour_that_is_proposed_keeps_its_seat_in_the_commission(office):
    """S4: residents sit in the beheerscommissie, which is another table."""
    neighbours = organisation("bewoners")
    toetreding = proposed(office, organisation=neighbours)

    assert User.objects.get(username="bewoner").has_role(Role.COMMISSIELID)
    assert toetreding.organisation == neighbours


def test_who_was_turned_down_can_be_proposed_anew(office):
    toetreding = looked_into(office)
    operations.turn_down_partner(toetreding, reason="Geen meerderheid", by=office)

    again = proposed(office, organisation=toetreding.organisation)

    assert again.pk != toetreding.pk
    assert codes(
        lambda: operations.turn_down_partner(toetreding, reason="Nogmaals", by=office)
    ) == {"wrong_status"}


def test_two_of_one_short_name_have_an_address_each(office):
    one = proposed(office).organisation
    other = proposed(office, name="Stichting Straathoekwerk Zuid").organisation

    assert (one.slug, other.slug) == ("straathoekwerk", "straathoekwerk-2")


# --- leaving -------------------------------------------------------------------------------------


def test_leaving_ends_every_access_that_day(office):
    """GOV-03; issue 4: "Leaving ends every access that day"."""
    case = situations.asked_plan(("huisvesting", "Begeleid wonen", "leger-des-heils")).case_id
    someone = user("legerdesheils")
    with acting_as(someone.pk):
        assert Case.objects.filter(pk=case).exists()

    with acting_as(office.pk):
        leaves("leger-des-heils", office)

    someone = User.objects.get(pk=someone.pk)
    assert not someone.is_active
    assert someone.active_roles == frozenset()
    with acting_as(someone.pk):
        assert not Case.objects.filter(pk=case).exists()
    with acting_as(office.pk):
        theirs = Participation.objects.filter(group=organisation("leger-des-heils").group)
        assert theirs.exists()
        assert not theirs.current().exists()
        assert not someone.groups.filter(pk=organisation("leger-des-heils").group_id).exists()


def test_the_wall_needs_no_clock(office):
    """Before anything is switched off, the day itself shuts the door."""
    someone = user("ggd")
    case = situations.put_forward_case(by="ggd")
    with acting_as(office.pk):
        leaves("ggd-zuid-limburg", office, away=1)
    with acting_as(someone.pk), connection.cursor() as cursor:
        for away, expected in ((0, (True, "participation")), (1, (False, "no_participant"))):
            moment = timezone.now() + timedelta(days=away)
            cursor.execute(
                "SELECT allowed, rule FROM vh.explain(%s, %s, 'know_case', %s)",
                [someone.pk, case.number, moment],
            )
            assert cursor.fetchone() == expected


def test_who_was_in_is_out(browse, office):
    """Also before anything was switched off: the account is on, and of no use."""
    visitor = browse("ggd")
    assert visitor.get("/acties/").status_code == 200
    assert authenticate(None, username="ggd", password="welkom-in-het-huis")

    with acting_as(office.pk):
        operations.call("announce_leaving", seat_of("ggd-zuid-limburg").pk, TODAY, "Fusie")

    assert User.objects.get(username="ggd").is_active
    assert visitor.get("/acties/").status_code == 302
    assert authenticate(None, username="ggd", password="welkom-in-het-huis") is None


def test_who_left_is_asked_nothing_and_the_plan_says_so(office):
    plan = situations.asked_plan(("huisvesting", "Begeleid wonen", "leger-des-heils"))
    with acting_as(office.pk):
        leaves("leger-des-heils", office)

    with acting_as(user("samira").pk):
        found = {o.code for o in rules.obstacles_to_offer(plan)}
        question = plan.partner_actions.get().questions.get()
        assert "partner_left" in found
        assert "partner_left" in {o.code for o in rules.obstacles_to_answering(question)}


def test_who_leads_clients_hears_it(office):
    leaves("ggd-zuid-limburg", office, away=30)
    assert told("partner_vertrekt") == {"manager"}

    leaves("politie", office)
    assert told("partner_uitgetreden") == {"manager", "samira", "tom"}


def test_a_partner_can_stay_until_the_day_has_come(office):
    toetreding = leaves("ggd-zuid-limburg", office, away=3)
    operations.call_off_leaving(toetreding, by=office)
    assert fresh(toetreding).status == "actief"

    gone = leaves("politie", office)
    assert codes(lambda: operations.call_off_leaving(gone, by=office)) == {
        "wrong_status",
        "left_already",
    }


def test_a_partner_leaves_on_a_day_that_comes_and_never_ones_own(office):
    toetreding = seat_of("ggd-zuid-limburg")
    for away, expected in ((-1, "leaves_in_past"), (400, "too_far_ahead")):
        assert expected in codes(
            lambda away=away: operations.announce_leaving(
                toetreding, leaves_on=day(away), reason="Fusie", by=office
            )
        )
    own = seat_of("gemeente-heerlen")
    assert codes(
        lambda: operations.announce_leaving(own, leaves_on=TODAY, reason="x", by=office)
    ) == {"own_organisation"}


def test_who_left_comes_back_by_the_whole_way_with_his_number(office):
    gone = leaves("ggd-zuid-limburg", office).organisation
    assert Organisation.objects.get(pk=gone.pk).has_left

    back = active(office, organisation=gone, wgs_class="lid_1", wgs_members=["1g"]).organisation

    assert back.number == gone.number
    assert not User.objects.get(username="ggd").is_active


# --- who may, and the pages ----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["manager", "samira", "stuurgroep", "fg"])
def test_only_the_office_writes(who):
    with acting_as(user("bureau").pk):
        waiting = proposed(user("bureau"))
    with acting_as(user(who).pk):
        with pytest.raises(PermissionDenied):
            proposed(user(who), name="Een ander")
        for move, said in MOVES.items():
            with pytest.raises(PermissionDenied):
                getattr(operations, move)(waiting, by=user(who), **said)
        assert Toetreding.objects.filter(pk=waiting.pk).update(proposal="Anders") == 0


def test_the_office_takes_a_partner_the_whole_way_on_the_page(browse):
    visitor = browse("bureau")
    typed = {k: v for k, v in NEW.items() if k != "organisation"}
    visitor.post("/toetreding/nieuw/", typed | {"organisation": "", "proposed_on": typed_day(-3)})
    with acting_as(user("bureau").pk):
        page = Toetreding.objects.get(status="voorgesteld").get_absolute_url()
    said = {"wgs_class": "lid_2", "wgs_members": ["2e"], "test": "WGS 2.27 lid 2 e"}
    visitor.post(f"{page}toets/", said | {"tested_on": typed_day(-2)})
    visitor.post(f"{page}besluit/", {"decided_on": typed_day(-1), "decision": "Besluit 3"})
    visitor.post(f"{page}verklaring/", {"signed_on": typed_day(0), "function": "directeur"})
    shown = visitor.post(f"{page}actief/", follow=True).content.decode()

    assert "Straathoekwerk is nu partner" in shown
    assert "Uittreden noteren" in shown
    register = browse("stuurgroep").get("/partners/").content.decode()
    assert "nummer 21 van het convenant" in register
    visitor.post(f"{page}uittreden/", {"leaves_on": typed_day(20), "reason": "Fusie"})
    stays = visitor.post(f"{page}blijven/", follow=True).content.decode()
    assert "Straathoekwerk blijft partner" in stays


def test_what_was_typed_stays_when_it_cannot_be_done(browse):
    visitor = browse("bureau")
    empty = visitor.post("/toetreding/nieuw/", {"proposed_on": typed_day(0)})
    assert empty.status_code == 422
    assert "Vul de naam van de organisatie in" in empty.content.decode()

    with acting_as(user("bureau").pk):
        page = proposed(user("bureau")).get_absolute_url()
    said = {"wgs_class": "lid_1", "wgs_members": [], "test": "Mijn uitleg van de wet"}
    refused = visitor.post(f"{page}toets/", said | {"tested_on": typed_day(0)})
    assert refused.status_code == 409
    assert "De wet noemt wie deelneemt" in refused.content.decode()
    assert "Mijn uitleg van de wet" in refused.content.decode()


def test_others_read_without_a_form(browse):
    with acting_as(user("bureau").pk):
        page = looked_into(user("bureau")).get_absolute_url()
    shown = browse("stuurgroep").get(page).content.decode()

    assert "getoetst door de FG" in shown
    assert "Nu aan de beurt" in shown
    assert "<form" not in shown.split("<main", 1)[1].split("</main", 1)[0]


def test_nobody_is_offered_to_send_his_own_organisation_away(browse, office):
    own, other = seat_of("gemeente-heerlen"), seat_of("politie")
    pages = {
        seat: browse("bureau").get(f"/toetreding/{seat.pk}/").content.decode()
        for seat in (own, other)
    }

    assert "Dit is je eigen organisatie" in pages[own]
    assert 'name="leaves_on"' not in pages[own]
    assert 'name="leaves_on"' in pages[other]


def test_a_new_covenant_between_the_declaration_and_the_first_day_is_no_dead_end(office):
    """S2: who signed the declaration signs the version that came since, and comes in with it."""
    coming = signed(office)
    proposed(office, name="Stichting Nog Niet", short_name="Nog Niet")
    former = Regeling.objects.in_force().get(kind=RegelingKind.CONVENANT)
    following = operations.draft_regeling(
        kind=former.kind,
        title=former.title,
        dated_on=day(-6),
        valid_from=day(0),
        valid_until=None,
        covers=former.covers,
        changes="Een artikel over jongeren.",
        by=office,
    )
    following = operations.approve_regeling(
        following, decided_on=day(-1), decision="Besluit 5: akkoord", by=office
    )
    for partner in following.yet_to_sign():
        operations.record_ondertekening(
            following, partner, signed_on=day(0), function="directeur", by=office
        )
    following = operations.bring_into_force(following, by=office)
    assert codes(lambda: operations.activate_partner(coming, by=office)) == {"not_signed"}
    assert list(following.may_sign()) == [coming.organisation]

    operations.record_ondertekening(
        following, following.may_sign().get(), signed_on=day(0), function="directeur", by=office
    )
    operations.activate_partner(coming, by=office)

    assert fresh(coming).status == "actief"
    assert not following.may_sign().exists()
