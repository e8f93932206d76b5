"""A list is one line in the access log, with exactly the dossiers that stand on the page. AUD-03.

No more, or the log says of somebody that he was seen who was not; and no fewer.
"""

import re
from io import BytesIO

import psycopg
from django.urls import reverse
from openpyxl import load_workbook

from cases.models import Prioriteitenlijst
from tests import situations
from tests.house.walk import browser
from veiligheidshuis.needtoknow import acting_as

EXAMPLE = "VH-2006-0907"  # of how to type a number
NUMBER = re.compile(r"VH-\d{4}-\d{4}")


def looked_at(owner: psycopg.Connection, route: str) -> list[set[str]]:
    """The dossiers in each line of this route that shows something."""
    rows = owner.execute(
        "SELECT subjects FROM veiligheidshuis_accesslogentry WHERE route = %s"
        " AND scope <> 'view_justice' AND outcome = 'getoond' ORDER BY id",
        [route],
    )
    return [set(subjects) for (subjects,) in rows if subjects]


def on_the_sheet(content: bytes) -> set[str]:
    cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet for cell in row]
    return {found for cell in cells for found in NUMBER.findall(str(cell.value))}


def test_what_stands_on_a_page_is_what_stands_in_the_log(own_house, owner):
    for _ in range(3):
        situations.put_forward_case(by="ggd")
    for _ in range(2):
        situations.assigned_case(to="samira")
    situations.listed_case()
    with acting_as(situations.user("bureau").pk):
        code = Prioriteitenlijst.objects.newest_first()[0].code

    pages = (
        ("bureau", "cases:candidates", []),
        ("bureau", "cases:search", []),
        ("bureau", "cases:list", [code]),
        ("manager", "cases:caseload", []),
        ("samira", "maatwerkplan:worklist", []),
        ("ggd", "cases:search", []),
    )
    told = {}
    for who, route, arguments in pages:
        before = len(looked_at(owner, route))
        page = browser(who).get(reverse(route, args=arguments))
        shown = set(NUMBER.findall(page.text.split("<main")[1].split("</main")[0]))
        line = set().union(*looked_at(owner, route)[before:])
        shown -= {EXAMPLE}
        told[who, route] = (shown, line)

    assert {page: line - shown for page, (shown, line) in told.items() if line != shown} == {}
    assert min(len(shown) for shown, _ in told.values()) >= 1
    assert len(told["bureau", "cases:search"][0]) == 6


def test_what_stands_in_a_sheet_is_what_stands_in_the_log(own_house, owner):
    situations.listed_case()
    second = situations.listed_case()
    with acting_as(situations.user("bureau").pk):
        code = Prioriteitenlijst.objects.get(plaatsen__case=second).code

    sheet = browser("bureau").get(reverse("cases:list_xlsx", args=[code]))

    (line,) = looked_at(owner, "cases:list_xlsx")
    assert on_the_sheet(sheet.content) == line
    assert len(line) == 2
