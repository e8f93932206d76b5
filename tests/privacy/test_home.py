"""The first page of the functionaris gegevensbescherming, and whom he is not."""

import pytest

from cases.models import Case
from tests import situations
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def test_the_fg_lands_on_his_own_page(browse):
    answer = browse("fg").get("/", follow=True)

    assert answer.redirect_chain[-1][0] == "/toezicht/"
    assert "Is het inzagelogboek heel?" in answer.content.decode()


@pytest.mark.parametrize("who", ["samira", "ggd", "bureau", "manager", "stuurgroep", "bewoner"])
def test_for_everybody_else_the_page_is_not_there(browse, who):
    assert browse(who).get("/toezicht/").status_code == 404


def test_who_supervises_knows_no_case(browse):
    case = situations.put_forward_case()

    with acting_as(situations.user("fg").pk):
        assert not Case.objects.exists()
    assert browse("fg").get(f"/dossiers/{case.number}/").status_code == 404
