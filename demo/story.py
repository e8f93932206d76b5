"""What goes on in the demo house when you come in: clients in every phase, each with his people.

Told by the real operations, acting as the people who would do it, as the application role.
"""

from collections.abc import Sequence
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from agenda import operations as conferring
from agenda.rules import people_with_a_role
from cases import operations as casework
from cases import rules
from cases.forms.lists import next_code
from cases.models import Attendance, Case, Leefgebied, Prioriteitenlijst, Regime, SelfReliance
from demo.actions import (
    DAYS,
    DEBTS,
    GOALS,
    GUIDANCE,
    HOUSING,
    PAID,
    PAPERS,
    SHELTER,
    SLEEPING,
    TREATMENT,
    Action,
)
from demo.clients import Candidate, invented
from demo.living import learn_afterwards, papers, revise, step_out, whereabouts
from demo.people import seat_signatories, who
from demo.weighing import admit, ask_to_weigh, report, report_locally
from maatwerkplan import operations as planning
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
)
from partners import operations as table
from partners.models import Organisation, User
from veiligheidshuis import pdf
from veiligheidshuis.needtoknow import acting_as

LISTED, WAITING = 11, 6
EXPLANATIONS = {
    "identiteitspapieren": "Geen geldig identiteitsbewijs.",
    "huisvesting": "Slaapt afwisselend bij bekenden en in de nachtopvang.",
    "werk_inkomen": "Geen vaste dagstructuur en geen inkomen.",
    "educatie": "Geen startkwalificatie.",
    "gezondheid": "Staat open voor behandeling.",
    "zelfredzaamheid": "Heeft hulp nodig bij afspraken en post.",
    "schuldsanering": "Schulden bij meerdere schuldeisers.",
}


@transaction.atomic
def tell() -> bool:
    """Furnish the house, wholly or not at all; False when somebody lives there already."""
    with acting_as(who("bureau").pk):
        if Case.objects.exists():
            return False
    people = invented(LISTED + WAITING + 2)
    listed = bring_in(people[:LISTED])
    for case in listed:
        admit(case)
    first = rank(listed, members=("politie", "om", "ggd", "legerdesheils"))
    count(listed, people)
    adopt(first)
    bring_along(listed)
    meet([listed[0], listed[3], listed[8]])
    waiting = bring_in(people[LISTED:-2])
    ask_to_weigh(waiting[0])
    report(people[-2])
    ask_sources(rank(waiting, members=("politie", "om", "ggd", "mondriaan")))
    work_locally(people[-1])
    work_otherwise()
    return True


def work_locally(client: Candidate) -> None:
    """Somebody of the local approach: a partner that the law does not name put him forward, and is
    asked to deliver, as all partners of the covenant were in 2006. PRV-20."""
    seat_signatories()
    case = report_locally(client)
    admit(case)
    adopt(rank([case], members=("politie", "zwerfjongeren"), regime=Regime.LOKALE_PGA))
    ask(case, "tom", [DEBTS, SLEEPING])


def bring_in(candidates: Sequence[Candidate]) -> list[Case]:
    """The police put their list on the table; the bedrijfsbureau reads it in."""
    office = who("bureau")
    with acting_as(office.pk):
        police = Organisation.objects.get(slug="politie")
        return [
            casework.put_forward(
                each.person,
                doelgroep=each.doelgroep,
                source=police,
                source_note="veelplegerlijst",
                offences=each.offences,
                by=office,
            )
            for each in candidates
        ]


def rank(
    cases: Sequence[Case], members: Sequence[str], regime: str = Regime.WGS
) -> Prioriteitenlijst:
    """A list with its selection meeting today: who comes in can adopt it at once."""
    office, today = who("bureau"), timezone.localdate()
    with acting_as(office.pk):
        taken = Prioriteitenlijst.objects.values_list("code", flat=True)
        ranked = casework.open_list(
            next_code(today, taken),
            meeting_on=today,
            members=[who(m) for m in members],
            regime=regime,
            by=office,
        )
        casework.add_candidates(ranked, cases, by=office)
    return ranked


def ask_sources(ranked: Prioriteitenlijst) -> None:
    """Three partners are asked whom they put forward: the police did, and one has nobody."""
    office = who("bureau")
    with acting_as(office.pk):
        asked = Organisation.objects.filter(slug__in=("politie", "ggd-zuid-limburg", "mondriaan"))
        casework.ask_sources(ranked, asked, by=office)
        silent = ranked.bronvragen.get(organisation__slug="ggd-zuid-limburg")
        casework.note_nobody(silent, by=office)


def count(cases: Sequence[Case], candidates: Sequence[Candidate]) -> None:
    """The police say of most of the list over which years they counted."""
    police, today = who("politie"), timezone.localdate()
    with acting_as(police.pk):
        for n, (case, each) in enumerate(zip(cases, candidates, strict=False)):
            if n % 4:
                casework.count_offences(
                    case,
                    count=each.offences,
                    counted_from=today - timedelta(days=4 * 365),
                    counted_until=today - timedelta(days=5),
                    last_offence_on=today - timedelta(days=5 + 30 * n),
                    source_note="bedrijfsprocessensysteem",
                    by=police,
                )


def work_otherwise() -> None:
    """The stuurgroep decided on a smaller caseload; the office wrote it down, and it must begin."""
    office, today = who("bureau"), timezone.localdate()
    with acting_as(office.pk):
        table.agree(
            "caseload_norm",
            content="12",
            valid_from=today + timedelta(days=60),
            source="Keuze van het huis",
            changes="Met twaalf cliënten blijft er tijd om niemand los te laten.",
            decided_on=today - timedelta(days=12),
            decision="Besluit 3: akkoord, vanaf de volgende lijst",
            by=office,
        )


def adopt(ranked: Prioriteitenlijst) -> None:
    """Everybody came to the meeting, and the core participants adopt the list there."""
    manager = who("manager")
    with acting_as(manager.pk):
        said = {
            member: Attendance.STELT_VAST if rules.decides(member) else Attendance.AANWEZIG
            for member in ranked.selectieleden.by_name()
        }
        casework.record_meeting(ranked, said, by=manager)
        casework.adopt_list(ranked, by=manager)


def bring_along(cases: list[Case]) -> None:
    """Each of these clients is in another phase."""
    signed, refused, offered, asked, answered, drawing, judging, fresh, other = cases[:9]
    start(signed, "samira", [HOUSING, TREATMENT, DAYS, PAPERS], guidance=True)
    whereabouts(signed, "samira")
    papers(signed, "samira")
    revise(signed, "samira")
    refuse(refused, "tom", [HOUSING, TREATMENT])
    offer(offered, "samira", [TREATMENT, DEBTS])
    ask(asked, "samira", [HOUSING, DAYS, DEBTS])
    learn_afterwards(asked, "samira")
    disappoint(answered, "samira", [TREATMENT, DAYS])
    draw(drawing, "tom", [SHELTER, DEBTS])
    judge(judging, "samira", some=4)
    assign(fresh, "samira")
    start(other, "tom", [DAYS, DEBTS], guidance=False)
    step_out(other, "tom")


def assign(case: Case, to: str) -> User:
    manager, leader = who("manager"), who(to)
    with acting_as(manager.pk):
        casework.assign(case, leader, by=manager)
    return leader


def judge(
    case: Case, to: str, *, lacking: Sequence[str] = (), guidance: bool = False, some: int = 7
) -> User:
    """The diagnosis: `some` of the seven leefgebieden judged; complete when all are."""
    leader = assign(case, to)
    with acting_as(leader.pk):
        casework.start_diagnosis(case, by=leader)
        for n, leefgebied in enumerate(Leefgebied.values[:some]):
            lacks = leefgebied in lacking
            slight = n % 2 if some < 7 else 0
            deficit = 2 + n % 3 if lacks else slight
            casework.judge(
                case,
                leefgebied,
                deficit=deficit,
                explanation=EXPLANATIONS[leefgebied] if deficit else "",
                criminogenic=lacks,
                by=leader,
            )
        if some == 7:
            casework.judge_self_reliance(
                case,
                self_reliance=SelfReliance.NIET if guidance else SelfReliance.DEELS,
                instrument="RISC",
                interview="gehouden",
                interview_on=timezone.localdate(),
                by=leader,
            )
            casework.complete_diagnosis(case, by=leader)
    return leader


def draw(case: Case, to: str, actions: Sequence[Action], guidance: bool = False) -> Maatwerkplan:
    """A plan on the drawing board, nobody asked yet."""
    wanted = [*actions, GUIDANCE] if guidance else list(actions)
    leader = judge(case, to, lacking=[a[0] for a in wanted], guidance=guidance)
    begin = timezone.localdate() + timedelta(days=3)
    with acting_as(leader.pk):
        plan = planning.draw_up(case, by=leader)
        for weeks, (leefgebied, what, slug, framework) in enumerate(wanted, start=6):
            planning.add_action(
                plan,
                leefgebied=leefgebied,
                description=what,
                organisation=Organisation.objects.get(slug=slug),
                start_date=begin,
                end_date=begin + timedelta(weeks=weeks),
                framework=framework,
                is_guidance=leefgebied == GUIDANCE[0],
                **PAID.get(leefgebied, {}),
                by=leader,
            )
            if leefgebied in GOALS:
                planning.set_goal(plan, leefgebied, **GOALS[leefgebied], by=leader)
    return plan


def ask(case: Case, to: str, actions: Sequence[Action], guidance: bool = False) -> Maatwerkplan:
    """Every partner was asked; the last action's partner said yes already."""
    plan = draw(case, to, actions, guidance)
    leader = who(to)
    with acting_as(leader.pk):
        planning.ask_all(plan, by=leader)
    partner = contact_of(actions[-1][2])
    with acting_as(partner.pk):
        for question in questions_for(partner, plan):
            planning.answer_question(question, answer=Answer.JA, by=partner)
    return plan


def contact_of(slug: str) -> User:
    with acting_as(0):
        organisation = Organisation.objects.get(slug=slug)
        point = organisation.contact_points.exclude(user=None).order_by("kind")[:1].get()
        return who(User.objects.get(pk=point.user_id).username)


def questions_for(partner: User, plan: Maatwerkplan) -> list[DeliveryQuestion]:
    return list(
        DeliveryQuestion.objects.open()
        .to_organisation_of(partner)
        .filter(plan=plan)
        .select_related("action", "case", "plan", "organisation__group")
    )


def disappoint(case: Case, to: str, actions: Sequence[Action]) -> None:
    """One partner cannot deliver: the plan is not ready for its client."""
    plan = ask(case, to, actions)
    partner = contact_of(actions[0][2])
    with acting_as(partner.pk):
        for question in questions_for(partner, plan):
            planning.answer_question(
                question,
                answer=Answer.NEE,
                reason="Er is een wachttijd tot half januari.",
                by=partner,
            )


def offer(case: Case, to: str, actions: Sequence[Action], guidance: bool = False) -> Maatwerkplan:
    """Everybody can deliver; the plan lies before the client."""
    plan = ask(case, to, actions, guidance)
    for slug in {a[2] for a in [*actions, GUIDANCE]}:
        partner = contact_of(slug)
        with acting_as(partner.pk):
            for question in questions_for(partner, plan):
                planning.answer_question(question, answer=Answer.JA, by=partner)
    leader = who(to)
    with acting_as(leader.pk):
        planning.offer(plan, by=leader)
        return Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)


def start(case: Case, to: str, actions: Sequence[Action], *, guidance: bool) -> None:
    """Signed today; the first partner began at once.

    On a machine that cannot draw the paper nobody can sign, and the plan stays before its client.
    """
    plan = offer(case, to, actions, guidance)
    if pdf.unavailable():
        return
    leader = who(to)
    with acting_as(leader.pk):
        planning.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(leader),
            shown_sha256=plan.text.sha256,
            by=leader,
        )
    partner = contact_of(actions[0][2])
    with acting_as(partner.pk):
        mine = PartnerAction.objects.of_organisation_of(partner).filter(plan=plan)
        planning.report(
            mine.select_related("plan", "case").in_order()[:1].get(),
            kind=ProgressKind.START,
            happened_on=timezone.localdate(),
            text="De eerste afspraak is geweest.",
            by=partner,
        )


def refuse(case: Case, to: str, actions: Sequence[Action]) -> None:
    """The client says no; the partners do not let go."""
    plan = offer(case, to, actions)
    leader = who(to)
    with acting_as(leader.pk):
        planning.refuse(
            plan,
            reason="Ik heb geen hulp nodig.",
            message_given=True,
            next_step="Gesprek met reclassering en politie",
            next_step_on=timezone.localdate() + timedelta(days=5),
            by=leader,
        )


def meet(cases: Sequence[Case]) -> None:
    """A casusoverleg in three days, with everybody who has a role in each of these cases."""
    office = who("bureau")
    with acting_as(office.pk):
        overleg = conferring.plan_overleg(
            on=timezone.localdate() + timedelta(days=3),
            starts=time(9, 30),
            ends=time(11),
            place="Zaal 2, veiligheidshuis",
            note_taker=office,
            by=office,
        )
        for case in cases:
            conferring.put_on_agenda(
                overleg,
                Case.objects.get(pk=case.pk),
                question="Wat is er nodig om door te gaan?",
                people=list(people_with_a_role(case)),
                by=office,
            )
