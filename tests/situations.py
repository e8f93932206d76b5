"""Situations for tests, arranged by the real operations as the people who would do it.

Each function takes a case one step further: `listed_case()`, `assigned_case()`, `planned_case()`.
They act as the right person and leave nobody acting. What they arranged is remembered: a test
that begins with the same gets the same rows (tests/remembered.py).
"""

import itertools
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.utils import timezone

from cases import operations, rules
from cases.models import (
    Attendance,
    Case,
    Criterium,
    Doelgroep,
    Leefgebied,
    Meldformulier,
    Prioriteitenlijst,
    Regime,
    Report,
    SelfReliance,
    Vervolg,
    Weging,
)
from cases.states import CaseStatus
from maatwerkplan import operations as planning
from maatwerkplan.models import Answer, Channel, DeliveryQuestion, Framework, Maatwerkplan
from partners import operations as staff
from partners.models import Clearance, Mandaat, Organisation, Role, Toetreding, User
from tests.remembered import remembered
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

_count = itertools.count(1)


def typed_day(away: int) -> str:
    """A day so many days from today, as somebody types it."""
    return f"{timezone.localdate() + timedelta(days=away):%d-%m-%Y}"


def user(username: str) -> User:
    return User.objects.select_related("organisation", "personal_group").get(username=username)


def with_papers(person: User, **missing: None) -> User:
    """The manager saw all his papers, but for the kinds that are said to be missing."""
    manager, today = user("manager"), timezone.localdate()
    with acting_as(manager.pk):
        for kind in set(Clearance.Kind) - missing.keys():
            staff.record_clearance(
                person, kind, seen_on=today, valid_until=today + timedelta(days=365), by=manager
            )
    return User.objects.get(pk=person.pk)


@remembered
def covenant_partner(
    slug: str = "slachtofferhulp", role: str = Role.KETENPARTNER, username: str = "convenantpartner"
) -> User:
    """Somebody with papers of a partner that the law does not know, who is its contact point."""
    office, home = user("bureau"), organisation(slug)
    with acting_as(office.pk):
        partner = staff.add_user(
            home,
            username=username,
            first_name="Noor",
            last_name="Willems",
            email=f"{username}@huis.example",
            role=role,
            by=office,
        )
        staff.set_contact_point(home, "eerste", label="Noor Willems", user=partner, by=office)
    return with_papers(partner)


@remembered
def second_of_the_office() -> User:
    """A colleague of the office, with papers, whose account is as young as this."""
    office = user("bureau")
    with acting_as(ANONYMOUS):
        home = organisation("gemeente-heerlen")
    with acting_as(office.pk):
        colleague = staff.add_user(
            home,
            username="bureau2",
            first_name="Noor",
            last_name="Lipsch",
            email="bureau2@huis.example",
            role=Role.BEDRIJFSBUREAU,
            by=office,
        )
    return with_papers(colleague)


def round_is_over(owner: psycopg.Connection, *usernames: str) -> None:
    """A round of which the last day was ten days ago, in which these people were not confirmed: the
    accounts of all others are younger than the round."""
    owner.execute(
        "UPDATE partners_activation SET on_from = now() - interval '60 days' WHERE user_id IN"
        " (SELECT id FROM partners_user WHERE username = ANY (%s))",
        [list(usernames)],
    )
    owner.execute(
        "INSERT INTO partners_bevestigingsronde (id, began_at, last_day) VALUES"
        " (gen_random_uuid(), now() - interval '40 days', vh.today() - 10)"
    )


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def proposed_partner() -> Toetreding:
    """An organisation that is new to the house, and was proposed today."""
    office = user("bureau")
    with acting_as(office.pk):
        return staff.propose_partner(
            organisation=None,
            name="Stichting Straathoekwerk",
            short_name="Straathoekwerk",
            chain="zorg",
            proposal="Spreekt jongeren aan die wij niet bereiken.",
            proposed_on=timezone.localdate(),
            by=office,
        )


def mandate(slug: str) -> Mandaat:
    """Somebody of this partner may promise something, today."""
    office, today = user("bureau"), timezone.localdate()
    with acting_as(office.pk):
        return staff.record_mandaat(
            organisation(slug),
            function="Teamchef",
            may="Inzet van de wijkagent toezeggen",
            valid_from=today,
            valid_until=today,
            by=office,
        )


def a_person(**named: object) -> operations.Person:
    """Somebody invented; every call another."""
    n = next(_count)
    about = {
        "first_name": f"Voornaam{n}",
        "name_prefix": "van der",
        "last_name": f"Achternaam{n}",
        "birth_date": date(1990, 1, 1 + n % 28),
        "municipality": "Heerlen",
    }
    return operations.Person(**(about | named))  # type: ignore[arg-type]


@remembered
def put_forward_case(by: str = "politie", **named: object) -> Case:
    """A case as a partner put it forward."""
    actor = user(by)
    with acting_as(actor.pk):
        return operations.put_forward(
            a_person(**named),
            doelgroep=Doelgroep.VEELPLEGER,
            source=actor.organisation,
            reason="Veel aanhoudingen en geen vast adres.",
            offences=12,
            by=actor,
        )


def asked_to_weigh(case: Case, people: tuple[str, ...] = ("politie", "ggd")) -> Weging:
    """A report that people of core participants were asked to weigh; nobody judged it yet."""
    office = user("bureau")
    with acting_as(office.pk):
        return operations.ask_weighing(case, [user(each) for each in people], by=office)


def judge_all(
    weging: Weging, met: bool = True, people: tuple[str, ...] = ("politie", "ggd")
) -> None:
    """Everybody judges all four criteria the same."""
    for each in people:
        by = user(each)
        with acting_as(by.pk):
            verdicts = {c.value: (met, "Zo zien wij het.") for c in Criterium}
            operations.weigh(weging, verdicts, by=by)


def decline(weging: Weging, advice: str = "Bel het wijkteam.") -> None:
    """The core participants find that somebody is not for this house."""
    judge_all(weging, met=False)
    police = user("politie")
    with acting_as(police.pk):
        operations.decline(weging, route=Vervolg.ADVIES, advice=advice, by=police)


def admit(case: Case) -> None:
    """The core participants weighed somebody and admitted him."""
    weging = asked_to_weigh(case)
    judge_all(weging)
    police = user("politie")
    with acting_as(police.pk):
        operations.admit(weging, by=police)


def admitted_case(by: str = "politie", **named: object) -> Case:
    """Somebody whom the core participants admitted and who stands on no list yet."""
    case = put_forward_case(by, **named)
    admit(case)
    return case


def admit_all(ranked: Prioriteitenlijst) -> None:
    """Everybody on a list was weighed and admitted: now it can be adopted."""
    with acting_as(user("bureau").pk):
        cases = [place.case for place in ranked.plaatsen.in_order().select_related("case")]
    for case in cases:
        admit(case)


def a_report(**named: Any) -> Report:
    """What a participant tells of somebody, by the general form."""
    told = {
        "form": Meldformulier.objects.get(code="algemeen", valid_until=None),
        "reason": "Veel overlast in de straat.",
        "result": "Rust in de straat en een dak boven het hoofd.",
        "correct": True,
        "discussed": True,
        "parts": {each.value: f"Zo blijkt {each.value}." for each in Criterium},
    }
    return Report(**(told | named))


def open_list(
    *cases: Case,
    members: tuple[str, ...] = ("politie", "ggd"),
    in_days: int = 0,
    recorded: bool = True,
    regime: str = Regime.WGS,
) -> Prioriteitenlijst:
    """A list in discussion with these cases and members; who came is recorded once they met."""
    office = user("bureau")
    with acting_as(office.pk):
        ranked = operations.open_list(
            f"t{next(_count)}",
            meeting_on=timezone.localdate() + timedelta(days=in_days),
            members=[user(m) for m in members],
            regime=regime,
            by=office,
        )
        operations.add_candidates(ranked, cases, by=office)
        if members and recorded and not in_days:
            record_meeting(ranked)
    return ranked


def record_meeting(ranked: Prioriteitenlijst) -> None:
    """Everybody was there, and who may adopt the list does so."""
    office = user("bureau")
    with acting_as(office.pk):
        said = {
            each: Attendance.STELT_VAST if rules.decides(each) else Attendance.AANWEZIG
            for each in ranked.selectieleden.by_name()
        }
        operations.record_meeting(ranked, said, by=office)


def asked_source(ranked: Prioriteitenlijst) -> UUID:
    """The question to one partner whom he puts forward for this list."""
    office = user("bureau")
    with acting_as(office.pk):
        operations.ask_sources(ranked, [organisation("ggd-zuid-limburg")], by=office)
        return ranked.bronvragen.get().pk


@remembered
def listed_case(**named: object) -> Case:
    """A case on an adopted list, not assigned yet; who waited on the former list goes first."""
    case = admitted_case(**named)
    with acting_as(user("manager").pk):
        there = Case.objects.filter(status=CaseStatus.GEPRIORITEERD, regime=Regime.WGS)
        waiting = list(there.order_by("priority"))
    ranked = open_list(*waiting, case)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        case.refresh_from_db()
    return case


@remembered
def assigned_case(to: str = "samira", **named: object) -> Case:
    """A case with an interventiemanager, before the diagnosis."""
    case = listed_case(**named)
    manager, leader = user("manager"), user(to)
    with acting_as(manager.pk):
        operations.assign(case, leader, by=manager)
    return fresh(case, leader)


@remembered
def local_case(by: str = "politie", **named: object) -> Case:
    """A case that a partner put forward for the local approach of the covenant."""
    actor = user(by)
    with acting_as(actor.pk):
        return operations.nominate(
            a_person(**named),
            doelgroep=Doelgroep.OVERLASTGEVER,
            report=a_report(),
            regime=Regime.LOKALE_PGA,
            regime_reason="Er is geen hulp of straf nodig die alleen de wet kan regelen.",
            by=actor,
        )


def local_list(*cases: Case, members: tuple[str, ...] = ("politie",)) -> Prioriteitenlijst:
    """A list of the local approach with these cases, that the manager adopted."""
    ranked, manager = open_list(*cases, members=members, regime=Regime.LOKALE_PGA), user("manager")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
    return ranked


@remembered
def local_assigned_case(to: str = "samira", by: str = "politie", **named: object) -> Case:
    """A case of the local approach with an interventiemanager."""
    case, manager, leader = local_case(by, **named), user("manager"), user(to)
    admit(case)
    local_list(case)
    with acting_as(manager.pk):
        operations.assign(fresh(case, manager), leader, by=manager)
    return fresh(case, leader)


@remembered
def diagnosis_case(to: str = "samira", **named: object) -> Case:
    """A case of which the diagnosis is being made."""
    case, leader = assigned_case(to, **named), user(to)
    with acting_as(leader.pk):
        operations.start_diagnosis(case, by=leader)
    return fresh(case, leader)


@remembered
def planned_case(
    to: str = "samira",
    deficits: dict[str, int] | None = None,
    self_reliance: str = SelfReliance.ZELF,
    **named: object,
) -> Case:
    """A case with an established diagnosis, ready for its plan. Without `deficits`: housing 3."""
    return _diagnosed(diagnosis_case(to, **named), to, deficits, self_reliance)


def judged(case: Case, to: str = "samira") -> Case:
    """The diagnosis of a case that was just assigned is made and established."""
    leader = user(to)
    with acting_as(leader.pk):
        operations.start_diagnosis(case, by=leader)
    return _diagnosed(case, to, None, SelfReliance.ZELF)


def _diagnosed(case: Case, to: str, deficits: dict[str, int] | None, self_reliance: str) -> Case:
    leader = user(to)
    lacking = {"huisvesting": 3} if deficits is None else deficits
    with acting_as(leader.pk):
        for leefgebied in Leefgebied.values:
            operations.judge(
                case,
                leefgebied,
                deficit=lacking.get(leefgebied, 0),
                explanation="Zoals besproken in het gesprek.",
                criminogenic=leefgebied in lacking,
                by=leader,
            )
        operations.judge_self_reliance(
            case,
            self_reliance=self_reliance,
            interview="gehouden",
            interview_on=timezone.localdate(),
            by=leader,
        )
        operations.complete_diagnosis(case, by=leader)
    return fresh(case, leader)


def fresh(case: Case, reader: User) -> Case:
    """The case as it stands now, for somebody who may know it."""
    with acting_as(reader.pk):
        return Case.objects.with_people().get(pk=case.pk)


# --- with a plan ------------------------------------------------------------------------------

# Soon enough to be offered today, and late enough to be taken over by another date.
START = timezone.localdate() + timedelta(days=2)
END = START + timedelta(days=84)


def plan_of(case: Case, *actions: tuple[str, str, str], leader: str = "samira") -> Maatwerkplan:
    """A plan with these actions: (leefgebied, what, organisation slug). Nobody is asked yet."""
    by = user(leader)
    with acting_as(by.pk):
        plan = planning.draw_up(case, by=by)
        for leefgebied, what, slug in actions or [
            ("huisvesting", "Begeleid wonen", "leger-des-heils")
        ]:
            planning.add_action(
                plan,
                leefgebied=leefgebied,
                description=what,
                organisation=organisation(slug),
                start_date=START,
                end_date=END,
                framework=Framework.VRIJWILLIG,
                by=by,
            )
    return plan


@remembered
def asked_plan(
    *actions: tuple[str, str, str], leader: str = "samira", **named: Any
) -> Maatwerkplan:
    """A plan of which every partner was asked."""
    plan, by = plan_of(planned_case(to=leader, **named), *actions, leader=leader), user(leader)
    with acting_as(by.pk):
        planning.ask_all(plan, by=by)
    return plan


def answer_all(
    plan: Maatwerkplan, answer: str = Answer.JA, leader: str = "samira", **words: Any
) -> None:
    """Every contact point answers the same to what it was asked; a no with its reason."""
    words = {"reason": "Vol."} if answer == Answer.NEE and not words else words
    with acting_as(user(leader).pk):
        slugs = set(plan.partner_actions.values_list("organisation__slug", flat=True))
    for slug in slugs:
        by = organisation(slug).contact_points.exclude(user=None).order_by("kind").first().user
        with acting_as(by.pk):
            for question in DeliveryQuestion.objects.open().to_organisation_of(by):
                if question.plan_id == plan.pk:
                    planning.answer_question(question, answer=answer, by=by, **words)


def told_by_phone(**changes: Any) -> dict[str, Any]:
    """What the interventiemanager writes down of a call with a partner without an account."""
    told = {
        "answer": Answer.JA,
        "channel": Channel.TELEFOON,
        "received_from": "Aanmeldpunt",
        "received_on": timezone.localdate(),
        "disclosed": "Naam en geboortedatum, en deze ene actie.",
        "ground": "WGS 1.5",
        "by": user("samira"),
    }
    return told | changes


@remembered
def offered_plan(
    *actions: tuple[str, str, str], leader: str = "samira", **named: Any
) -> Maatwerkplan:
    """A plan that lies before the client."""
    plan, by = asked_plan(*actions, leader=leader, **named), user(leader)
    answer_all(plan, leader=leader)
    with acting_as(by.pk):
        planning.offer(plan, by=by)
        return Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)


@remembered
def signed_plan(
    *actions: tuple[str, str, str], leader: str = "samira", **named: Any
) -> Maatwerkplan:
    """A plan that both signed today."""
    plan, by = offered_plan(*actions, leader=leader, **named), user(leader)
    with acting_as(by.pk):
        planning.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(by),
            shown_sha256=plan.text.sha256,
            by=by,
        )
        return Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)
