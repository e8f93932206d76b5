"""What the register says of a partner: who represents it, what it directs and what it promised.

S2, Partners en rollen, and "garanderen voldoende inzet"; GOV-01, 06, 07, 08, 22.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from partners import operations
from partners.models import Attachment, Mandaat, Organisation, Regie
from tests.situations import organisation, typed_day, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TYPED = {
    "legal_form": "stichting",
    "representative": "J. Jansen",
    "representative_function": "bestuurder",
    "regie": "",
    "attachment": "vaste_tijden",
    "promised_hours": "16",
    "presence": "dinsdag en donderdag",
    "doelgroepen": ["veelpleger", "overlastgever"],
}
MANDAAT = {"function": "Teamleider", "may": "Een plaats in de opvang, tot drie maanden"}


@pytest.fixture
def office():
    person = user("bureau")
    with acting_as(person.pk):
        yield person


def day(away: int) -> date:
    return TODAY + timedelta(days=away)


def describe(office, seen=None, **named) -> None:
    about = TYPED | {"promised_hours": 16} | named
    operations.describe_partner(organisation("mondriaan"), by=office, seen=seen, **about)


def mandate(office, first=0, last=30) -> Mandaat:
    return operations.record_mandaat(
        organisation("mondriaan"),
        valid_from=day(first),
        valid_until=day(last),
        by=office,
        **MANDAAT,
    )


def codes(deed) -> set[str]:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.codes


# --- what S2 says --------------------------------------------------------------------------------


def test_three_partners_direct_a_chain_each():
    """S2: OM "de strafrechtketen", Raad "de jeugdstrafrechtketen", gemeente "de (na)zorgketen"."""
    directing = Organisation.objects.exclude(regie="")

    assert dict(directing.values_list("slug", "regie")) == {
        "openbaar-ministerie": Regie.STRAFRECHT,
        "raad-voor-de-kinderbescherming": Regie.JEUGDSTRAFRECHT,
        "gemeente-heerlen": Regie.ALGEMEEN,
    }


def test_police_justice_and_municipalities_are_in_the_house():
    """S2: "De primaire deelnemers politie, justitiële partners, gemeenten"."""
    primary = Organisation.objects.filter(attachment=Attachment.PRIMAIR)

    assert {"politie", "gemeente-heerlen", "reclassering-nederland"} <= {o.slug for o in primary}
    assert organisation("mondriaan").attachment == ""  # S2 leaves that to the partners


# --- keeping it ----------------------------------------------------------------------------------


def test_the_office_keeps_what_a_partner_promised(office):
    describe(office)

    kept = organisation("mondriaan")
    assert (kept.legal_form, kept.attachment, kept.promised_hours) == (
        "stichting",
        Attachment.VASTE_TIJDEN,
        16,
    )
    assert kept.wgs_class == "lid_2"
    assert kept.works_for == ["meerderjarige veelpleger", "notoire overlastgever"]


def test_of_two_who_change_it_at_once_the_second_looks_again(office):
    seen = organisation("mondriaan").version
    describe(office, seen=seen)

    assert codes(lambda: describe(office, seen=seen, legal_form="vereniging")) == {"stale"}
    assert organisation("mondriaan").legal_form == "stichting"


def test_a_mandate_counts_until_and_with_its_last_day(office):
    mandate(office, first=-5, last=0)
    mandate(office, first=-5, last=-1)
    mandate(office, first=1, last=5)

    assert Mandaat.objects.current().count() == 1
    assert Mandaat.objects.current(on=day(-1)).count() == 2


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(0, -1, "ends_before_start"), (0, 2000, "too_far_ahead"), (-2000, 5, "too_long_ago")],
)
def test_a_mandate_always_ends(office, first, last, code):
    assert codes(lambda: mandate(office, first, last)) == {code}


def test_a_mandate_ends_today_and_once(office):
    running, over = mandate(office), mandate(office, first=-5, last=-1)
    later = mandate(office, first=2)
    operations.end_mandaat(running, by=office)

    assert Mandaat.objects.get(pk=running.pk).valid_until == TODAY
    assert codes(lambda: operations.end_mandaat(over, by=office)) == {"over_already"}
    assert codes(lambda: operations.end_mandaat(later, by=office)) == {"begins_later"}


# --- who may, and the pages ----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["manager", "samira", "politie", "stuurgroep", "fg"])
def test_only_the_office_writes(who):
    with acting_as(user("bureau").pk):
        running = mandate(user("bureau"))
    with acting_as(user(who).pk):
        for deed in (describe, mandate):
            with pytest.raises(PermissionDenied):
                deed(user(who))
        with pytest.raises(PermissionDenied):
            operations.end_mandaat(running, by=user(who))
        assert Mandaat.objects.update(may="Alles") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(
                "SELECT vh.describe_partner(1, 1, '', '', '', '', '', 0, '', '{}')"
            )


def test_what_the_office_types_stands_on_the_page_for_everybody_at_the_table(browse):
    visitor = browse("bureau")
    version = organisation("mondriaan").version
    visitor.post("/partners/mondriaan/register/", TYPED | {"seen": version})
    ends = {"valid_from": typed_day(0), "valid_until": typed_day(90)}
    shown = visitor.post("/partners/mondriaan/mandaten/", MANDAAT | ends, follow=True)
    assert "Het mandaat staat genoteerd" in shown.content.decode()

    page = browse("samira").get("/partners/mondriaan/").content.decode()
    for words in ("Stichting", "J. Jansen", "bestuurder", "16 uur per week", "Teamleider"):
        assert words in page
    assert "Vandaag beëindigen" not in page


def test_the_office_ends_a_mandate_on_the_page(browse):
    with acting_as(user("bureau").pk):
        running = mandate(user("bureau"))
    shown = browse("bureau").post(f"/mandaten/{running.pk}/beeindigen/", follow=True)

    assert "Het mandaat eindigt vandaag" in shown.content.decode()


def test_what_was_typed_stays_when_it_cannot_be_kept(browse):
    visitor = browse("bureau")
    wrong = visitor.post("/partners/mondriaan/register/", TYPED | {"promised_hours": "veel"})
    assert wrong.status_code == 422
    assert "Schrijf een heel getal" in wrong.content.decode()
    assert "dinsdag en donderdag" in wrong.content.decode()

    stale = visitor.post("/partners/mondriaan/register/", TYPED | {"seen": 99})
    assert stale.status_code == 409
    assert "J. Jansen" in stale.content.decode()
    backwards = {"valid_from": typed_day(5), "valid_until": typed_day(1)}
    refused = visitor.post("/partners/mondriaan/mandaten/", MANDAAT | backwards)
    assert refused.status_code == 409
    assert "Een plaats in de opvang" in refused.content.decode()
