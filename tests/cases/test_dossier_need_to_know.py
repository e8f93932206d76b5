"""The dossier to each reader: every sensitive word is somewhere, and nowhere else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import Case, Leefgebied, Scope
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db

PAGES = ("detail", "diagnosis", "access")


def page(name: str, case: Case, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


@pytest.fixture
def case() -> Case:
    """A case of which every part holds a word of its own."""
    case, leader = situations.diagnosis_case(bsn="999990019"), user("samira")
    with acting_as(leader.pk):
        for leefgebied in Leefgebied.values:
            operations.judge(
                case,
                leefgebied,
                deficit=2,
                explanation=f"kanarie-{leefgebied}",
                criminogenic=True,
                by=leader,
            )
        operations.judge_self_reliance(
            case, self_reliance="niet", instrument="kanarie-instrument", by=leader
        )
        for scope in (Scope.LEAD_CASE, Scope.KNOW_CASE, Scope.VIEW_GEZONDHEID):
            operations.add_note(
                case, title=f"notitie-{scope}", text=f"kanarie-{scope}", scope=scope, by=leader
            )
    return case


def let_in(case: Case, username: str, *scopes: str) -> None:
    leader = user("samira")
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            user(username),
            scopes=scopes,
            end_date=timezone.localdate() + timedelta(days=90),
            reason="kanarie-reden",
            by=leader,
        )


def seen_by(browser, case: Case) -> set[str]:
    """Which of the words this reader finds on all pages of the dossier together."""
    found = "".join(browser.get(page(name, case)).content.decode() for name in PAGES)
    words = [
        *(f"kanarie-{leefgebied}" for leefgebied in Leefgebied.values),
        *(f"kanarie-{s}" for s in (Scope.LEAD_CASE, Scope.KNOW_CASE, Scope.VIEW_GEZONDHEID)),
        "kanarie-instrument",
        "kanarie-reden",
        "12 delicten",
        "••••••019",
        case.client.last_name,
    ]
    return {word for word in words if word in found}


def test_who_only_knows_the_case_finds_a_name_and_what_is_for_all(browse, case):
    let_in(case, "ggd", Scope.KNOW_CASE)

    assert seen_by(browse("ggd"), case) == {case.client.last_name, "kanarie-know_case"}


def test_who_got_one_leefgebied_finds_that_one(browse, case):
    let_in(case, "ggd", Scope.VIEW_GEZONDHEID)

    assert seen_by(browse("ggd"), case) == {
        case.client.last_name,
        "kanarie-know_case",
        "kanarie-gezondheid",
        "kanarie-view_gezondheid",
    }


def test_who_got_justice_finds_the_offences(browse, case):
    let_in(case, "ggd", Scope.VIEW_JUSTICE)

    assert "12 delicten" in seen_by(browse("ggd"), case)
    assert "kanarie-gezondheid" not in seen_by(browse("ggd"), case)


@pytest.mark.parametrize("username", ["manager", "bureau"])
def test_the_office_finds_process_data_and_why_somebody_was_let_in(browse, case, username):
    let_in(case, "ggd", Scope.KNOW_CASE)
    shown = browse(username).get(page("detail", case)).content.decode()

    assert seen_by(browse(username), case) == {
        case.client.last_name,
        "kanarie-know_case",
        "kanarie-reden",
    }
    assert "alleen procesgegevens" in shown


def test_the_interventiemanager_finds_it_all(browse, case):
    let_in(case, "ggd", Scope.KNOW_CASE)

    everything = seen_by(browse("samira"), case)

    assert {f"kanarie-{leefgebied}" for leefgebied in Leefgebied.values} < everything
    assert {"kanarie-reden", "kanarie-instrument", "12 delicten", "••••••019"} < everything


@pytest.mark.parametrize("username", ["tom", "mondriaan", "stuurgroep", "bewoner"])
def test_a_stranger_finds_nothing_and_the_same_nothing(browse, case, username):
    stranger = browse(username)
    stranger.get("/")  # what is asked once per login is asked now

    for name, *more in (*((n,) for n in PAGES), ("score", "huisvesting"), ("diagnosis_complete",)):
        with CaptureQueriesContext(connection) as hidden_queries:
            hidden = stranger.get(page(name, case, *more))
        absent_address = reverse(f"cases:{name}", args=["VH-2026-9999", *more])
        with CaptureQueriesContext(connection) as absent_queries:
            absent = stranger.get(absent_address)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        assert len(hidden_queries) == len(absent_queries)


def test_how_it_went_before_is_for_who_leads_or_administers(case):
    """A partner who knows the case knows where it stands now, also past the page."""
    let_in(case, "ggd", Scope.KNOW_CASE)

    def statuses(username: str) -> set[str]:
        with acting_as(user(username).pk):
            assert Case.objects.get(pk=case.pk).status == "diagnose"
            return set(Case.history.filter(id=case.pk).values_list("status", flat=True))

    assert statuses("ggd") == set()
    assert {"aangemeld", "geprioriteerd", "diagnose"} <= statuses("samira") == statuses("manager")


def test_a_partner_judges_nothing_also_not_his_own_leefgebied(browse, case):
    let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
    partner = browse("ggd")

    assert partner.get(page("score", case, "gezondheid")).status_code == 404
    assert partner.post(page("score", case, "gezondheid"), {"deficit": "0"}).status_code == 404
    assert partner.post(page("diagnosis_complete", case)).status_code == 404
    assert partner.post(page("note_add", case), {"title": "x"}).status_code == 404


@pytest.mark.parametrize("leefgebied", ["bestaat-niet", "zelf-uitvoeren-plan", "x" * 200])
def test_an_unknown_leefgebied_is_not_found(browse, case, leefgebied):
    assert browse("samira").get(page("score", case, leefgebied)).status_code == 404


@pytest.mark.parametrize(
    "query", ["?soort=onzin", "?pagina=0", "?pagina=-1", "?pagina=99999999999", "?pagina=²"]
)
def test_odd_questions_to_the_timeline_are_answered(browse, case, query):
    assert browse("samira").get(page("detail", case) + query).status_code == 200


def test_a_note_is_for_the_leader_alone_unless_he_chooses_more_readers(browse, case):
    """Issue 3, point 2: the default is the narrowest, and the browser shows it as chosen."""
    form = browse("samira").get(page("detail", case)).context["form"]

    assert len(form.fields["scope"].choices) > 1
    assert form["scope"].value() == Scope.LEAD_CASE
    chosen = BeautifulSoup(str(form["scope"]), "html.parser").select("option[selected]")
    assert [option["value"] for option in chosen] == [Scope.LEAD_CASE]


def test_the_timeline_turns_its_pages_and_chapters(browse, case):
    leader, samira = user("samira"), browse("samira")
    with acting_as(leader.pk):
        for n in range(30):
            operations.add_note(
                case, title=f"gesprek {n:02}", text="", scope=Scope.LEAD_CASE, by=leader
            )

    newest = samira.get(page("detail", case)).content.decode()
    earlier = samira.get(page("detail", case) + "?pagina=2").content.decode()
    contact = samira.get(page("detail", case) + "?soort=contact&pagina=2").content.decode()

    assert "gesprek 29" in newest
    assert "gesprek 00" not in newest
    assert "Eerdere gebeurtenissen" in newest
    assert "gesprek 00" in earlier
    assert "gesprek 29" not in earlier
    assert "Diagnose gestart" not in contact
    assert "gesprek 00" in contact


def test_every_look_at_a_dossier_is_written_down(browse, case, owner):
    def looks() -> int:
        return owner.execute(
            "SELECT count(*) FROM veiligheidshuis_accesslogentry"
            " WHERE subjects = %s AND username = 'samira' AND outcome = 'getoond'",
            [[case.number]],
        ).fetchone()[0]

    before, samira = looks(), browse("samira")
    for name in PAGES:
        samira.get(page(name, case))

    assert looks() == before + len(PAGES)
