"""The story of one client, in a browser, from the police list to a plan that started.

    1. The bedrijfsbureau reads the police list in and opens a prioriteitenlijst.
    2. The partners of the selection meeting rank; an arrow moves a candidate up.
    3. The manager adopts the list and gives the first client an interventiemanager.
    4. She makes the diagnosis over the seven leefgebieden and draws up the plan.
    5. Every partner says in a minute whether it can deliver; who is not asked knows nothing.
    6. The client and she sign exactly what was shown; the start clock runs.
    7. The partner reports the start. The steering group sees a figure, never a name.

Each person has a browser of his own. Every page is looked at with axe (WCAG 2.2 AA); no violation
of the content policy, no request to another host, nothing to scroll sideways for.
"""

import csv
import io
import re
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from demo.clients import COLUMNS, Candidate, invented
from tests.browser.visitor import Visitor

CANDIDATES = invented(3)
START = date.today() + timedelta(days=2)  # noqa: DTZ011 - any day of this week will do
LACKING = {"huisvesting": "3", "gezondheid": "2"}
ACTIONS = [
    (
        "huisvesting",
        "Begeleid wonen",
        "Leger des Heils, Centrum voor Wonen, Zorg en Welzijn",
        False,
    ),
    ("gezondheid", "Behandeling", "Mondriaan Zorggroep (incl. Justitiële Verslavingszorg)", False),
    ("zelfredzaamheid", "Trajectbegeleiding", "Gemeente Heerlen", True),
]
Come = Callable[..., Visitor]


def police_list(candidates: list[Candidate]) -> bytes:
    """The file as the police send it."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(COLUMNS)
    rows.writerows(c.as_row() for c in candidates)
    return text.getvalue().encode()


def test_a_client_travels_from_the_police_list_to_a_plan_that_started(visitor: Come) -> None:
    people = {name: visitor(name) for name in ("bureau", "om", "manager", "samira")}

    the_office_reads_the_list_in(people["bureau"])
    the_office_opens_the_prioriteitenlijst(people["bureau"])
    a_member_moves_a_candidate_up(people["om"])
    a_member_ranks_by_keyboard_alone(people["om"])
    the_office_records_who_came(people["bureau"])
    the_manager_adopts_the_list(people["manager"])
    number = the_first_was_not_admitted_yet(people["manager"])
    the_manager_lets_core_participants_weigh(people["manager"], number)
    for weigher in (people["om"], visitor("ggd")):
        a_core_participant_judges(weigher, number)
    weigher.press("Deze persoon toelaten")
    the_manager_assigns_the_first(people["manager"], number)
    the_member_knows_nothing_any_more(people["om"], number)
    samira = people["samira"]
    she_makes_the_diagnosis(samira, number)
    she_draws_up_the_plan(samira, number)
    she_asks_the_partners(samira, number)
    for partner in ("legerdesheils", "mondriaan", "gemeente"):
        a_partner_answers(visitor(partner))
    a_partner_that_is_not_asked_finds_nothing(visitor("rimo"), number)
    she_offers_the_plan(samira, number)
    they_sign(samira, number)
    a_partner_reports_the_start(visitor("legerdesheils"))
    she_sees_who_started(samira, number)
    the_plan_lies_there_on_paper(samira, number)
    the_manager_sees_no_content(people["manager"], number)
    the_steering_group_sees_no_name(visitor("stuurgroep"))


def the_office_reads_the_list_in(bureau: Visitor) -> None:
    bureau.open("/kandidaten/importeren/")
    bureau.page.set_input_files(
        "[name=bestand]",
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": police_list(CANDIDATES)},
    )
    bureau.press("Lijst bekijken")
    bureau.press("Lijst inlezen")
    assert CANDIDATES[0].person.last_name in bureau.text()


def the_office_opens_the_prioriteitenlijst(bureau: Visitor) -> None:
    bureau.open("/prioriteitenlijst/nieuw/")
    bureau.page.fill("[name=code]", "2026-2")
    today = timezone.localdate()
    bureau.page.fill("[name=meeting_on]", f"{today:%d-%m-%Y}")
    bureau.page.check("[name=start_from][value=leeg]")
    for member in ("Daan Roosen", "Petra Offermans"):
        bureau.page.get_by_label(member).check()
    bureau.press("Lijst starten")
    bureau.open("/prioriteitenlijst/2026-2/kandidaten/")
    for box in bureau.page.locator("[name=candidates]").all():
        box.check()
    bureau.press("Op de lijst zetten")


def a_member_moves_a_candidate_up(om: Visitor) -> None:
    om.open("/prioriteitenlijst/2026-2/")
    names = om.page.locator("vh-sort tbody th")
    second = names.nth(1).inner_text().splitlines()[0]
    with om.page.expect_response(lambda answer: "/verplaatsen/" in answer.url) as moved:
        om.page.get_by_role("button", name=f"{second} een plaats omhoog").click()
        expect(names.nth(0)).to_contain_text(second)
    assert moved.value.status == 204
    om.open("/prioriteitenlijst/2026-2/")
    expect(om.page.locator("vh-sort tbody th").nth(0)).to_contain_text(second)


def a_member_ranks_by_keyboard_alone(om: Visitor) -> None:
    """Tab to the arrow of the last one, Enter; then his place in the field, Enter. WCAG 2.1.1."""
    om.open("/prioriteitenlijst/2026-2/")
    names = om.page.locator("vh-sort tbody th")
    last = names.nth(2).inner_text().splitlines()[0]
    for reached, typed, place in (
        (f"{last} een plaats omhoog", "", 2),
        (f"Plaats voor {last}", "1", 1),
    ):
        tab_to(om, reached)
        with om.page.expect_response(lambda answer: "/verplaatsen/" in answer.url) as moved:
            if typed:
                om.page.keyboard.press("Control+A")
                om.page.keyboard.type(typed)
            om.page.keyboard.press("Enter")
        assert moved.value.status == 204
        expect(names.nth(place - 1)).to_contain_text(last)
        said = om.page.locator("vh-sort [role=status]")
        expect(said).to_have_text(f"{last} staat nu op plaats {place} van 3")
        assert focused(om) == reached, "wie verplaatst, houdt zijn plek op de pagina"
    om.open("/prioriteitenlijst/2026-2/")
    expect(om.page.locator("vh-sort tbody th").nth(0)).to_contain_text(last)


def focused(someone: Visitor) -> str:
    """What stands under his keyboard."""
    return str(someone.page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def tab_to(someone: Visitor, label: str) -> None:
    for _ in range(200):
        if focused(someone) == label:
            return
        someone.page.keyboard.press("Tab")
    pytest.fail(f"met het toetsenbord kom je niet bij ‘{label}’")


def the_office_records_who_came(bureau: Visitor) -> None:
    bureau.open("/prioriteitenlijst/2026-2/overleg/")
    bureau.page.get_by_label("Was er en stelt vast namens Openbaar Ministerie").check()
    bureau.page.get_by_role("group", name="Petra Offermans").get_by_label(
        "Was er", exact=True
    ).check()
    bureau.press("Aanwezigen vastleggen")


def the_manager_adopts_the_list(manager: Visitor) -> None:
    manager.open("/prioriteitenlijst/2026-2/vaststellen/")
    manager.press("Lijst vaststellen")
    assert "vastgesteld" in manager.text()


def the_first_was_not_admitted_yet(manager: Visitor) -> str:
    manager.open("/caseload/")
    manager.follow("Toewijzen", exact=False)
    number = re.search(r"VH-\d{4}-\d{4}", manager.page.url)
    assert number
    assert "nog niet toegelaten" in manager.text()
    return number.group()


def the_manager_lets_core_participants_weigh(manager: Visitor, number: str) -> None:
    manager.open(f"/kandidaten/{number}/laten-wegen/")
    for weigher in ("Daan Roosen", "Petra Offermans"):
        manager.page.get_by_label(weigher).check()
    manager.press("Laten wegen")


def a_core_participant_judges(weigher: Visitor, number: str) -> None:
    weigher.open("/wegingen/")
    weigher.open(f"/wegingen/{number}/")
    for criterion in "abcd":
        weigher.page.check(f"[name=met_{criterion}][value=ja]")
        weigher.page.fill(f"[name=reason_{criterion}]", "Zo zien wij het.")
    weigher.press("Oordeel vastleggen")


def the_manager_assigns_the_first(manager: Visitor, number: str) -> None:
    manager.open(f"/caseload/toewijzen/{number}/")
    manager.page.get_by_label(re.compile("Samira Haddou")).check()
    manager.press("Cliënt toewijzen")


def the_member_knows_nothing_any_more(om: Visitor, number: str) -> None:
    om.open(f"/dossiers/{number}/", status=404)


def she_makes_the_diagnosis(samira: Visitor, number: str) -> None:
    samira.open("/werkvoorraad/")
    samira.open(f"/dossiers/{number}/")
    samira.follow("Diagnose")
    samira.press("Diagnose starten")
    links = samira.page.get_by_role("link", name=re.compile("^Beoordelen"))
    while links.count():
        links.first.click()
        leefgebied = samira.page.url.rstrip("/").split("/")[-1]
        deficit = LACKING.get(leefgebied, "0")
        samira.page.check(f"[name=deficit][value='{deficit}']")
        if deficit != "0":
            samira.page.fill("[name=explanation]", "Zoals besproken in het gesprek.")
            samira.page.check("[name=criminogenic][value=ja]")
        samira.press("Oordeel opslaan")
    samira.page.check("[name=self_reliance][value=niet]")
    samira.press("Oordeel opslaan")
    samira.open(f"/dossiers/{number}/diagnose/vaststellen/")
    samira.press("Diagnose vaststellen")
    assert "Vastgesteld op" in samira.text()


def she_draws_up_the_plan(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/maatwerkplan/")
    samira.press("Plan opstellen")
    assert "Het tekort op huisvesting" in samira.text()
    assert "Neem trajectbegeleiding op in het plan" in samira.text()
    for leefgebied, what, partner, guidance in ACTIONS:
        samira.open(f"/dossiers/{number}/maatwerkplan/acties/nieuw/?leefgebied={leefgebied}")
        samira.page.fill("[name=description]", what)
        samira.page.select_option("[name=organisation]", label=partner)
        samira.page.fill("[name=start_date]", f"{START:%d-%m-%Y}")
        samira.page.fill("[name=end_date]", f"{START + timedelta(weeks=12):%d-%m-%Y}")
        samira.page.check("[name=framework][value=vrijwillig]")
        if guidance:
            samira.page.check("[name=is_guidance]")
        samira.press("Actie opslaan")


def she_asks_the_partners(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/maatwerkplan/leveringscheck/")
    samira.press("Alle vragen versturen")
    assert samira.text().count("Wacht op antwoord") == len(ACTIONS)


def a_partner_answers(partner: Visitor) -> None:
    partner.open("/leveringsvragen/")
    partner.follow("Antwoorden", exact=False)
    partner.page.check("[name=answer][value=ja]")
    partner.press("Antwoord versturen")
    assert "Er wachten geen vragen op uw antwoord" in partner.text()


def a_partner_that_is_not_asked_finds_nothing(partner: Visitor, number: str) -> None:
    partner.open(f"/dossiers/{number}/", status=404)
    partner.open("/leveringsvragen/")
    assert "Er wachten geen vragen" in partner.text()


def she_offers_the_plan(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/aanbod/")
    samira.press("Aanbieden aan cliënt")


def they_sign(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/aanbod/tekenen/")
    assert "Begeleid wonen" in samira.text()
    samira.page.check("[name=keuze][value=ja]")
    draw(samira, 0)
    samira.page.locator("details", has=samira.page.locator("[name=manager_naam]")).locator(
        "summary"
    ).click()
    samira.page.fill("[name=manager_naam]", "Samira Haddou")
    samira.page.check("[name=manager_akkoord]")
    samira.press("Plan tekenen")
    samira.open(f"/dossiers/{number}/maatwerkplan/")
    assert "Plan 1, getekend" in samira.text()


def draw(samira: Visitor, nth: int) -> None:
    """A few strokes with the pen."""
    pad = samira.page.locator("vh-signature canvas").nth(nth)
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, y = box["x"] + 40, box["y"] + box["height"] / 2
    samira.page.mouse.move(x, y)
    samira.page.mouse.down()
    for step in range(12):
        samira.page.mouse.move(x + 12 * step, y + (18 if step % 2 else -18))
    samira.page.mouse.up()


def a_partner_reports_the_start(partner: Visitor) -> None:
    partner.open("/acties/")
    assert "Begeleid wonen" in partner.text()
    partner.page.get_by_role("link", name=re.compile("Begeleid wonen|Start melden")).first.click()
    partner.page.wait_for_load_state()
    partner.look()
    partner.press("Melding versturen")
    assert "Gestart op" in partner.text()


def she_sees_who_started(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/start/")
    assert f"1 van {len(ACTIONS)} acties gestart" in samira.text()
    samira.open("/werkvoorraad/")


def the_plan_lies_there_on_paper(samira: Visitor, number: str) -> None:
    """The worker draws it; that takes a moment. A file leaves the house after a fresh proof."""
    samira.open("/bevestigen/")
    until = time.monotonic() + 60
    answer = samira.page.request.get(f"/dossiers/{number}/plan.pdf")
    while not answer.body().startswith(b"%PDF") and time.monotonic() < until:
        time.sleep(0.5)
        answer = samira.page.request.get(f"/dossiers/{number}/plan.pdf")
    assert answer.body().startswith(b"%PDF")


def the_manager_sees_no_content(manager: Visitor, number: str) -> None:
    manager.open(f"/dossiers/{number}/")
    assert "Begeleid wonen" not in manager.text()
    manager.open(f"/dossiers/{number}/maatwerkplan/", status=404)


def the_steering_group_sees_no_name(stuurgroep: Visitor) -> None:
    stuurgroep.open("/rapportages/")
    for candidate in CANDIDATES:
        assert candidate.person.last_name not in stuurgroep.text()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize(
    ("username", "pages"),
    [
        ("samira", ["/", "/dossiers/", "/vragen-aan-partners/", "/prioriteitenlijst/"]),
        ("legerdesheils", ["/", "/leveringsvragen/", "/kandidaten/aandragen/"]),
        (
            "bureau",
            ["/", "/kandidaten/", "/screening/", "/kandidaten/importeren/", "/prioriteitenlijst/"],
        ),
        ("ggd", ["/wegingen/"]),
        ("manager", ["/", "/caseload/", "/rapportages/"]),
        ("stuurgroep", ["/"]),
        ("bewoner", ["/gebied/gasthuis/"]),
        ("buurtregisseur", ["/meldingen/"]),
        ("", ["/inloggen/", "/gebied/gasthuis/melden/", "/hulp/", "/privacy/"]),
    ],
)
def test_every_home_is_readable_on_every_screen(
    demo_visitor: Come, username: str, pages: list[str], width: int
) -> None:
    somebody = demo_visitor(username, width)

    for path in pages:
        somebody.open(path)
