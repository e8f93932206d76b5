"""The start clock of who leads, and the actions of who carries them out."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind, ProgressReport
from tests import situations
from tests.maatwerkplan.asking import asked_by
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TWO = (
    ("huisvesting", "Begeleid wonen", "leger-des-heils"),
    ("gezondheid", "Behandeling", "mondriaan"),
)
BY_PHONE = ("huisvesting", "Opvang", "tracee")


def dutch(day) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def told(**changes) -> dict[str, str]:
    filled = {
        "kind": "start",
        "happened_on": dutch(timezone.localdate()),
        "text": "De eerste afspraak is geweest.",
        "eenmalig": new_key(),
    }
    return filled | changes


def action_of(plan, slug="leger-des-heils") -> PartnerAction:
    with acting_as(user("samira").pk):
        return plan.partner_actions.select_related("organisation").get(organisation__slug=slug)


def reports_of(plan) -> list[str]:
    with acting_as(user("samira").pk):
        reports = ProgressReport.objects.filter(action__plan=plan).order_by("recorded_at")
        return list(reports.values_list("kind", flat=True))


def offered_days_ago(plan, days) -> None:
    """Let the week run: the plan was offered that many days ago."""
    with acting_as(user("samira").pk):
        then = timezone.now() - timedelta(days=days)
        Maatwerkplan.objects.filter(pk=plan.pk).update(offered_at=then)


@pytest.mark.parametrize(
    ("away", "title", "ring"),
    [(0, "Nog te gaan", "7 dagen"), (7, "Nog te gaan", "vandaag"), (9, "Te laat", "2 dagen")],
)
def test_the_start_clock_says_once_how_long_there_is(browse, away, title, ring):
    plan = situations.signed_plan()
    offered_days_ago(plan, away)

    page = browse("samira").get(f"/dossiers/{plan.case.number}/start/")

    clock = BeautifulSoup(page.content, "html.parser").select_one("[aria-labelledby=klok]")
    assert clock.h2.text == title
    assert " ".join(word.text for word in clock.select(".vh-ring text")) == ring
    assert not clock.select(".vh-badge")


def by_phone_plan() -> Maatwerkplan:
    """A signed plan with a partner that has no account: everything by telephone."""
    plan, samira = situations.asked_plan(BY_PHONE), user("samira")
    with acting_as(samira.pk):
        question = plan.partner_actions.get().questions.get()
        operations.record_answer(question, **situations.told_by_phone())
        text = operations.offer(plan, by=samira)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name="Samira Haddou",
            shown_sha256=text.sha256,
            by=samira,
        )
    return plan


# --- the partner ------------------------------------------------------------------------------


def test_a_partner_finds_his_own_action_and_nobody_elses(browse):
    plan = situations.signed_plan(*TWO)
    own, other = action_of(plan), action_of(plan, "mondriaan")
    partner = browse("legerdesheils")

    html = partner.get("/acties/").content.decode()

    assert "Begeleid wonen" in html
    assert "Behandeling" not in html
    assert partner.get(f"/acties/{own.pk}/").status_code == 200
    hidden = partner.get(f"/acties/{other.pk}/")
    absent = partner.get(f"/acties/{new_key()}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
    assert partner.post(f"/acties/{other.pk}/", told()).status_code == 404
    assert reports_of(plan) == []


def test_nobody_but_a_partner_has_this_first_page(browse):
    assert browse().get("/acties/").status_code == 302
    assert browse("samira").get("/acties/").status_code == 404
    assert browse("stuurgroep").get("/acties/").status_code == 404


def test_open_questions_stand_above_the_actions(browse):
    situations.signed_plan(*TWO)
    situations.asked_plan(("huisvesting", "Nachtopvang", "leger-des-heils"))

    html = browse("legerdesheils").get("/acties/").content.decode()

    assert html.index("Nachtopvang") < html.index("Begeleid wonen")
    assert "Antwoorden" in html


def test_an_action_of_a_plan_that_nobody_signed_is_not_there_yet(browse):
    plan = situations.offered_plan()

    partner = browse("legerdesheils")

    assert "Geen acties uit een plan." in partner.get("/acties/").content.decode()
    assert partner.get(f"/acties/{action_of(plan).pk}/").status_code == 404


def test_a_start_is_reported_once_however_often_it_is_sent(browse):
    plan = situations.signed_plan()
    own, partner, form = action_of(plan), browse("legerdesheils"), told()

    first, second = (partner.post(f"/acties/{own.pk}/", form) for _ in range(2))
    third = partner.post(f"/acties/{own.pk}/", told())

    assert first.url == second.url == "/acties/"
    assert third.status_code == 409
    assert "De start is al gemeld." in third.content.decode()
    assert "De eerste afspraak is geweest." in third.content.decode()
    assert reports_of(plan) == ["start"]


def test_after_the_start_comes_progress_and_then_the_end_and_then_nothing(browse):
    plan = situations.signed_plan()
    own, partner = action_of(plan), browse("legerdesheils")
    path = f"/acties/{own.pk}/"

    early = partner.post(path, told(kind="voortgang"))
    for kind in ("start", "voortgang", "gestopt"):
        report = told(kind=kind, text="De kamer is weg.")
        assert partner.post(path, report).status_code == 302, kind
    late = partner.post(path, told(kind="voortgang"))

    assert [o.code for o in early.context["obstacles"]] == ["not_started"]
    assert [o.code for o in late.context["obstacles"]] == ["ended_already"]
    assert reports_of(plan) == ["start", "voortgang", "gestopt"]
    assert "Gestopt op" in partner.get("/acties/").content.decode()


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"happened_on": "morgen"}, 422, "Schrijf de datum als dag-maand-jaar"),
        ({"happened_on": "1-1-2020"}, 409, "Kies die dag of later."),
        ({"happened_on": "1-1-2099"}, 409, "ligt in de toekomst"),
        ({"kind": "klaar"}, 422, "Kies hoe het ervoor staat."),
        ({"kind": ""}, 422, "Kies hoe het ervoor staat."),
        ({"text": "x" * 10_000}, 422, "Maak hem korter"),
        ({"text": "a\x00b"}, 422, "onzichtbaar teken"),
    ],
)
def test_a_report_with_a_mistake_says_how_to_mend_it(browse, changes, status, says):
    plan = situations.signed_plan()

    answer = browse("legerdesheils").post(f"/acties/{action_of(plan).pk}/", told(**changes))

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert reports_of(plan) == []


def test_who_is_late_stands_above_who_is_not(browse):
    late = situations.signed_plan(("huisvesting", "Kamer", "leger-des-heils"))
    situations.signed_plan(("huisvesting", "Nachtopvang", "leger-des-heils"))
    offered_days_ago(late, 8)

    html = browse("legerdesheils").get("/acties/").content.decode()

    assert html.index("Kamer voor") < html.index("Nachtopvang voor")
    assert "Niet gestart: 1 dag te laat" in html


def test_the_page_of_a_partner_asks_no_more_however_much_he_does(browse):
    partner = browse("legerdesheils")
    situations.signed_plan()
    situations.asked_plan()
    few = asked_by(partner, "/acties/")
    for _ in range(2):
        situations.signed_plan()
        situations.asked_plan()

    assert len(asked_by(partner, "/acties/")) == len(few)
    assert len(few) <= 8


def test_the_clock_asks_no_more_for_four_partners_than_for_one(browse):
    one = situations.signed_plan()
    four = situations.signed_plan(
        *TWO,
        ("educatie", "Cursus", "rimo-parkstad"),
        ("schuldsanering", "Budget", "ggd-zuid-limburg"),
    )
    samira = browse("samira")

    few = asked_by(samira, f"/dossiers/{one.case.number}/start/")

    assert len(asked_by(samira, f"/dossiers/{four.case.number}/start/")) == len(few)
    assert len(few) <= 12


def test_every_form_bears_its_token_and_its_key(browse):
    plan, offered = by_phone_plan(), situations.offered_plan()
    other, drawing = situations.signed_plan(), situations.asked_plan()
    situations.answer_all(drawing)
    pages = {
        "samira": [
            f"/dossiers/{plan.case.number}/start/{action_of(plan, 'tracee').pk}/",
            f"/dossiers/{plan.case.number}/plan.pdf",
            f"/dossiers/{drawing.case.number}/aanbod/",
            f"/dossiers/{offered.case.number}/aanbod/tekenen/",
            f"/dossiers/{offered.case.number}/aanbod/weigering/",
        ],
        "legerdesheils": [f"/acties/{action_of(other).pk}/"],
    }

    for username, paths in pages.items():
        for path in paths:
            page = BeautifulSoup(browse(username).get(path).content, "html.parser")
            (form,) = page.select("main form[method=post]")
            assert form.select("input[name=csrfmiddlewaretoken]"), path
            assert form.select("input[name=eenmalig]"), path


# --- who leads --------------------------------------------------------------------------------


def test_who_leads_sees_which_action_started_and_which_is_late(browse):
    plan = situations.signed_plan(*TWO)
    partner = user("mondriaan")
    with acting_as(partner.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(partner).get()
        operations.report(
            own, kind=ProgressKind.START, happened_on=timezone.localdate(), by=partner
        )
    offered_days_ago(plan, 9)

    page = browse("samira").get(f"/dossiers/{plan.case.number}/start/")
    html = page.content.decode()

    assert page.context["late"] == 1
    assert page.context["started"] == 1
    assert html.index("Begeleid wonen") < html.index("Behandeling")
    assert "Niet gestart: 2 dagen te laat" in html
    assert "gemeld door Lotte Pauwels" in html


def heard(**changes: object) -> dict[str, object]:
    """A form about what was heard outside the house, filled in."""
    about = {
        "channel": "telefoon",
        "received_from": "Aanmeldpunt",
        "received_on": f"{timezone.localdate():%d-%m-%Y}",
        "disclosed": "Niets nieuws.",
        "ground": "WGS 1.5",
    }
    return told(**(about | changes))


def test_a_report_by_telephone_says_who_told_it_and_who_wrote_it_down(browse):
    plan = by_phone_plan()
    samira, own = browse("samira"), action_of(plan, "tracee")
    path = f"/dossiers/{plan.case.number}/start/{own.pk}/"
    form = heard()

    assert "045 560 00 10" in samira.get(f"/dossiers/{plan.case.number}/start/").content.decode()
    assert samira.get(path).status_code == 200
    first, second = (samira.post(path, form) for _ in range(2))
    html = samira.get(f"/dossiers/{plan.case.number}/start/").content.decode()

    assert first.url == second.url == f"/dossiers/{plan.case.number}/start/"
    assert reports_of(plan) == ["start"]
    shown = " ".join(html.split())
    assert "per telefoon gemeld door Aanmeldpunt" in shown
    assert "Verstrekt: Niets nieuws. Grond: WGS 1.5" in shown


@pytest.mark.parametrize("days", [-3, 1])
def test_nobody_hears_of_a_start_before_it_was_or_tomorrow(browse, days):
    plan = by_phone_plan()
    path = f"/dossiers/{plan.case.number}/start/{action_of(plan, 'tracee').pk}/"
    heard_on = timezone.localdate() + timedelta(days=days)

    answer = browse("samira").post(path, heard(received_on=f"{heard_on:%d-%m-%Y}"))

    assert answer.status_code == 409
    assert reports_of(plan) == []


def test_nobody_writes_down_what_a_partner_with_an_account_can_say_himself(browse):
    plan = situations.signed_plan()
    path = f"/dossiers/{plan.case.number}/start/{action_of(plan).pk}/"

    page = browse("samira").get(path)
    answer = browse("samira").post(path, heard(received_from="Roel"))

    assert "antwoordt zelf" in page.content.decode()
    assert answer.status_code == 409
    assert reports_of(plan) == []


def test_an_action_is_looked_up_through_its_own_case(browse):
    plan, other = by_phone_plan(), situations.signed_plan()
    own = action_of(plan, "tracee")

    path = f"/dossiers/{other.case.number}/start/{own.pk}/"

    assert browse("samira").get(path).status_code == 404
    assert browse("tom").get(path).status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"channel": ""}, "Kies hoe je dit hoorde."),
        ({"channel": "huis"}, "huis"),
        ({"received_from": ""}, "Vul dit in."),
        ({"received_on": "31-2-2026"}, "bestaat niet"),
        ({"disclosed": ""}, "Vul dit in."),
        ({"ground": "\x00"}, "onzichtbaar teken"),
    ],
)
def test_a_report_by_telephone_without_its_source_is_no_report(browse, changes, says):
    plan = by_phone_plan()
    path = f"/dossiers/{plan.case.number}/start/{action_of(plan, 'tracee').pk}/"
    form = heard() | changes

    answer = browse("samira").post(path, form)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert reports_of(plan) == []


def test_every_look_at_the_clock_is_in_the_log(browse, owner):
    plan = situations.signed_plan()
    browse("samira").get(f"/dossiers/{plan.case.number}/start/")

    line = owner.execute(
        "SELECT username, subjects, outcome FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'maatwerkplan:start' ORDER BY id DESC LIMIT 1"
    ).fetchone()

    assert line == ("samira", [plan.case.number], "getoond")


def test_the_ring_is_as_long_as_was_agreed_on_the_day_of_the_offer(browse, agreed):
    agreed("start_within_days", 10)
    plan = situations.signed_plan()

    shown = browse("samira").get(f"/dossiers/{plan.case.number}/start/").content.decode()

    assert "Nog 10 van de 10 dagen." in shown


def test_who_mends_a_word_on_the_page_after_the_first_day_keeps_the_days(browse):
    plan, samira = situations.plan_of(situations.planned_case()), browse("samira")
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting_as(user("samira").pk):
        plan.partner_actions.update(start_date=yesterday)
        action = plan.partner_actions.get()
    form = {
        "leefgebied": action.leefgebied,
        "description": "Begeleid wonen, twee uur",
        "organisation": action.organisation_id,
        "start_date": dutch(yesterday),
        "end_date": dutch(action.end_date),
        "framework": action.framework,
        "financing": action.financing,
        "version": "1",
    }
    here = reverse("maatwerkplan:action_edit", args=[plan.case.number, action.pk])

    earlier = samira.post(here, form | {"start_date": dutch(yesterday - timedelta(days=1))})
    mended = samira.post(here, form)

    assert (earlier.status_code, mended.status_code) == (422, 302)
