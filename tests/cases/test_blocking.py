"""The emergency stop: who must be out now is out now, and his clients do not fall. REG-08."""

import pytest
from django.urls import reverse

from cases.models import Basis, Participation
from tests import situations
from tests.entering import first_step
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role

pytestmark = pytest.mark.django_db
OVERVIEW = reverse("cases:overview")


def page(who):
    return reverse("partners:user_block", args=[user(who).pk])


def told():
    with acting_in_role("post"):
        rows = OutboxMail.objects.filter(kind="spoedstop")
        return list(rows.values_list("recipient_id", flat=True))


def test_who_leads_clients_is_out_at_once_and_the_manager_reads_who_waits(browse):
    situations.assigned_case(to="samira")
    leader, office, manager = browse("samira"), browse("bureau"), browse("manager")
    assert page("samira") in office.get(reverse("partners:user_off", args=[user("samira").pk])).text
    assert "kan nu niet werken" not in manager.get(OVERVIEW).text

    assert office.post(page("samira"), {"reason": "kwijt"}).status_code == 302

    assert leader.get("/dossiers/").status_code == 302
    assert first_step(browse(), "samira").status_code == 422
    shown = manager.get(OVERVIEW).text
    assert "Samira Haddou kan nu niet werken" in shown
    assert "1 cliënt wacht op een andere interventiemanager" in shown
    assert reverse("cases:hand_over_all", args=[user("samira").pk]) in shown
    assert told() == [user("manager").pk]


def test_after_the_hand_over_nobody_waits_and_who_was_blocked_reads_nothing_on(browse):
    case = situations.assigned_case(to="samira")
    office, manager = browse("bureau"), browse("manager")
    office.post(page("samira"), {"reason": "misbruik"})
    way = reverse("cases:hand_over_all", args=[user("samira").pk])
    assert "kan niet inloggen en leest niet mee" in manager.get(way).text

    assert manager.post(way, {case.number: user("tom").pk}).status_code == 302

    assert "kan nu niet werken" not in manager.get(OVERVIEW).text
    with acting_as(user("manager").pk):
        rows = Participation.objects.filter(content_object=case, basis=Basis.OVERDRACHT)
        assert not rows.exists()
    office.post(reverse("partners:user_on", args=[user("samira").pk]))
    assert browse("samira").get(f"/dossiers/{case.number}/").status_code == 404


def test_who_leads_nobody_is_blocked_without_troubling_the_manager(browse):
    assert browse("bureau").post(page("ggd"), {"reason": "weg"}).status_code == 302
    assert told() == []
    assert not user("ggd").is_active


def test_it_asks_why_and_stands_in_the_log_and_is_done_once(browse, owner):
    office = browse("bureau")
    assert office.post(page("ggd"), {}).status_code == 422
    assert user("ggd").is_active
    office.post(page("ggd"), {"reason": "weg"})
    assert office.post(page("ggd"), {"reason": "weg"}).status_code == 409
    assert "staat al uit" in office.get(page("ggd")).text

    lines = owner.execute(
        "SELECT ground, outcome FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'partners:user_block' AND ground <> '' ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert lines == [
        ("inloggen geblokkeerd: weg", "geweigerd"),
        ("inloggen geblokkeerd: weg", "gedaan"),
    ]


def test_the_last_of_the_office_is_not_blocked(browse):
    office = browse("bureau")
    assert office.post(page("bureau"), {"reason": "kwijt"}).status_code == 409
    assert office.get("/dossiers/").status_code == 200
