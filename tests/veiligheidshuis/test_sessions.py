"""When a session ends, on which devices somebody is, and what happens with what he was sending."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from cases import access
from cases.models import Case
from demo.people import PASSWORD
from maatwerkplan.models import DeliveryQuestion
from partners import operations
from tests import situations
from tests.entering import SECRETS, log_in
from veiligheidshuis import drafts, factors, needtoknow, sessions
from veiligheidshuis.models import Draft, Session
from veiligheidshuis.tasks import forget_sessions

pytestmark = pytest.mark.django_db
OWN, LIST = "/account/inloggen/", "/dossiers/"


@pytest.fixture
def clock():
    """A clock that stands still until it is moved on."""
    with time_machine.travel(timezone.now(), tick=False) as hands:
        yield lambda **more: hands.shift(timedelta(**more))


def is_in(visitor):
    return visitor.get(LIST).status_code == 200


def test_after_a_quarter_of_an_hour_of_silence_it_is_over(clock, browse):
    """AUTH-08."""
    visitor = browse("samira")
    clock(minutes=15)
    assert is_in(visitor)
    clock(minutes=15, seconds=1)
    assert visitor.get(LIST).url == "/inloggen/?next=/dossiers/"
    assert not is_in(visitor)


def test_who_goes_on_working_stays_in_until_nine_hours_have_passed(clock, browse):
    """AUTH-08."""
    visitor = browse("samira")
    for _ in range(9 * 6 - 1):
        clock(minutes=10)
        assert is_in(visitor)
    clock(minutes=9, seconds=59)
    assert is_in(visitor)
    clock(seconds=2)
    assert not is_in(visitor)


def test_a_fresh_proof_does_not_stretch_the_nine_hours(clock, browse):
    """AUTH-08."""
    visitor = browse("samira")
    for _ in range(9 * 6):
        clock(minutes=10)
        typed = {"code": factors.code_now(SECRETS["samira"])}
        assert visitor.post("/bevestigen/", typed).status_code == 302
    clock(seconds=1)
    assert not is_in(visitor)


def test_a_page_that_refreshes_by_itself_keeps_nobody_in(clock, browse):
    """AUTH-08: polling must not keep alive."""
    visitor = browse("samira")
    for _ in range(3):
        clock(minutes=5)
        assert visitor.get(LIST, HTTP_X_VANZELF="ja").status_code == 200
    clock(seconds=1)
    assert visitor.get(LIST, HTTP_X_VANZELF="ja").status_code == 302


def test_two_windows_of_one_browser_keep_each_other_in(clock, browse):
    """AUTH-08: two tabs."""
    one = browse("samira")
    other = browse()
    other.cookies = one.cookies
    for window in (one, other) * 3:
        clock(minutes=10)
        assert is_in(window)


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(clock, browse):
    visitor = browse("samira")
    clock(minutes=20)

    part = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/werkvoorraad/"}
    answer = visitor.get(LIST, **part)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == "/inloggen/?next=%2Fwerkvoorraad%2F"


def test_who_is_switched_off_is_out_everywhere_and_stays_out_when_switched_on(browse, person):
    """AUTH-09."""
    visitors, office = [browse("ggd"), browse("ggd")], person("bureau")
    for active in (False, True):
        with needtoknow.acting_as(office.pk):
            operations.set_active(person("ggd"), active, by=office)
        assert not any(is_in(visitor) for visitor in visitors)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/account/inloggen/herstelcodes/nieuw/", {}),
        (
            "/account/",
            {"current": PASSWORD, "new": "vier-woorden-op-rij", "again": "vier-woorden-op-rij"},
        ),
    ],
)
def test_another_way_to_log_in_ends_the_sessions_elsewhere(browse, address, typed):
    """AUTH-09."""
    here, elsewhere = browse("samira"), browse("samira")

    assert here.post(address, typed).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_somebody_sees_his_devices_and_logs_out_on_one_of_them(browse):
    """AUTH-10."""
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    work, home = browse(), browse("samira")
    work.defaults["HTTP_USER_AGENT"] = firefox
    log_in(work, "samira")
    log_in(browse(), "tom")

    page = BeautifulSoup(home.get(OWN).content, "html.parser")
    buttons = page.find_all("button", {"aria-label": lambda v: v and v.startswith("Uitloggen op")})
    assert [button["aria-label"] for button in buttons] == ["Uitloggen op Firefox op Windows"]
    address = buttons[0].find_parent("form")["action"]
    assert browse("tom").post(address).status_code == 404
    assert is_in(work)

    assert home.post(address).url == OWN
    assert not is_in(work)
    assert is_in(home)
    assert home.post(address).status_code == 404


def test_somebody_logs_out_everywhere_but_here(browse):
    """AUTH-10."""
    here, others, tom = browse("samira"), [browse("samira"), browse("samira")], browse("tom")

    assert here.post("/account/inloggen/apparaten/uit/").url == OWN
    assert is_in(here)
    assert is_in(tom)
    assert not any(is_in(other) for other in others)


def test_who_logs_out_leaves_no_session_behind(browse, person):
    visitor = browse("samira")
    visitor.post("/uitloggen/")

    assert not Session.objects.filter(user_id=person("samira").pk).exists()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari op iPad",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome op Linux"),
        ("curl/8.5", "Een browser"),
        ("", "Een browser"),
    ],
)
def test_a_device_is_named_in_words_that_somebody_knows(agent, device):
    assert sessions.device_of(agent) == device


# --- what somebody was sending -------------------------------------------------------------------

NOTE = "Hij wil een eigen kamer."


@pytest.fixture
def note_page(db):
    """Where samira writes a note in a dossier of hers."""
    return f"/dossiers/{situations.assigned_case(to='samira').number}/notitie/"


def stopped_while_sending(clock, visitor, page):
    clock(minutes=20)
    typed = {"title": "Gesprek", "text": NOTE, "scope": "know_case"}
    return visitor.post(page, typed | {"eenmalig": "x", "csrfmiddlewaretoken": "geheim"})


def test_what_was_sent_when_the_nine_hours_were_over_is_offered_again(clock, browse, note_page):
    """AUTH-08: what somebody types at the end of a long day, never having been still."""
    visitor = browse("samira")
    for _ in range(9 * 6):
        clock(minutes=10)
        assert is_in(visitor)
    clock(seconds=1)
    typed = {"title": "Gesprek", "text": NOTE, "scope": "know_case"}
    assert visitor.post(note_page, typed).url.startswith("/inloggen/?next=")

    assert log_in(visitor, "samira").url == "/concept/"
    assert NOTE in visitor.get("/concept/").content.decode()


def test_a_device_on_which_the_nine_hours_are_over_is_not_among_his_devices(clock, browse):
    """AUTH-10: its row stays for a while, and nobody is in by it."""
    early = browse("samira")
    for _ in range(9 * 6):
        clock(minutes=10)
        assert is_in(early)
    late = browse("samira")
    clock(seconds=1)

    assert "Uitloggen op" not in late.get(OWN).text
    assert not is_in(early)


def send_on(visitor):
    """Press the button of the page with what was kept."""
    page = BeautifulSoup(visitor.get("/concept/").content, "html.parser")
    form = page.find("input", {"name": drafts.FIELD}).find_parent("form")
    fields = {i["name"]: i["value"] for i in form.find_all("input")}
    return visitor.post(form["action"], fields)


def test_what_was_sent_to_a_session_that_was_over_is_offered_again(clock, browse, note_page):
    """AUTH-08."""
    visitor = browse("samira")
    assert stopped_while_sending(clock, visitor, note_page).url.startswith("/inloggen/?next=")

    assert log_in(visitor, "samira").url == "/concept/"
    assert NOTE in visitor.get("/concept/").content.decode()
    assert send_on(visitor).status_code == 302
    shown = visitor.get(note_page.removesuffix("notitie/")).content.decode()
    assert NOTE in shown
    assert visitor.get("/concept/").status_code == 404


def test_it_is_his_alone_and_encrypted(clock, browse, note_page, person, owner):
    visitor = browse("samira")
    stopped_while_sending(clock, visitor, note_page)

    assert log_in(browse(), "tom").url == "/"
    assert browse("bureau").get("/concept/").status_code == 404
    with needtoknow.acting_as(person("tom").pk):
        assert not Draft.objects.exists()
    with needtoknow.acting_as(person("samira").pk):
        (kept,) = Draft.objects.all()
        assert NOTE not in kept.fields
        assert {"title", "text", "scope"} == dict(drafts.newest().fields).keys()


def test_it_says_which_form_it_was_and_about_whom_while_one_may_know(clock, browse, note_page):
    visitor, number = browse("samira"), note_page.split("/")[2]
    stopped_while_sending(clock, visitor, note_page)
    log_in(visitor, "samira")
    with needtoknow.acting_as(situations.user("manager").pk):
        case = Case.objects.select_related("client").get(number=number)

    known = visitor.get("/concept/").text
    with needtoknow.acting_as(situations.user("manager").pk):
        access.bar(case, situations.user("samira"), "buurvrouw")
    hidden = visitor.get("/concept/").text

    for page in (known, hidden):
        assert "<dd>Notitie</dd>" in page
    assert f"{case.client}, dossier {number}" in known
    assert "<dt>Over</dt>" not in hidden
    assert str(case.client) not in hidden


def test_a_partner_reads_of_which_client_his_unsent_answer_was(clock, browse):
    plan = situations.asked_plan()
    partner = situations.user("legerdesheils")
    with needtoknow.acting_as(partner.pk):
        question = DeliveryQuestion.objects.open().select_related("case__client").get(plan=plan)
    visitor = browse("legerdesheils")
    clock(minutes=20)
    visitor.post(f"/leveringsvragen/{question.pk}/", {"answer": "nee", "reason": "Geen plek vrij."})
    log_in(visitor, "legerdesheils")

    shown = visitor.get("/concept/").text

    assert "<dd>Leveringsvragen</dd>" in shown
    assert f"{question.case.client}, dossier {question.case.number}" in shown


def test_it_can_be_thrown_away(clock, browse, note_page):
    visitor = browse("samira")
    stopped_while_sending(clock, visitor, note_page)
    log_in(visitor, "samira")
    page = BeautifulSoup(visitor.get("/concept/").content, "html.parser")

    visitor.post("/concept/", {"weg": page.find("input", {"name": "weg"})["value"]})
    assert visitor.get("/concept/").status_code == 404


def test_after_a_day_it_is_gone(clock, browse, note_page):
    visitor = browse("samira")
    stopped_while_sending(clock, visitor, note_page)
    clock(hours=24, seconds=1)

    assert log_in(visitor, "samira").url != "/concept/"


@pytest.mark.parametrize("page", ["/account/", "/account/inloggen/passkey/", "/bevestigen/"])
def test_a_password_or_a_code_is_never_kept(clock, browse, page, person):
    visitor = browse("samira")
    stopped_while_sending(clock, visitor, page)

    with needtoknow.acting_as(person("samira").pk):
        assert not Draft.objects.exists()


def test_nothing_is_kept_of_a_stranger(browse, note_page, person):
    browse().post(note_page, {"text": NOTE})

    with needtoknow.acting_as(person("samira").pk):
        assert not Draft.objects.exists()


def test_the_clock_takes_away_what_is_over(clock, browse, note_page, person):
    stopped_while_sending(clock, browse("samira"), note_page)
    clock(hours=-48)  # rows of two days ago, by the clock of the database
    stopped_while_sending(clock, browse("samira"), note_page)
    browse("tom")
    with needtoknow.acting_as(person("samira").pk):
        assert Draft.objects.count() == 2

    assert forget_sessions() == 2
    with needtoknow.acting_as(person("samira").pk):
        assert Draft.objects.count() == 1
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()
