"""What leaves the house in a file holds what its taker may know, in every corner of the file.

A PDF is read as a whole: the pages, what it says about itself, what is attached, and every earlier
revision that lies under a seal. A sheet is read part by part. LEAK-09, LEAK-10.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.urls import reverse

from cases import operations as casework
from cases.models import Case, Prioriteitenlijst, Scope
from maatwerkplan import tasks
from tests import situations
from tests.cases.test_dry_run import let_in
from tests.cases.test_victims import victim_of
from tests.house.walk import browser
from tests.maatwerkplan.reading import words_of
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.whole  # draws and seals papers

BSN, VICTIM = "123456782", "Mevrouw Kanarie"
END = re.compile(rb"%%EOF\r?\n?")


def everything_in(pdf: bytes) -> str:
    """Every word of it, of the revisions under it as well."""
    ends = [found.end() for found in END.finditer(pdf)]
    return " ".join(part for end in ends for part in parts_of(pdf[:end]))


def parts_of(revision: bytes) -> Iterator[str]:
    yield words_of(revision)
    with pikepdf.open(BytesIO(revision)) as document:
        yield from (str(value) for value in document.docinfo.values())
        if "/Metadata" in document.Root:
            yield document.Root.Metadata.read_bytes().decode()
        for name, attached in document.attachments.items():
            yield f"{name} {attached.get_file().read_bytes().decode()}"
        for each in document.objects:
            if not isinstance(each, pikepdf.Stream):
                yield each.unparse().decode(errors="replace")


def everything_in_sheet(workbook: bytes) -> str:
    """All of its parts: sheets, notes, names, and what it says about itself."""
    with ZipFile(BytesIO(workbook)) as parts:
        return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_a_plan_holds_no_more_than_the_client_read(own_house):
    """Not the BSN, a victim, or what was judged about him; not under the seal either."""
    case = situations.planned_case(bsn=BSN)
    victim_of(case, VICTIM)
    plan = situations.signed_plan()
    other = plan.case
    victim_of(other, VICTIM)
    assert tasks.draw_plan(str(plan.pk), as_user=situations.user("samira").pk)

    pdf = browser("samira").get(reverse("maatwerkplan:pdf", args=[other.number])).content

    held = everything_in(pdf)
    assert other.client.last_name in held
    assert len(END.findall(pdf)) > 1  # there is something under the seal
    for secret in (BSN, VICTIM, "Zoals besproken in het gesprek", case.number):
        assert secret not in held, secret


@pytest.fixture
def hidden(own_house: str) -> Case:
    """One of two on an adopted list, from whom the bedrijfsbureau is barred."""
    found = situations.listed_case(last_name="Verborgen")
    situations.listed_case(last_name="Getoond")
    manager = situations.user("manager")
    with acting_as(manager.pk):
        casework.bar(found, situations.user("bureau"), reason="zwager", by=manager)
    return found


@pytest.mark.parametrize(
    ("route", "read"),
    [("cases:list_pdf", everything_in), ("cases:list_xlsx", everything_in_sheet)],
)
def test_a_list_holds_nobody_whom_its_taker_may_not_know(hidden, route, read):
    with acting_as(situations.user("bureau").pk):
        code = Prioriteitenlijst.objects.newest_first()[0].code

    held = read(browser("bureau").get(reverse(route, args=[code])).content)

    assert "Getoond" in held
    assert "Verborgen" not in held
    assert hidden.number not in held


def test_what_a_client_gets_names_organisations_and_nobody(own_house):
    """AVG 15: who looked is his to know, by organisation; no colleague, and no other dossier."""
    case = situations.assigned_case()
    other = situations.put_forward_case(by="ggd", last_name="Anderman")
    with acting_as(situations.user("samira").pk):
        let_in(case, "ggd", Scope.VIEW_HUISVESTING)
    for mine in (case, other):
        browser("ggd").get(reverse("cases:detail", args=[mine.number]))
    browser("samira").get(reverse("cases:detail", args=[case.number]))

    address = reverse("privacy:overview_pdf", args=[case.number])
    held = everything_in(browser("samira").get(address).content)

    assert "GGD" in held
    for name in ("Petra", "Offermans", "Haddou", other.number, "Anderman"):
        assert name not in held, name
