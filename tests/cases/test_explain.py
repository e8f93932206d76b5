""" "Mag X dit zien, en waarom?": for now and for any moment of the past. Issue 3 point 5."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from cases import access, operations
from cases.models import Case, Noodtoegang, Scope
from partners import operations as partner_work
from partners.models import User
from partners.operations.wall import call
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

ASKED = [Scope.KNOW_CASE, Scope.LEAD_CASE, Scope.VIEW_GEZONDHEID, Scope.VIEW_JUSTICE]
ORIGIN = datetime(2006, 9, 7, 12, tzinfo=timezone.get_default_timezone())


def say(*words: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("explain_access", *words, stdout=out)
    return out.getvalue().strip()


def let_in(case: Case, username: str, scope: str) -> None:
    leader = user("samira")
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            user(username),
            scopes=[scope],
            end_date=timezone.localdate() + timedelta(days=30),
            reason="Nodig voor het advies",
            by=leader,
        )


# --- in words ---------------------------------------------------------------------------------


@pytest.fixture
def case(db: None) -> Case:
    """A case that samira leads."""
    return situations.assigned_case()


@pytest.mark.parametrize(
    ("username", "scope", "words"),
    [
        ("samira", "lead_case", "ja Deelname: is de interventiemanager, vanaf"),
        ("samira", "lead_case", "gegeven door Ruud Kerstens"),
        ("bureau", "know_case", "ja Rol: bedrijfsbureau, vanaf"),
        ("manager", "view_gezondheid", "nee Niets: niemand gaf Ruud Kerstens toegang hiertoe."),
        ("tom", "know_case", "nee Niets: niemand gaf Tom Verhagen toegang hiertoe."),
        ("stuurgroep", "know_case", "nee Rol: lid stuurgroep. Die rol werkt niet met dossiers."),
        (
            "politie",
            "know_case",
            "nee Deelname (zit in het selectieoverleg) gold op dat moment niet: ",
        ),
    ],
)
def test_the_first_word_is_the_answer_and_the_rest_is_the_rule(case, username, scope, words):
    assert words in say(username, case.number, "--scope", scope)


def test_a_grant_by_hand_is_explained_with_its_days_its_giver_and_its_reason(case):
    let_in(case, "ggd", Scope.VIEW_GEZONDHEID)

    said = say("ggd", case.number, "--scope", "view_gezondheid")

    assert said.startswith("ja Deelname: kreeg toegang van de interventiemanager")
    assert "gegeven door Samira Haddou" in said
    assert said.endswith("Reden: Nodig voor het advies")


def test_an_account_that_is_off_is_the_reason_whatever_was_granted(case):
    let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
    office = user("bureau")
    with acting_as(office.pk):
        partner_work.set_active(user("ggd"), False, by=office)

    assert say("ggd", case.number).startswith("nee Account: uitgezet op ")


def test_a_bar_is_the_reason_whatever_was_granted(case):
    let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
    with acting_as(user("bureau").pk):
        access.bar(case, user("ggd"), "zwager")

    said = say("ggd", case.number, "--scope", "view_gezondheid", "--as", "fg")

    assert said.startswith("nee Uitsluiting sinds ")
    assert "zwager" not in said


def test_access_by_the_hour_is_explained_with_its_last_moment(case):
    office = user("bureau")
    with acting_as(office.pk):
        operations.break_glass(case, reason="crisis", hours=1, by=office)

    said = say("bureau", case.number, "--scope", "view_gezondheid")

    assert re.search(r"^ja Deelname: .+, tot .+ om .+ uur, gegeven door Ilse Vermeulen", said)
    later = (timezone.now() + timedelta(hours=2)).isoformat()
    assert say("bureau", case.number, "--scope", "view_gezondheid", "--at", later)[:3] == "nee"


def test_of_any_case_the_answer_is_yes_when_there_is_one(case):
    assert say("samira", "--any-case").startswith("ja Deelname: is de interventiemanager")
    assert say("bureau", "--any-case").startswith("ja Rol: bedrijfsbureau")
    assert say("tom", "--any-case").startswith("nee Niets")
    assert say("bewoner", "--any-case").startswith("nee WGS: ")
    assert say("bureau", "--any-case", "--scope", "view_gezondheid").startswith("nee ")


def test_a_case_that_is_not_there_gives_the_same_answer_as_one_that_was_never_granted(case):
    assert say("tom", "VH-1999-0001") == say("tom", case.number)
    assert say("tom", case.number, "--as", "fg") == say("tom", "VH-1999-0001", "--as", "fg")


def test_before_the_account_was_there_it_could_see_nothing(case):
    said = say("samira", case.number, "--at", "2006-09-07")

    assert said.startswith("nee Account: bestond op dat moment niet.")


def test_what_is_no_date_and_who_is_nobody_are_said_in_a_sentence(case):
    with pytest.raises(CommandError, match="geen datum"):
        say("samira", case.number, "--at", "gisteren")
    with pytest.raises(CommandError, match="geen gebruiker"):
        say("niemand", case.number)


# --- who may ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asker", ["politie", "ggd", "tom", "bureau", "manager", "stuurgroep", "bewoner"]
)
def test_it_is_no_oracle_for_others(case, asker):
    for number in (case.number, "VH-1999-0001", None):
        refused = pytest.raises(ProgrammingError, match="may not ask")
        with acting_as(user(asker).pk), refused, transaction.atomic():
            access.explain(user("samira"), number, Scope.KNOW_CASE, timezone.now())
    with pytest.raises(CommandError, match="mag dit niet vragen"):
        say("samira", case.number, "--as", asker)


def test_who_leads_asks_about_others_in_his_own_case_and_reads_no_bar(case):
    other = situations.assigned_case(to="tom")
    with acting_as(user("bureau").pk):
        access.bar(case, user("ggd"), "zwager")

    assert say("manager", case.number, "--as", "samira").startswith("ja Rol: manager")
    assert "Uitsluiting" not in say("ggd", case.number, "--as", "samira")
    assert "Uitsluiting" in say("ggd", case.number, "--as", "fg")
    with pytest.raises(CommandError):
        say("manager", other.number, "--as", "samira")


@pytest.mark.parametrize("given", [False, True])
def test_to_who_leads_a_bar_changes_no_answer(case, given):
    """He knows whom he let in himself: "ask the office" would say that there is a bar."""
    if given:
        let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
    asked = [("ggd", scope) for scope in ASKED] + [("manager", Scope.KNOW_CASE)]
    before = [say(who, case.number, "--scope", s, "--as", "samira") for who, s in asked]
    with acting_as(user("bureau").pk):
        for barred in ("ggd", "manager"):
            access.bar(case, user(barred), "zwager")

    assert [say(who, case.number, "--scope", s, "--as", "samira") for who, s in asked] == before
    assert "Uitsluiting" in say("manager", case.number, "--as", "fg")


def test_the_page_says_that_a_bar_is_not_told_there_whether_there_is_one_or_not(browse, case):
    asked = f"/dossiers/{case.number}/toegang/uitleg/"
    said = "Een uitsluiting gaat voor op alles en staat hier niet."

    assert said in browse("samira").get(asked).text
    with acting_as(user("bureau").pk):
        access.bar(case, user("ggd"), "zwager")
    assert said in browse("samira").get(asked).text


@pytest.mark.parametrize("given", [False, True])
def test_to_who_is_barred_it_is_as_if_nothing_was_ever_given(case, given):
    if given:
        let_in(case, "ggd", Scope.VIEW_GEZONDHEID)
    with acting_as(user("bureau").pk):
        access.bar(case, user("ggd"), "zwager")

    himself = [say("ggd", "--any-case", "--as", "ggd")]
    for scope in ASKED:
        himself.append(say("ggd", case.number, "--scope", scope, "--as", "ggd"))
        absent = say("ggd", "VH-1999-0001", "--scope", scope, "--as", "ggd")
        assert himself[-1] == absent.replace("VH-1999-0001", case.number)

    assert {said.partition(".")[0] for said in himself} == {
        f"nee Niets: niemand gaf {user('ggd')} toegang hiertoe"
    }
    assert "Uitsluiting" in say("ggd", case.number, "--as", "fg")


def test_every_question_is_a_line_in_the_access_log(own_house, owner):
    case = situations.assigned_case()
    say("tom", case.number, "--as", "fg")

    line = owner.execute(
        "SELECT username, action, subjects FROM veiligheidshuis_accesslogentry ORDER BY id DESC"
    ).fetchone()
    assert line == ("fg", "uitleg vragen", [case.number, "account tom"])


# --- the past ---------------------------------------------------------------------------------


def everybody() -> Iterator[User]:
    with acting_as(ANONYMOUS):
        yield from list(User.objects.select_related("organisation").order_by("pk"))


def seen_now(cases: list[Case]) -> set[tuple[str, str, str]]:
    """Who sees which part of which case at this moment, as the house itself shows it."""
    seen = set()
    for one in everybody():
        with acting_as(one.pk):
            one = User.objects.select_related("organisation").get(pk=one.pk)
            for scope in ASKED:
                found = Case.objects.visible_to(one, scope).filter(pk__in=[c.pk for c in cases])
                seen |= {(one.username, scope, number.number) for number in found}
    return seen


def said_of(cases: list[Case], at: datetime) -> set[tuple[str, str, str]]:
    """The same, explained for a moment that has passed."""
    officer, said = user("fg"), set()
    with acting_as(officer.pk):
        for one in User.objects.select_related("organisation"):
            said |= {
                (one.username, scope, case.number)
                for scope in ASKED
                for case in cases
                if access.explain(one, case.number, scope, at).allowed
            }
    return said


def at_this_moment() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


Deed = Callable[[], object]


def as_(actor: User, deed: Deed) -> Deed:
    """The deed, done by this person."""

    def done() -> None:
        with acting_as(actor.pk):
            deed()

    return done


def deeds_of_the_office(case: Case) -> dict[str, Deed]:
    """What bedrijfsbureau and manager do with one dossier."""
    office, manager, tom = user("bureau"), user("manager"), user("tom")
    police = user("politie2")
    nood: list[Noodtoegang] = []

    def open_in_nood() -> None:
        nood.append(operations.break_glass(case, reason="crisis", hours=2, by=office))

    def give_to_tom() -> None:
        operations.hand_over(Case.objects.get(pk=case.pk), tom, note="", by=manager)

    return {
        "barred": as_(office, lambda: access.bar(case, police, "verwant")),
        "bar lifted": as_(office, lambda: access.lift_bar(case, police, "toch niet")),
        "opened in nood": as_(office, open_in_nood),
        "closed again": as_(office, lambda: operations.end_emergency(nood[0], by=office)),
        "handed over": as_(manager, give_to_tom),
    }


def deeds(case: Case) -> dict[str, Deed]:
    """Everything that opens or closes something, in the order in which it is done."""
    office, leader = user("bureau"), user("samira")
    ggd, politie, today = user("ggd"), user("politie"), timezone.localdate()
    police = user("politie2")

    def end_role(username: str, days: int) -> None:
        role = user(username).appointments.get()
        partner_work.end_appointment(role, by=office, end_date=today - timedelta(days=days))

    def stays_a_partner() -> None:
        partner_work.appoint(user("tom"), "ketenpartner", by=office)
        leading = user("tom").appointments.get(role="interventiemanager")
        call("end_appointment", leading.pk, today - timedelta(days=1))

    def telephone_only() -> None:
        partner_work.set_contact_point(ggd.organisation, "eerste", label="balie", by=office)

    def ask_organisations() -> None:
        for organisation in (ggd.organisation, police.organisation):
            access.grant(case, organisation.group, "uitvoering")

    return {
        "let in by hand": lambda: let_in(case, "ggd", Scope.VIEW_GEZONDHEID),
        "taken back": as_(
            leader, lambda: operations.withdraw_by_hand(case, ggd.personal_group, by=leader)
        ),
        "organisations carry out a part": as_(leader, ask_organisations),
        "account off": as_(office, lambda: partner_work.set_active(ggd, False, by=office)),
        "account on": as_(office, lambda: partner_work.set_active(ggd, True, by=office)),
        "no contact point any more": as_(office, telephone_only),
        **deeds_of_the_office(case),
        "leads no more, and stays a partner": as_(office, stays_a_partner),
        "role ended": as_(office, lambda: end_role("politie", 1)),
        "role given": as_(office, lambda: partner_work.appoint(politie, "ketenpartner", by=office)),
        "the manager stops": as_(office, lambda: end_role("manager", 1)),
    }


def test_the_past_is_explained_as_it_was(own_house, owner):
    """After every deed is written down who sees what; afterwards each moment is asked again."""
    owner.execute("UPDATE partners_appointment SET start_date = start_date - 30")
    cases = [situations.assigned_case(), situations.put_forward_case(by="politie")]
    then: list[tuple[str, datetime, set[tuple[str, str, str]]]] = []
    comes = {"put forward": lambda: cases.append(situations.put_forward_case(by="rimo"))}
    for name, deed in {**comes, **deeds(cases[0])}.items():
        deed()
        then.append((name, at_this_moment(), seen_now(cases)))

    for name, at, seen in then:
        assert said_of(cases, at) == seen, name
    changes = [now - before or before - now for (_, _, before), (_, _, now) in pairwise(then)]
    assert all(changes)  # every deed opened or closed something
    assert said_of(cases, ORIGIN) == set()
