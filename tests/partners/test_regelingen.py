"""The covenant and its papers: who prepares, decides and signs, and what is covered. S2, GOV-02/04.

S2, convenant: "Het toevoegen van convenantpartners e/o het bijstellen van kaderdocumenten wordt, na
accorderen door de Districtelijke Stuurgroep Veiligheidshuis, vastgelegd door een aan dit convenant
toe te voegen ondertekende verklaring."
"""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from partners import operations, presenters
from partners.models import Doelgroep, Ondertekening, Organisation, Regeling
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

TITLE = "Convenant uitwisseling privacygegevens"
TYPED = {
    "kind": "privacyconvenant",
    "title": TITLE,
    "dated_on": "1-10-2026",
    "valid_from": "1-11-2026",
    "valid_until": "",
    "covers": ["veelpleger", "overlastgever"],
    "changes": "De eerste afspraken over gegevens.",
}


@pytest.fixture
def office():
    person = user("bureau")
    with acting_as(person.pk):
        yield person


def drafted(office, **named) -> Regeling:
    about = {
        "kind": "privacyconvenant",
        "title": TITLE,
        "dated_on": timezone.localdate() - timedelta(days=30),
        "valid_from": timezone.localdate() - timedelta(days=1),
        "valid_until": None,
        "covers": [Doelgroep.VEELPLEGER, Doelgroep.OVERLASTGEVER],
        "changes": "De eerste afspraken over gegevens.",
    }
    return operations.draft_regeling(**(about | named), by=office)


def approved(office, **named) -> Regeling:
    return operations.approve_regeling(
        drafted(office, **named),
        decided_on=timezone.localdate() - timedelta(days=5),
        decision="Besluit 4: akkoord",
        by=office,
    )


def sign(regeling, office, *slugs, on=None) -> None:
    for slug in slugs:
        operations.record_ondertekening(
            regeling,
            organisation(slug),
            signed_on=on or timezone.localdate(),
            function="directeur",
            by=office,
        )


def in_force(office, **named) -> Regeling:
    regeling = approved(office, **named)
    sign(regeling, office, "politie", "openbaar-ministerie")
    return operations.bring_into_force(regeling, by=office)


def codes(deed) -> set[str]:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.codes


# --- what S2 agreed ------------------------------------------------------------------------------


def test_the_house_begins_with_the_covenant_and_the_kaderdocument_of_2006(office):
    """S2: "Heerlen, 7 september 2006", signed by the seventeen."""
    for kind in ("convenant", "kaderdocument"):
        regeling = Regeling.objects.in_force().get(kind=kind)
        assert regeling.dated_on == date(2006, 9, 7)
        assert {s.organisation.number for s in presenters.signatures_of(regeling)} == {
            *range(1, 18)
        }
        assert [o.number for o in regeling.yet_to_sign()] == [18, 19, 20]


def test_a_doelgroep_without_a_privacy_covenant_is_said(office):
    """S2, voetnoot 13: "zoveel mogelijk de volledige doelgroep te dekken"."""
    assert presenters.uncovered() == [doelgroep.label for doelgroep in Doelgroep]

    in_force(office)
    left = presenters.uncovered()

    assert "meerderjarige veelpleger" not in left
    assert "probleemjongere" in left


def test_only_a_covenant_that_binds_today_covers(office):
    approved(office)
    assert len(presenters.uncovered()) == len(Doelgroep)

    yesterday = timezone.localdate() - timedelta(days=1)
    ended = in_force(office, title="Een ander", valid_from=yesterday, valid_until=yesterday)

    assert ended not in Regeling.objects.in_force()
    assert len(presenters.uncovered()) == len(Doelgroep)


def test_a_changed_kaderdocument_needs_the_stuurgroep_and_every_signature(office):
    """GOV-04."""
    former = Regeling.objects.in_force().get(kind="kaderdocument")
    following = drafted(office, kind="kaderdocument", title=former.title)
    assert following.version == 2
    assert codes(lambda: operations.bring_into_force(following, by=office)) == {
        "wrong_status",
        "unsigned",
    }

    operations.approve_regeling(
        following, decided_on=timezone.localdate(), decision="Besluit 1", by=office
    )
    partners = list(Organisation.objects.partners())
    for partner in partners[1:]:
        sign(following, office, partner.slug)
    assert codes(lambda: operations.bring_into_force(following, by=office)) == {"unsigned"}
    sign(following, office, partners[0].slug)
    operations.bring_into_force(following, by=office)

    former.refresh_from_db()
    assert former.status == "vervangen"
    assert former.valid_until == following.valid_from - timedelta(days=1)
    assert Regeling.objects.in_force().get(kind="kaderdocument") == following


def test_an_agreement_between_one_is_none(office):
    regeling = approved(office)
    sign(regeling, office, "politie")

    found = codes(lambda: operations.bring_into_force(regeling, by=office))
    assert found == {"signed_by_too_few"}


def test_a_version_does_not_bind_before_its_day(office):
    regeling = approved(office, valid_from=timezone.localdate() + timedelta(days=1))
    sign(regeling, office, "politie", "ggd-zuid-limburg")

    assert codes(lambda: operations.bring_into_force(regeling, by=office)) == {"begins_later"}


def test_a_second_version_is_prepared_when_the_first_is_done(office):
    drafted(office)

    assert codes(lambda: drafted(office)) == {"version_in_preparation"}


@pytest.mark.parametrize(("days", "code"), [(1, "decided_later"), (-31, "decided_before_text")])
def test_the_stuurgroep_decides_about_a_text_that_was_there(office, days, code):
    regeling = drafted(office)
    day = timezone.localdate() + timedelta(days=days)

    def decide():
        operations.approve_regeling(regeling, decided_on=day, decision="Besluit 4", by=office)

    assert codes(decide) == {code}


@pytest.mark.parametrize(("days", "code"), [(1, "signed_later"), (-6, "signed_before_decision")])
def test_a_partner_signs_after_the_decision(office, days, code):
    regeling = approved(office)
    day = timezone.localdate() + timedelta(days=days)

    assert codes(lambda: sign(regeling, office, "politie", on=day)) == {code}


def test_a_partner_signs_once_and_no_text_that_was_not_approved(office):
    assert codes(lambda: sign(drafted(office), office, "politie")) == {"nothing_to_sign"}

    regeling = approved(office, title="Een ander")
    sign(regeling, office, "politie")
    assert codes(lambda: sign(regeling, office, "politie")) == {"signed_already"}


@pytest.mark.parametrize("make", [drafted, approved])
def test_a_version_with_a_mistake_is_taken_back_and_the_next_prepared(office, make):
    wrong = make(office)

    operations.withdraw_regeling(wrong, by=office)
    following = drafted(office)

    assert following.version == 2
    assert codes(lambda: operations.withdraw_regeling(wrong, by=office)) == {"wrong_status"}
    assert codes(lambda: sign(wrong, office, "politie")) == {"nothing_to_sign"}


def test_what_binds_or_bound_is_not_taken_back(office):
    binds = in_force(office)

    assert codes(lambda: operations.withdraw_regeling(binds, by=office)) == {"wrong_status"}


def test_the_same_title_in_other_letters_is_the_same_agreement(office):
    in_force(office)

    following = drafted(office, title=TITLE.upper())

    assert (following.title, following.version) == (TITLE, 2)


def test_who_joined_later_signs_what_binds_already(office):
    """S2: "Op enig moment aangevuld met: …"."""
    covenant = Regeling.objects.in_force().get(kind="convenant")
    sign(covenant, office, "rimo-parkstad")

    assert [o.number for o in covenant.yet_to_sign()] == [18, 20]


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["manager", "samira", "stuurgroep", "fg"])
def test_only_the_office_writes(who):
    with acting_as(user(who).pk):
        covenant = Regeling.objects.get(kind="convenant")
        with pytest.raises(PermissionDenied):
            drafted(user(who))
        with pytest.raises(ProgrammingError), transaction.atomic():
            Ondertekening.objects.create(
                regeling=covenant,
                organisation=organisation("rimo-parkstad"),
                signed_on=timezone.localdate(),
                function="directeur",
                recorded_by=user(who),
            )
        assert Regeling.objects.filter(pk=covenant.pk).update(title="Anders") == 0


@pytest.mark.parametrize("who", ["bewoner", "buurtregisseur"])
def test_who_is_not_at_the_table_sees_none(who):
    with acting_as(user(who).pk):
        assert not Regeling.objects.exists()
        assert not Ondertekening.objects.exists()


# --- the pages -----------------------------------------------------------------------------------


def test_the_office_takes_a_version_the_whole_way(browse):
    office = browse("bureau")

    office.post("/regelingen/nieuw/", TYPED, follow=True)
    with acting_as(user("bureau").pk):
        regeling = Regeling.objects.get(kind="privacyconvenant")
    page = regeling.get_absolute_url()
    decided = {"decided_on": "2-10-2026", "decision": "Besluit 7"}
    office.post(f"{page}besluit/", decided)
    for slug in ("politie", "mondriaan"):
        signed = {"organisation": organisation(slug).pk, "signed_on": "3-11-2026"}
        office.post(f"{page}ondertekening/", signed | {"function": "bestuurder"})
    shown = office.post(f"{page}geldig/", follow=True).content.decode()

    assert "versie 1 geldt nu" in shown
    assert "Mondriaan Zorggroep" in shown
    assert "Meerderjarige veelpleger" in shown
    assert "notoire overlastgever" not in browse("fg").get("/regelingen/").content.decode()


def test_the_next_version_is_chosen_and_not_typed(browse):
    with acting_as(user("bureau").pk):
        covenant = Regeling.objects.get(kind="convenant")
    office = browse("bureau")

    office.post("/regelingen/nieuw/", TYPED | {"former": covenant.pk, "kind": "", "title": ""})
    nothing = office.post("/regelingen/nieuw/", TYPED | {"kind": "", "title": ""})

    with acting_as(user("bureau").pk):
        assert Regeling.objects.get(kind="convenant", version=2).title == covenant.title
    assert "Kies wat voor regeling dit is" in nothing.content.decode()
    assert "Vul de titel van de nieuwe regeling in" in nothing.content.decode()


def test_the_office_takes_a_version_back_on_its_page(browse):
    with acting_as(user("bureau").pk):
        page = drafted(user("bureau")).get_absolute_url()

    assert "Versie intrekken" in browse("bureau").get(page).content.decode()
    shown = browse("bureau").post(f"{page}intrekken/", follow=True).content.decode()

    assert "is ingetrokken" in shown
    assert "Versie intrekken" not in shown
    assert "Besluit noteren" not in shown


def test_what_was_typed_stays_when_it_cannot_be_done(browse):
    office = browse("bureau")
    wrong = office.post("/regelingen/nieuw/", TYPED | {"valid_until": "1-1-2025", "covers": []})

    assert wrong.status_code == 422
    assert "De einddatum ligt vóór de begindatum" in wrong.content.decode()
    assert "Kies minstens één doelgroep" in wrong.content.decode()
    assert TITLE in wrong.content.decode()

    with acting_as(user("bureau").pk):
        regeling = drafted(user("bureau"))
    later = {"decided_on": "1-1-2090", "decision": "Een besluit van later"}
    refused = office.post(f"{regeling.get_absolute_url()}besluit/", later)
    assert refused.status_code == 409
    assert "Deze stuurgroep moet nog komen" in refused.content.decode()
    assert "Een besluit van later" in refused.content.decode()


def test_a_partner_that_signed_cannot_be_chosen_again(browse):
    with acting_as(user("bureau").pk):
        covenant = Regeling.objects.get(kind="convenant")
    typed = {
        "organisation": organisation("politie").pk,
        "signed_on": "1-1-2026",
        "function": "chef",
    }

    answer = browse("bureau").post(f"{covenant.get_absolute_url()}ondertekening/", typed)

    assert answer.status_code == 422
    assert "Deze partner heeft al getekend" in answer.content.decode()


def test_others_read_without_a_form(browse):
    with acting_as(user("bureau").pk):
        covenant = Regeling.objects.get(kind="convenant")
    shown = browse("stuurgroep").get(covenant.get_absolute_url()).content.decode()

    assert "Politie regio Limburg Zuid" in shown
    assert "<form" not in shown.split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize("who", ["bureau", "manager", "samira", "politie", "stuurgroep", "fg"])
def test_the_way_back_from_the_agreements_is_there_for_who_reads_them(browse, who):
    reader = browse(who)

    crumbs = BeautifulSoup(reader.get("/regelingen/").text, "html.parser").select(".vh-crumbs a")

    assert [reader.get(crumb["href"]).status_code for crumb in crumbs] == [200] * len(crumbs)
    assert bool(crumbs) is (who != "fg")  # the fg comes from the menu
