"""The first page of the functionaris gegevensbescherming, and whom he is not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import Case
from privacy.tasks import close_log
from tests import situations
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.tasks import anchor_log_heads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]


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


def closed_days_ago(settings, tmp_path, days, *, shut):
    """Two places with anchors that began so many days ago; closed then, or never."""
    settings.LOG_ANCHOR_DIRS = [str(tmp_path / "hier"), str(tmp_path / "elders")]
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        (close_log if shut else anchor_log_heads).apply(throw=True)
    anchor_log_heads.apply(throw=True)


@pytest.mark.parametrize(
    ("days", "shut", "late"),
    [(30, True, False), (30, False, False), (40, True, True), (100, False, True)],
)
def test_the_fg_sees_on_his_first_page_that_a_month_was_not_closed(
    browse, settings, tmp_path, days, shut, late
):
    """AUD-13: else it stood in the report of the worker alone. A house that just began has time."""
    closed_days_ago(settings, tmp_path, days, shut=shut)

    shown = browse("fg").get("/toezicht/").text

    assert ("langer dan een maand niet afgesloten" in shown) is late


def test_a_closing_in_one_place_alone_does_not_set_him_at_ease(browse, settings, tmp_path):
    closed_days_ago(settings, tmp_path, 100, shut=False)
    settings.LOG_ANCHOR_DIRS, both = settings.LOG_ANCHOR_DIRS[:1], settings.LOG_ANCHOR_DIRS
    close_log.apply(throw=True)
    settings.LOG_ANCHOR_DIRS = both

    assert "niet afgesloten" in browse("fg").get("/toezicht/").text
