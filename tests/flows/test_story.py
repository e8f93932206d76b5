"""The story that furnishes the demo house, on a machine that can draw a paper and on one not."""

from collections import Counter

import pytest
from django.core.management import call_command

from demo import story
from maatwerkplan.models import Maatwerkplan, PartnerAction
from maatwerkplan.states import PlanStatus
from partners.models import Organisation
from tests.situations import user
from veiligheidshuis import pdf
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def plans() -> Counter[str]:
    """How many plans there are of each status, as the two who made them see them."""
    found: Counter[str] = Counter()
    for leader in ("samira", "tom"):
        with acting_as(user(leader).pk):
            found.update(Maatwerkplan.objects.values_list("status", flat=True))
    return found


def test_the_demo_tells_of_plans_that_are_signed_of_one_that_waits_and_of_one_who_stepped_out():
    assert story.tell() is True
    assert plans()[PlanStatus.ONDERTEKEND] == 1
    assert (plans()[PlanStatus.UITGEVALLEN], plans()[PlanStatus.VERVANGEN]) == (1, 1)
    assert plans()[PlanStatus.AANGEBODEN] == 1
    with acting_as(user("samira").pk):
        assert PartnerAction.objects.filter(reports__isnull=False).exists()
    assert story.tell() is False, "a house in which somebody lives is not furnished again"


def test_every_partner_of_the_covenant_can_be_reached():
    """S2: who has no account has a desk with a number, or "bel" is no advice."""
    with acting_as(user("bureau").pk):
        partners = Organisation.objects.exclude(number=None).prefetch_related("contact_points")
        reached = {
            partner.slug: [point.user_id or point.phone for point in partner.contact_points.all()]
            for partner in partners
        }

    assert len(reached) == 20
    assert [slug for slug, ways in reached.items() if not any(ways)] == []


def test_on_a_machine_that_cannot_draw_a_paper_those_plans_wait_for_their_clients(
    monkeypatch, capsys
):
    monkeypatch.setattr(pdf, "unavailable", lambda: "Hier is geen libpango.")

    call_command("load_demo")

    assert plans()[PlanStatus.ONDERTEKEND] == 0
    assert plans()[PlanStatus.AANGEBODEN] == 3
    assert "Op deze computer kan niemand tekenen" in capsys.readouterr().err
