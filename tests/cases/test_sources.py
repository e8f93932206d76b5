"""The partners are asked whom they put forward, and reminded once. S2, Werkprocessen; PRI-05."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases import operations
from cases.models import Bronvraag, Prioriteitenlijst
from cases.presenters.sources import Source, askable, sources
from partners.models import contact_users
from tests import situations
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

ONCE = {"eenmalig": ""}
GGD = "ggd-zuid-limburg"


@pytest.fixture
def ranked(db):
    """A list in discussion."""
    return situations.open_list(situations.put_forward_case())


def ask(ranked: Prioriteitenlijst, *slugs: str) -> None:
    asked = [situations.organisation(slug) for slug in slugs]
    operations.ask_sources(ranked, asked, by=situations.user("bureau"))


def seen(ranked: Prioriteitenlijst) -> dict[str, Source]:
    shown = sources(ranked, situations.user("bureau"))
    return {each.asked.organisation.slug: each for each in shown}


def mails(kind: str) -> list[int]:
    """Who gets one, as the post sees it."""
    with acting_in_role("post"):
        return sorted(OutboxMail.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def contacts(slug: str) -> list[int]:
    return sorted(each.pk for each in contact_users(situations.organisation(slug)))


def test_the_contact_points_of_who_is_asked_get_a_mail_and_nobody_else(ranked, acting):
    with acting("bureau"):
        ask(ranked, "politie")

    assert contacts("politie")
    assert mails("kandidaten_gevraagd") == contacts("politie")


def test_a_partner_is_asked_once_a_list_and_who_may_not_report_never(ranked, acting):
    """WGS 2.31 lid 1: who is no participant reports nobody."""
    with acting("bureau"):
        ask(ranked, "politie")
        for slug, code in (("politie", "asked_already"), ("provincie-limburg", "may_not_report")):
            with pytest.raises(Refused) as refused:
                ask(ranked, slug)
            assert refused.value.codes == {code}
        offered = [organisation.slug for organisation in askable(ranked)]

    assert "politie" not in offered
    assert "provincie-limburg" not in offered
    assert GGD in offered


def test_what_came_in_is_counted_since_the_former_list(own_house):
    office, manager = situations.user("bureau"), situations.user("manager")
    ranked = situations.open_list(situations.put_forward_case(), situations.put_forward_case())
    with acting_as(office.pk):
        ask(ranked, "politie", GGD)
        told = seen(ranked)
        assert (told["politie"].put_forward, told["politie"].said) == (2, "2 kandidaten")
        assert (told[GGD].is_missing, told[GGD].said) == (True, "Nog niets")
    situations.admit_all(ranked)
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)

    following = situations.open_list(situations.put_forward_case(by="ggd"))
    with acting_as(office.pk):
        ask(following, "politie", GGD)
        told = seen(following)
        assert (told["politie"].put_forward, told[GGD].put_forward) == (0, 1)


def test_who_is_silent_is_reminded_once(ranked, acting):
    office = situations.user("bureau")
    with acting("bureau"):
        ask(ranked, GGD)
        asked = Bronvraag.objects.get()
        operations.remind_source(asked, by=office)
        with pytest.raises(Refused) as refused:
            operations.remind_source(asked, by=office)
        assert refused.value.codes == {"reminded"}
        assert not seen(ranked)[GGD].can_be_reminded

    assert mails("kandidaten_herinnering") == contacts(GGD)


def test_who_put_somebody_forward_or_has_nobody_is_not_reminded(ranked, acting):
    office = situations.user("bureau")
    with acting("bureau"):
        ask(ranked, "politie", GGD)
        police, ggd = (Bronvraag.objects.get(organisation__slug=slug) for slug in ("politie", GGD))
        for deed in (operations.remind_source, operations.note_nobody):
            with pytest.raises(Refused) as refused:
                deed(police, by=office)
            assert refused.value.codes == {"received"}
        operations.note_nobody(ggd, by=office)
        assert seen(ranked)[GGD].said == "Heeft niemand"
        with pytest.raises(Refused) as refused:
            operations.remind_source(ggd, by=office)
        assert refused.value.codes == {"has_nobody"}

    assert mails("kandidaten_herinnering") == []


def test_of_an_adopted_list_nobody_is_asked_or_reminded_also_not_by_sql(ranked, acting):
    situations.admit_all(ranked)
    office = situations.user("bureau")
    with acting("bureau"):
        ask(ranked, GGD)
        asked = Bronvraag.objects.get()
    with acting("manager"):
        operations.adopt_list(ranked, by=situations.user("manager"))
    with acting("bureau"):
        for deed in (
            lambda: ask(ranked, "politie"),
            lambda: operations.remind_source(asked, by=office),
            lambda: operations.note_nobody(asked, by=office),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.codes == {"wrong_status"}
        assert Bronvraag.objects.update(nobody_at=asked.asked_at) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Bronvraag.objects.update(asked_at=asked.asked_at)


def test_only_the_office_asks_and_a_member_does_not_even_see_whom(ranked, acting, browse):
    with acting("bureau"):
        ask(ranked, GGD)
    member = situations.user("politie")
    with acting("politie"):
        assert not Bronvraag.objects.exists()
        with pytest.raises(PermissionDenied):
            operations.ask_sources(ranked, [], by=member)

    here = reverse("cases:list_sources", args=[ranked.code])
    assert browse("politie").get(here).status_code == 404


def test_the_office_asks_and_reminds_on_a_page(ranked, browse, acting):
    office, here = browse("bureau"), reverse("cases:list_sources", args=[ranked.code])
    ggd = situations.organisation(GGD)

    assert office.post(here, ONCE).status_code == 422
    assert office.post(here, {"partners": [ggd.pk]} | ONCE).status_code == 302
    page = office.get(here)
    assert "1 van 1 nog niet binnen" in page.text
    with acting("bureau"):
        row = reverse("cases:source_tell", args=[ranked.code, Bronvraag.objects.get().pk])
    assert office.post(row, {"wat": "bellen"} | ONCE).status_code == 422
    told = office.post(row, {"wat": "herinner"} | ONCE, follow=True)
    assert "krijgt een herinnering" in told.text
    again = office.post(row, {"wat": "herinner"} | ONCE)
    assert again.status_code == 409
    assert "Bel het contactpunt." in again.text
    done = office.post(row, {"wat": "niemand"} | ONCE, follow=True)
    assert "0 van 1 nog niet binnen" in done.text
