"""The page of a diagnosis: seven leefgebieden, each with its judgement."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases import operations
from tests import situations
from veiligheidshuis.needtoknow import acting_as


@pytest.mark.django_db
def test_where_there_is_no_deficit_nothing_is_said_of_what_it_goes_with(browse):
    """What is not known yet, the column of the deficit says; this one has a dash."""
    case, leader = situations.diagnosis_case(), situations.user("samira")
    with acting_as(leader.pk):
        for leefgebied, deficit in (("huisvesting", 2), ("werk_inkomen", 0)):
            operations.judge(
                case,
                leefgebied,
                deficit=deficit,
                explanation="Zoals besproken.",
                criminogenic=True if deficit else None,
                by=leader,
            )

    page = browse("samira").get(reverse("cases:diagnosis", args=[case.number]))
    cells = BeautifulSoup(page.text, "html.parser").select("td[data-kop='Delict of overlast']")

    assert sorted(cell.text for cell in cells) == sorted(["hangt samen", *["–"] * 6])
