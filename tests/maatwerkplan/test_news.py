"""What changed around his clients without his doing stands on the first page of who leads them.

A mail names nobody (veiligheid.md LEAK-08), so the page that it leads to says whom it was about.
"""

import pytest

from cases import operations
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
NOTE, WHY = "Bel hem alleen na twaalf uur.", "De opvang belt; niemand is te bereiken."


def told(visitor) -> list[tuple[str, str]]:
    page = visitor.get("/werkvoorraad/")
    shown = page.context["news"]
    assert all(each.case.client.display_name in page.text for each in shown)
    return [(each.what, each.words) for each in shown]


def test_who_took_a_client_over_and_who_let_go_find_him_at_once(browse):
    case = situations.assigned_case(to="samira")
    assert told(browse("samira")) == []
    manager = user("manager")
    with acting_as(manager.pk):
        operations.hand_over(case, user("tom"), note=NOTE, by=manager)

    ((what, words),) = told(browse("tom"))
    assert what.startswith("Overgedragen van Samira Haddou aan Tom")
    assert words == NOTE
    dossier = browse("tom").get(f"/dossiers/{case.number}/").text
    assert "Wie het dossier leidt, en wie dit schreef" in dossier
    ((what, words),) = told(browse("samira"))
    assert "Je leest mee tot en met" in what
    assert words == ""  # what was said to the next one is for him


def test_who_leads_reads_which_dossier_was_opened_in_nood_and_why(browse):
    case, office = situations.assigned_case(to="samira"), user("bureau")
    with acting_as(office.pk):
        operations.break_glass(case, reason=WHY, hours=1, by=office)

    ((what, words),) = told(browse("samira"))
    assert what.startswith(f"In nood geopend door {office}")
    assert words == WHY
    assert told(browse("tom")) == []
