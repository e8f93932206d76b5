"""The story of one client, in a browser, from the police list to a plan that started.

    1. The bedrijfsbureau reads the police list in and opens a prioriteitenlijst.
    2. The partners of the selection meeting rank; an arrow moves a candidate up.
    3. Core participants admit who stands on it; the manager adopts the list and gives the first
       client an interventiemanager.
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
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from demo.clients import COLUMNS, Candidate, invented
from tests.browser.visitor import Visitor

# Of another dice than those of the demo house, so that nobody there is like them.
CANDIDATES, OTHERS = invented(4, seed=7), invented(2, seed=11)
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
    travel(visitor)


@pytest.mark.nightly
def test_the_same_client_travels_through_the_demo_house(demo_visitor: Come) -> None:
    """Among everybody who is there already, in the house as `./run` furnishes it."""
    travel(demo_visitor)


def travel(come: Come) -> None:
    """From the list of the police to a plan that started, by ten people."""
    people = {name: come(name) for name in ("bureau", "om", "manager", "samira")}
    samira, manager = people["samira"], people["manager"]

    the_office_reads_the_list_in(people["bureau"], CANDIDATES)
    code = the_office_opens_the_prioriteitenlijst(people["bureau"], CANDIDATES)
    a_member_moves_a_candidate_up(people["om"], code)
    a_member_drags_a_candidate(people["om"], code)
    name = a_member_ranks_by_keyboard_alone(people["om"], code)
    the_office_records_who_came(people["bureau"], code)
    numbers = the_list_waits_for_who_was_not_admitted(manager, code, len(CANDIDATES))
    core_participants_admit(manager, [people["om"], come("ggd")], numbers)
    the_manager_adopts_the_list(manager, code)
    number = the_first_of_the_list(manager, name)
    the_manager_assigns_the_first(manager, number)
    the_member_knows_nothing_any_more(people["om"], number)
    she_makes_the_diagnosis(samira, number)
    she_draws_up_the_plan(samira, number)
    she_asks_the_partners(samira, number)
    for partner in ("legerdesheils", "mondriaan", "gemeente"):
        a_partner_answers(come(partner), name)
    a_partner_that_is_not_asked_finds_nothing(come("rimo"), number, name)
    she_offers_the_plan(samira, number)
    they_sign(samira, number, name)
    a_partner_reports_the_start(come("legerdesheils"), number)
    she_sees_who_started(samira, number)
    the_plan_lies_there_on_paper(samira, number)
    the_manager_sees_no_content(manager, number)
    the_steering_group_sees_no_name(come("stuurgroep"))


@pytest.mark.nightly
def test_a_client_travels_as_far_without_any_script(visitor: Come) -> None:
    """Issue 2 §5: everything essential works as plain pages and forms. Who cannot draw, types."""

    def plainly(name: str) -> Visitor:
        return visitor(name, script=False)

    bureau, manager, samira = plainly("bureau"), plainly("manager"), plainly("samira")
    the_office_reads_the_list_in(bureau, OTHERS)
    code = the_office_opens_the_prioriteitenlijst(bureau, OTHERS)
    name = a_member_moves_by_a_plain_button(plainly("om"), code)
    the_office_records_who_came(bureau, code)
    numbers = the_list_waits_for_who_was_not_admitted(manager, code, len(OTHERS))
    core_participants_admit(manager, [plainly("om"), plainly("ggd")], numbers)
    the_manager_adopts_the_list(manager, code)
    number = the_first_of_the_list(manager, name)
    the_manager_assigns_the_first(manager, number)
    she_makes_the_diagnosis(samira, number)
    she_draws_up_the_plan(samira, number)
    she_asks_the_partners(samira, number)
    for partner in ("legerdesheils", "mondriaan", "gemeente"):
        a_partner_answers(plainly(partner), name)
    she_offers_the_plan(samira, number)
    they_sign(samira, number, name)
    a_partner_reports_the_start(plainly("legerdesheils"), number)
    she_sees_who_started(samira, number)


def the_office_reads_the_list_in(bureau: Visitor, candidates: list[Candidate]) -> None:
    bureau.open("/kandidaten/importeren/")
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": police_list(candidates)}
    bureau.page.set_input_files("[name=bestand]", file)
    bureau.press("Lijst bekijken")
    bureau.press("Lijst inlezen")
    for candidate in candidates:
        assert candidate.person.last_name in bureau.text()


def the_office_opens_the_prioriteitenlijst(bureau: Visitor, candidates: list[Candidate]) -> str:
    """The mark of the new list, as the page proposes it."""
    bureau.open("/prioriteitenlijst/nieuw/")
    code = bureau.page.input_value("[name=code]")
    today = timezone.localdate()
    bureau.page.fill("[name=meeting_on]", f"{today:%d-%m-%Y}")
    bureau.page.check("[name=start_from][value=leeg]")
    for member in ("Daan Roosen", "Petra Offermans"):
        bureau.page.get_by_label(member).check()
    bureau.press("Lijst starten")
    bureau.open(f"/prioriteitenlijst/{code}/kandidaten/")
    for candidate in candidates:
        bureau.page.get_by_label(called(candidate)).check()
    bureau.press("Op de lijst zetten")
    return code


def called(candidate: Candidate) -> str:
    """His name as the pages write it."""
    person = candidate.person
    return " ".join(filter(None, (person.first_name, person.name_prefix, person.last_name)))


def ranked(om: Visitor) -> list[str]:
    """Who stand on the list, from the first to the last."""
    return [row.splitlines()[0] for row in om.page.locator("vh-sort tbody th").all_inner_texts()]


def a_member_moves_a_candidate_up(om: Visitor, code: str) -> None:
    om.open(f"/prioriteitenlijst/{code}/")
    first, second, *others = ranked(om)
    with om.page.expect_response(lambda answer: "/verplaatsen/" in answer.url) as moved:
        om.page.get_by_role("button", name=f"{second} een plaats omhoog").click()
    assert moved.value.status == 204
    om.open(f"/prioriteitenlijst/{code}/")
    assert ranked(om) == [second, first, *others]


def a_member_moves_by_a_plain_button(om: Visitor, code: str) -> str:
    """The page comes anew, with the other on top; who that is."""
    om.open(f"/prioriteitenlijst/{code}/")
    first, second = ranked(om)
    om.press(f"{second} een plaats omhoog")
    om.open(f"/prioriteitenlijst/{code}/")
    assert ranked(om) == [second, first]
    return second


def a_member_drags_a_candidate(om: Visitor, code: str) -> None:
    """By his grip, on to the first: two places at once; and three, of which the page asks why."""
    om.open(f"/prioriteitenlijst/{code}/")
    first, second, third, fourth = ranked(om)
    rows = om.page.locator("vh-sort tbody tr")
    with om.page.expect_response(lambda answer: "/verplaatsen/" in answer.url) as moved:
        rows.nth(2).locator("[data-greep]").drag_to(rows.nth(0))
    assert moved.value.status == 204
    said = om.page.locator("vh-sort [role=status]")
    expect(said).to_have_text(f"{third} staat nu op plaats 1 van 4")
    rows.nth(3).locator("[data-greep]").drag_to(rows.nth(0))
    om.page.wait_for_url("**/verplaatsen/**")
    om.look()
    om.page.fill("[name=reden]", "Slaapt sinds deze week buiten.")
    om.press("Kandidaat verplaatsen")
    om.open(f"/prioriteitenlijst/{code}/")
    assert ranked(om) == [fourth, third, first, second]


def a_member_ranks_by_keyboard_alone(om: Visitor, code: str) -> str:
    """Tab to the arrow of the last one, Enter; then his place in the field, Enter. WCAG 2.1.1.

    Who is the first in the end.
    """
    om.open(f"/prioriteitenlijst/{code}/")
    names = om.page.locator("vh-sort tbody th")
    last = ranked(om)[2]
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
        expect(said).to_have_text(f"{last} staat nu op plaats {place} van 4")
        assert focused(om) == reached, "wie verplaatst, houdt zijn plek op de pagina"
    om.open(f"/prioriteitenlijst/{code}/")
    assert ranked(om)[0] == last
    return last


def focused(someone: Visitor) -> str:
    """What stands under his keyboard."""
    return str(someone.page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def tab_to(someone: Visitor, label: str) -> None:
    for _ in range(200):
        if focused(someone) == label:
            return
        someone.page.keyboard.press("Tab")
    pytest.fail(f"met het toetsenbord kom je niet bij ‘{label}’")


def the_office_records_who_came(bureau: Visitor, code: str) -> None:
    bureau.open(f"/prioriteitenlijst/{code}/overleg/")
    bureau.page.get_by_label("Was er en stelt vast namens Openbaar Ministerie").check()
    bureau.page.get_by_role("group", name="Petra Offermans").get_by_label(
        "Was er", exact=True
    ).check()
    bureau.press("Aanwezigen vastleggen")


def the_manager_adopts_the_list(manager: Visitor, code: str) -> None:
    manager.open(f"/prioriteitenlijst/{code}/vaststellen/")
    manager.press("Lijst vaststellen")
    assert "vastgesteld" in manager.text()


def the_list_waits_for_who_was_not_admitted(
    manager: Visitor, code: str, candidates: int
) -> list[str]:
    """The list of the police is weighed as well, one by one: the numbers of their dossiers."""
    manager.open(f"/prioriteitenlijst/{code}/vaststellen/")
    ways = manager.page.locator("a[href$='/laten-wegen/']")
    numbers = [re.search(r"VH-\d{4}-\d{4}", str(way.get_attribute("href"))) for way in ways.all()]
    found = [number.group() for number in numbers if number]
    assert len(found) == candidates
    return found


def the_first_of_the_list(manager: Visitor, name: str) -> str:
    """The number of his dossier."""
    manager.open("/caseload/")
    manager.follow(f": {name}", exact=False)
    number = re.search(r"VH-\d{4}-\d{4}", manager.page.url)
    assert number
    assert "nog niet toegelaten" not in manager.text()
    return number.group()


def core_participants_admit(
    manager: Visitor, weighers: list[Visitor], numbers: Sequence[str]
) -> None:
    """Two of different chains judge; the second writes the decision down."""
    for number in numbers:
        manager.open(f"/kandidaten/{number}/laten-wegen/")
        for weigher in ("Daan Roosen", "Petra Offermans"):
            manager.page.get_by_label(weigher).check()
        manager.press("Laten wegen")
        for judge in weighers:
            a_core_participant_judges(judge, number)
        weighers[-1].press("Deze persoon toelaten")


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
    samira.page.check("[name=interview][value=gehouden]")
    samira.page.fill("[name=interview_on]", "1-11-2025")
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


def a_partner_answers(partner: Visitor, name: str) -> None:
    partner.open("/leveringsvragen/")
    partner.follow(f"voor {name}", exact=False)
    partner.page.check("[name=answer][value=ja]")
    partner.press("Antwoord versturen")
    open_questions = partner.page.get_by_role("link", name=re.compile(f"^Antwoorden.* {name}$"))
    expect(open_questions).to_have_count(0)


def a_partner_that_is_not_asked_finds_nothing(partner: Visitor, number: str, name: str) -> None:
    partner.open(f"/dossiers/{number}/", status=404)
    partner.open("/leveringsvragen/")
    assert name not in partner.text()


def she_offers_the_plan(samira: Visitor, number: str) -> None:
    samira.open(f"/dossiers/{number}/aanbod/")
    samira.press("Aanbieden aan cliënt")


def they_sign(samira: Visitor, number: str, name: str) -> None:
    samira.open(f"/dossiers/{number}/aanbod/tekenen/")
    assert "Begeleid wonen" in samira.text()
    samira.page.check("[name=keuze][value=ja]")
    if samira.script:
        draw(samira, 0)
    else:
        type_the_name(samira, "client", name)
    type_the_name(samira, "manager", "Samira Haddou")
    if samira.script:
        the_connection_is_lost_and_comes_back(samira)
    else:
        samira.press("Mijn keuze versturen")
    assert "Uw plan is getekend" in samira.text()
    the_client_does_not_get_back_into_the_house(samira, number, name)
    samira.open(f"/dossiers/{number}/maatwerkplan/")
    assert "Plan 1, getekend" in samira.text()


def type_the_name(samira: Visitor, party: str, name: str) -> None:
    """Who does not draw opens the field beside it."""
    field = samira.page.locator(f"[name={party}_naam]")
    samira.page.locator("details", has=field).locator("summary").click()
    field.fill(name)
    samira.page.check(f"[name={party}_akkoord]")


def the_connection_is_lost_and_comes_back(samira: Visitor) -> None:
    """Nothing that was drawn is lost, and once there is a connection it is sent by itself."""
    page = samira.page
    expect(page.get_by_role("alert")).to_have_count(0)
    page.context.set_offline(True)
    page.get_by_role("button", name="Mijn keuze versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("nog niet verstuurd. Ga niet weg.")
    samira.look()
    assert "strokes" in page.input_value("[name=client_tekening]")
    page.context.set_offline(False)
    page.wait_for_url("**/tablet/bedankt/")
    samira.look()


def the_client_does_not_get_back_into_the_house(samira: Visitor, number: str, name: str) -> None:
    """The button Back and a typed address ask the code; only her code takes the tablet back."""
    for way in (samira.page.go_back, lambda: samira.page.goto(f"/dossiers/{number}/")):
        way()
        samira.page.wait_for_load_state()
        assert name not in samira.page.inner_text("body")
        assert samira.page.url.endswith("/tablet/bedankt/") or "/bevestigen/" in samira.page.url
    samira.look()
    samira.open("/")
    assert "Startklok" in samira.text()


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


def a_partner_reports_the_start(partner: Visitor, number: str) -> None:
    partner.open("/acties/")
    mine = partner.page.get_by_role("listitem").filter(has_text=f"dossier {number}")
    expect(mine).to_contain_text("Begeleid wonen")
    mine.get_by_role("link", name=re.compile("^Start melden")).click()
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
