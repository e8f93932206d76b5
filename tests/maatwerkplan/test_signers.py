"""The conversation about the plan, who signs for the client, and a plan on paper. OFF-03."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone

from maatwerkplan import operations, rules
from maatwerkplan.documents import drawing
from maatwerkplan.models import Maatwerkplan, OfferTalk, OnPaper, Signature
from maatwerkplan.states import PlanStatus
from partners.operations import record_absence
from tests import situations
from tests.entering import take_back
from tests.maatwerkplan.test_offer_views import DRAWN, address, as_it_is, signed
from tests.maatwerkplan.test_tablet import asks_for_the_code, handed_over, proves
from tests.situations import typed_day, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
CURATOR = {
    "representative": "Riet de Wit",
    "capacity": "curator",
    "ground": "beschikking van de rechtbank van 3-2-2026",
}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def talk_at(plan: Maatwerkplan) -> str:
    return f"/dossiers/{plan.case.number}/aanbod/gesprek/"


def paper_at(plan: Maatwerkplan) -> str:
    return f"/dossiers/{plan.case.number}/aanbod/papier/"


def agree(plan: Maatwerkplan, day: int = 3, **about: object) -> OfferTalk:
    samira = user("samira")
    with acting_as(samira.pk):
        return operations.plan_talk(plan, on=in_days(day), by=samira, **about)


def refused(plan: Maatwerkplan, day: int = 3, **about: object) -> list[str]:
    with pytest.raises(Refused) as stopped:
        agree(plan, day, **about)
    return [obstacle.code for obstacle in stopped.value.obstacles]


def sign_all(plan: Maatwerkplan, **names: str) -> list[Signature]:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.sign(
            plan, manager_name=str(samira), shown_sha256=plan.text.sha256, by=samira, **names
        )
        return list(Signature.objects.order_by("party"))


# --- the conversation -------------------------------------------------------------------------


def test_who_wants_to_think_gets_a_day_and_the_interventiemanager_lands_where_it_is_agreed(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)
    samira.post(address("sign", plan), {"keuze": "later", "tekst": plan.text.sha256})

    on = proves(samira, samira.get("/").url)
    typed = {
        "on": typed_day(3),
        "reason": "Hij praat eerst met zijn moeder.",
        "interpreter": "Pools",
    }
    answer = samira.post(on, typed | {"eenmalig": new_key()})

    assert on == talk_at(plan)
    assert answer.url == address("offer", plan)
    page = samira.get(answer.url).content.decode()
    for words in ("Gesprek over het plan", "Hij praat eerst met zijn moeder.", "Pools"):
        assert words in page
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


@pytest.mark.parametrize(
    ("day", "codes"), [(7, []), (8, ["talk_too_late"]), (-1, ["too_long_ago"])]
)
def test_the_conversation_is_before_everything_must_have_begun(day, codes):
    plan = situations.offered_plan()

    if codes:
        assert refused(plan, day) == codes
    else:
        assert agree(plan, day).on == in_days(day)


def test_a_plan_that_was_signed_is_talked_over_no_more(browse):
    plan = situations.signed_plan()

    assert refused(plan) == ["nothing_to_talk_over"]
    assert browse("samira").get(talk_at(plan)).url == address("offer", plan)


def test_what_is_agreed_anew_takes_the_place_of_the_former_and_keeps_what_holds(browse):
    plan = situations.offered_plan()
    agree(plan, 2, interpreter="Turks", **CURATOR)

    page = BeautifulSoup(browse("samira").get(talk_at(plan)).content, "html.parser")
    kept = {name: page.find(attrs={"name": name}).get("value") for name in ("interpreter", "on")}
    agree(plan, 4)

    assert kept == {"interpreter": "Turks", "on": None}
    with acting_as(user("samira").pk):
        assert OfferTalk.objects.latest_of(plan).on == in_days(4)
        assert [s.party for s in rules.signers_of(plan, user("samira"))] == [
            "client",
            "interventiemanager",
        ]


@pytest.mark.parametrize("username", ["tom", "manager", "politie", "legerdesheils"])
def test_who_does_not_lead_the_case_knows_of_no_conversation(username, browse):
    plan = situations.offered_plan()
    agree(plan, **CURATOR)

    assert browse(username).get(talk_at(plan)).status_code == 404
    with acting_as(user(username).pk):
        assert not OfferTalk.objects.exists()


# --- who signs for the client -----------------------------------------------------------------


@pytest.mark.parametrize("lacking", CURATOR)
def test_who_speaks_for_the_client_says_in_which_capacity_and_on_what_ground(lacking):
    plan = situations.offered_plan()

    assert refused(plan, **(CURATOR | {lacking: ""})) == ["speaks_without_ground"]
    with acting_as(user("samira").pk), pytest.raises(IntegrityError), transaction.atomic():
        OfferTalk(
            plan=plan, case=plan.case, on=in_days(1), recorded_by=user("samira"),
            **(CURATOR | {lacking: ""}),
        ).save(force_insert=True)  # fmt: skip


def test_a_parent_signs_for_a_minor_and_for_nobody_else():
    parent = CURATOR | {"capacity": "ouder", "ground": "ouderlijk gezag"}
    grown_up = situations.offered_plan()
    of_16 = date(timezone.localdate().year - 16, 1, 1)
    minor = situations.offered_plan(birth_date=of_16)

    assert refused(grown_up, **parent) == ["of_age"]
    assert agree(minor, **parent).capacity == "ouder"


def test_a_curator_signs_with_the_client_and_says_so_under_the_plan(browse):
    plan = situations.offered_plan()
    agree(plan, **CURATOR)
    samira = browse("samira")
    places = samira.get(address("sign", plan)).context["form"].places
    form = signed(plan, representative_naam="Riet de Wit", representative_akkoord="on")

    without = samira.post(address("sign", plan), signed(plan))
    answer = samira.post(address("sign", plan), form)

    assert [p.title.split(",")[0] for p in places][1:] == ["Riet de Wit", "Samira Haddou"]
    assert without.status_code == 422
    assert answer.url == "/tablet/bedankt/"
    with acting_as(user("samira").pk):
        told = drawing.data_of(plan.text, list(Signature.objects.order_by("party")))
    assert [(s["partij"], s["hoedanigheid"]) for s in told["handtekeningen"]] == [
        ("client", ""),
        ("interventiemanager", ""),
        ("vertegenwoordiger", "curator"),
    ]


def test_a_curator_signs_instead_of_the_client_when_that_was_recorded():
    plan = situations.offered_plan()
    agree(plan, instead=True, **CURATOR)

    manager, curator = sign_all(plan, representative_name="Riet de Wit")

    assert (manager.party, curator.party) == ("interventiemanager", "vertegenwoordiger")
    assert (
        curator.role == "curator, tekent voor de cliënt (beschikking van de rechtbank van 3-2-2026)"
    )
    assert as_it_is(plan).status == PlanStatus.ONDERTEKEND


@pytest.mark.parametrize(
    ("name", "code"), [("", "representative_unsigned"), ("Jan Mol", "other_representative")]
)
def test_another_does_not_sign_for_who_speaks_for_the_client(name, code):
    plan = situations.offered_plan()
    agree(plan, instead=True, **CURATOR)

    with pytest.raises(Refused) as stopped:
        sign_all(plan, representative_name=name)

    assert [o.code for o in stopped.value.obstacles] == [code]


def test_a_stand_in_signs_by_drawing_with_his_own_name(browse):
    """He draws on the page, where no name is typed; the text names who leads the case."""
    plan, samira, today = situations.offered_plan(), user("samira"), timezone.localdate()
    with acting_as(samira.pk):
        record_absence(samira, by=samira, start_date=today, end_date=today, stand_in=user("tom"))
    drawn = signed(plan, manager_naam="", manager_akkoord="", manager_tekening=DRAWN)

    answer = browse("tom").post(address("sign", plan), drawn)

    assert answer.url == "/tablet/bedankt/"
    with acting_as(samira.pk):
        signature = Signature.objects.get(party="interventiemanager")
    assert (signature.name, signature.is_drawn) == (str(user("tom")), True)


# --- on paper ---------------------------------------------------------------------------------


def on_paper(plan: Maatwerkplan, **changes: str) -> dict[str, str]:
    filled = {
        "signed_on": typed_day(0),
        "place": "Heerlen",
        "kept_by": "Bedrijfsbureau, kast 3",
        "everybody": "on",
        "tekst": plan.text.sha256,
        "eenmalig": new_key(),
    }
    return filled | changes


def test_a_plan_that_was_signed_on_paper_says_when_where_and_who_keeps_it(browse):
    plan = situations.offered_plan()
    samira, form = browse("samira"), on_paper(plan)

    first, second = (samira.post(paper_at(plan), form) for _ in range(2))

    assert first.url == second.url == address("start", plan)
    with acting_as(user("samira").pk):
        signatures = list(Signature.objects.all())
    assert len(signatures) == 2
    assert {s.paper_place for s in signatures} == {"Heerlen"}
    assert {s.paper_kept_by for s in signatures} == {"Bedrijfsbureau, kast 3"}
    assert {s.paper_signed_on for s in signatures} == {timezone.localdate()}
    assert as_it_is(plan).status == PlanStatus.ONDERTEKEND


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"signed_on": typed_day(1)}, 409, "Kies vandaag of eerder als dag van tekenen."),
        ({"signed_on": typed_day(-1)}, 409, "Kies die dag of later."),
        ({"place": ""}, 422, "Vul dit in."),
        ({"kept_by": "x" * 10_000}, 422, "Maak hem korter"),
        ({"everybody": ""}, 422, "Leg dit pas vast als iedereen heeft getekend."),
        ({"tekst": "0" * 64}, 409, "is niet het plan dat is aangeboden"),
    ],
)
def test_a_paper_that_cannot_be_right_is_asked_again_with_what_was_typed(
    browse, changes, status, says
):
    plan = situations.offered_plan()

    answer = browse("samira").post(paper_at(plan), on_paper(plan, **changes))

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


def test_paper_lies_somewhere_also_for_who_asks_the_operation():
    plan, samira = situations.offered_plan(), user("samira")
    nowhere = OnPaper(timezone.localdate(), " ", "")

    with acting_as(samira.pk), pytest.raises(Refused) as stopped:
        operations.sign_on_paper(plan, paper=nowhere, shown_sha256=plan.text.sha256, by=samira)

    assert [o.code for o in stopped.value.obstacles] == ["paper_nowhere"]


def test_while_the_client_holds_the_tablet_paper_asks_the_code(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    assert samira.get(paper_at(plan)).url == asks_for_the_code(plan)
    assert samira.post(paper_at(plan), on_paper(plan)).url == "/bevestigen/?next=%2Fconcept%2F"
    take_back(samira)
    assert samira.get(paper_at(plan)).status_code == 200
