"""A list of a street coach is read in, with everything that can be wrong with it. INT-06.

The office chooses a file that is no list, then one in other words; says wrongly which column is
which, then rightly; decides of a doubtful row before it reads the list in, and takes it back.
Every page is looked at with axe, at the width of a telephone.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

LIST = (
    "Naam;Roep;Gebdat;Nationaliteit\r\n"
    "Quaedvlieg;Joost;7-12-1990;Xyz\r\n"
    "Quaedvlieg;Josst;7-12-1990;Xyz\r\n"
    "Lamkin;Piet;31-2-1990;Xyz\r\n"
)


def choose(office: Visitor, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    office.page.set_input_files("[name=bestand]", file)
    office.press("Lijst bekijken")


def test_a_list_with_errors_is_read_in_and_taken_back(visitor: Callable[..., Visitor]) -> None:
    office = visitor("bureau", width=390)
    office.open("/kandidaten/importeren/")
    choose(office, "foto.csv", b"\x00\x01\x02" * 99)
    expect(office.page.locator("[data-error-summary]")).to_contain_text("geen CSV")

    choose(office, "straatcoach.csv", LIST.encode())
    expect(office.page.locator("main")).to_contain_text("De kolom ‘Nationaliteit’ lezen we niet.")
    assert "Xyz" not in office.text()
    office.page.get_by_label("Kolom ‘Naam’").select_option("achternaam")
    office.press("Lijst bekijken")
    summary = office.page.locator("[data-error-summary]")
    expect(summary).to_contain_text("Zeg in welke kolom dit staat: voornaam.")

    office.page.get_by_label("Kolom ‘Roep’").select_option("voornaam")
    office.page.get_by_label("Doelgroep van iedereen").select_option("veelpleger")
    office.press("Lijst bekijken")
    assert "De geboortedatum bestaat niet." in office.text()
    office.press("Weglaten van regel 3")
    assert "Regel 3: weggelaten." in office.text()
    office.press("Lijst inlezen")
    assert "1 nieuw, 0 bekend, 0 twijfelachtig, 2 afgewezen" in office.text()

    office.follow("Lijst terugdraaien")
    office.press("Lijst terugdraaien")
    assert "is teruggedraaid en gewist." in office.text()
    office.open("/kandidaten/")
    assert "Quaedvlieg" not in office.text()
