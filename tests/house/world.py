"""A house that is lived in, for the tests that walk through every page as everybody.

Every sensitive field in it is a word of its own, a canary. What each person may come across is
written down here by hand, from the design and not from the code. Arranged by the real operations.
"""

import uuid
from dataclasses import dataclass, field
from datetime import time, timedelta

from django.utils import timezone

from agenda import operations as agenda
from agenda.models import Casusoverleg, Invitation
from beheerscommissie import operations as area_work
from beheerscommissie.models import Area, Means, NuisanceKind, Overlastmelding, Party
from beheerscommissie.operations import Contact, Nuisance
from cases import access
from cases import operations as casework
from cases.models import (
    Case,
    ClosingReason,
    ImportRow,
    Prioriteitenlijst,
    Scope,
    Slachtoffer,
)
from cases.operations.import_rows import Entry, ReadRow
from maatwerkplan import documents
from maatwerkplan import operations as planning
from maatwerkplan.models import DeliveryQuestion, Framework, Maatwerkplan, PartnerAction
from partners import operations as accounts
from partners.models import Appointment, Toetreding
from privacy.models import Signal
from privacy.tasks import watch_log
from tests import situations
from tests.house.diagnoses import judge_all
from tests.house.documents import bring_in_documents
from tests.house.execution_doors import evaluate_a_plan, lay_a_partner_before_the_manager
from tests.house.facts import write_down_facts
from tests.house.goals import set_a_goal
from tests.house.matters import say_no_and_ask_the_manager
from tests.house.steps import press_on
from tests.house.victims import about_victim, write_down_victims
from tests.house.weighings import WEIGHERS, weigh_one, what_was_told
from veiligheidshuis import accesslog, factors
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

VISITOR = ""
OFFICE = frozenset({"bureau", "manager"})
PARTNERS = frozenset({"politie", "politie2", "om", "legerdesheils", "mondriaan", "rimo", "ggd"})
STRAF = frozenset({"politie", "politie2", "om"})
LEADERS = frozenset({"samira", "tom"})
PERSONS = OFFICE | PARTNERS | LEADERS
COMMISSION = frozenset({"bewoner", "buurtregisseur"})
ADMINISTRATORS = frozenset({"beheerder", "beheerder2"})
STAFF = PERSONS | COMMISSION | ADMINISTRATORS | {"stuurgroep", "fg", "privacy"}
EVERYBODY = STAFF | {VISITOR}
BSN = "123456782"
OFFENCES = 4711


@dataclass(frozen=True)
class Canary:
    """A word that stands nowhere else, and who may come across it."""

    word: str
    about: str
    seen_by: frozenset[str]


@dataclass
class Circle:
    """One case, and who is in which circle round it."""

    case: Case
    know: frozenset[str]
    lead: frozenset[str] = frozenset()
    diagnosis: frozenset[str] = frozenset()
    supports: frozenset[str] = frozenset()  # a victim of this case
    weigh: frozenset[str] = frozenset()  # the report
    planned: bool = False

    @property
    def victims(self) -> frozenset[str]:
        """Who leads, and who supports one of them."""
        return self.lead | self.supports

    @property
    def content(self) -> frozenset[str]:
        """Who leads; and who was given a part of it by hand: the supporter of a victim."""
        return self.lead | (self.diagnosis & self.know)

    @property
    def told_who_looked(self) -> frozenset[str]:
        """Who leads; and who supervises, once somebody looked."""
        return self.lead | {"fg"}

    @property
    def administer(self) -> frozenset[str]:
        return self.lead | (self.know & OFFICE)

    @property
    def count(self) -> frozenset[str]:
        """Who supplies judicial data: of the straf chain, and knows the case."""
        return self.know & STRAF

    @property
    def office(self) -> frozenset[str]:
        return self.know & OFFICE

    @property
    def bureau(self) -> frozenset[str]:
        return self.know & {"bureau"}

    @property
    def assign(self) -> frozenset[str]:
        return self.know & {"manager"}

    @property
    def plan(self) -> frozenset[str]:
        return self.lead if self.planned else frozenset()


@dataclass
class World:
    """What there is in the house, by what the tests call it."""

    canaries: list[Canary] = field(default_factory=list)
    circles: dict[str, Circle] = field(default_factory=dict)
    lists: dict[str, Prioriteitenlijst] = field(default_factory=dict)
    actions: dict[str, PartnerAction] = field(default_factory=dict)
    questions: dict[str, DeliveryQuestion] = field(default_factory=dict)
    rows: list[ImportRow] = field(default_factory=list)
    unread_list: uuid.UUID | None = None
    steps: dict[str, uuid.UUID] = field(default_factory=dict)
    reports: list[Overlastmelding] = field(default_factory=list)
    report_code: str = ""
    hand_group: int = 0
    victims: dict[str, Slachtoffer] = field(default_factory=dict)
    meetings: dict[str, Casusoverleg] = field(default_factory=dict)
    invitations: list[Invitation] = field(default_factory=list)
    someone: int = 0
    someones_factor: int = 0
    someone_else: int = 0
    leader: int = 0
    barred: int = 0
    absence: uuid.UUID | None = None
    emergency: uuid.UUID | None = None
    appointment: int = 0
    reset: uuid.UUID | None = None
    lost: uuid.UUID | None = None
    toetredingen: list[uuid.UUID] = field(default_factory=list)
    mandaat: uuid.UUID | None = None
    asked_source: uuid.UUID | None = None
    signal: uuid.UUID | None = None

    def canary(self, about: str, seen_by: str | frozenset[str]) -> str:
        """A fresh word; all are equally long, so none is part of another."""
        n = len(self.canaries)
        word = "Zq" + "".join(chr(ord("a") + n // 26**k % 26) for k in (2, 1, 0)) + "wx"
        who = frozenset(seen_by.split()) if isinstance(seen_by, str) else seen_by
        self.canaries.append(Canary(word, about, who))
        return word


def furnish() -> World:
    """Everything that the tests walk through."""
    world = World()
    with acting_as(ANONYMOUS):
        world.someone = situations.user("politie").pk
        world.someone_else = situations.user("bewoner").pk
        world.leader = situations.user("samira").pk
        world.appointment = Appointment.objects.get(user_id=world.someone).pk
    with acting_as(world.someone):
        world.someones_factor = factors.of(situations.user("politie"))[0].pk
    _signed_case(world)
    _refused_case(world)
    _asked_case(world)
    _barred_case(world)
    _closed_case(world)
    _candidates(world)
    _meeting(world, "het vastgestelde overleg", "de ondertekenaar", adopted=True)
    _meeting(world, "het gehouden overleg", "de wachtende", adopted=False)
    _import(world)
    _report(world)
    _absence(world)
    _reset(world)
    _toetredingen(world)
    _emergency(world)
    _looked_into(world)
    return world


def _reset(world: World) -> None:
    """A partner lost his telephone, and another his password; nobody looked along yet."""
    office, rimo = situations.user("bureau"), situations.user("rimo")
    with acting_as(office.pk):
        world.reset = accounts.ask_reset(rimo, reason="Weg", identity="Kwam", by=office).pk
        accounts.begin_round(by=office)
        world.lost = accounts.invite(situations.user("politie2"), by=office).pk


def _toetredingen(world: World) -> None:
    """The police sit at the table with a mandate, and a new partner was proposed."""
    proposed, mandaat = situations.proposed_partner(), situations.mandate("politie")
    with acting_as(situations.user("bureau").pk):
        seated = Toetreding.objects.get(organisation__slug="politie")
    world.toetredingen, world.mandaat = [seated.pk, proposed.pk], mandaat.pk


def _looked_into(world: World) -> None:
    """The manager looked into every case once; somebody guessed at numbers, which was noticed."""
    manager = situations.user("manager").pk
    for circle in world.circles.values():
        accesslog.write(manager, [accesslog.Look("inzien", [circle.case.number])])
    tries = [
        accesslog.Look("opvragen", [f"number={n}"], outcome="niet gevonden") for n in range(20)
    ]
    accesslog.write(world.someone, tries)
    watch_log.apply(throw=True)
    with acting_as(situations.user("fg").pk):
        world.signal = Signal.objects.get(user_id=world.someone).pk


def _person(
    world: World,
    about: str,
    know: frozenset[str],
    named_by: frozenset[str] = frozenset(),
    **more: object,
) -> dict[str, object]:
    """Somebody whose every name is a canary for who knows his case, and who reported him."""
    return {
        "first_name": world.canary(f"voornaam van {about}", know | named_by),
        "last_name": world.canary(f"achternaam van {about}", know | named_by),
        "municipality": world.canary(f"gemeente van {about}", know),
        **more,
    }


def _listed(world: World, about: str, know: frozenset[str], **more: object) -> Case:
    """A client on the adopted list; why he was put forward is for who leads."""
    police = situations.user("politie2")
    lead = know & LEADERS
    with acting_as(police.pk):
        case = casework.put_forward(
            situations.a_person(**_person(world, about, know, **more)),
            doelgroep="veelpleger",
            source=police.organisation,
            reason=world.canary(f"waarom {about} is aangedragen", lead),
            offences=OFFENCES,
            by=police,
        )
    situations.admit(case)
    ranked = situations.open_list(case, members=("om",))
    manager = situations.user("manager")
    with acting_as(manager.pk):
        casework.adopt_list(ranked, by=manager)
        casework.assign(case, situations.user(*lead), by=manager)
    world.lists[about] = ranked
    return case


def _diagnosed(world: World, about: str, know: frozenset[str], **more: object) -> Case:
    """A client with an established diagnosis, lacking on two leefgebieden."""
    case = _listed(world, about, know, **more)
    lead = know & LEADERS
    leader = situations.user(*lead)
    with acting_as(leader.pk):
        casework.start_diagnosis(case, by=leader)
        judge_all(world, about, know, case, leader)
        casework.complete_diagnosis(case, by=leader)
    return case


def _planned(
    world: World, about: str, know: frozenset[str], home: str, care: str, **more: object
) -> Maatwerkplan:
    """A plan with an action on each lacking leefgebied, seen by `home` and by `care`; all asked."""
    case = _diagnosed(world, about, know, **more)
    leader = situations.user(*(know & LEADERS))
    begin = timezone.localdate() + timedelta(days=2)
    with acting_as(leader.pk):
        plan = planning.draw_up(case, by=leader)
        for leefgebied, slug, seen in (
            ("huisvesting", "leger-des-heils", home),
            ("gezondheid", "mondriaan", care),
        ):
            world.actions[f"{leefgebied} van {about}"] = planning.add_action(
                plan,
                leefgebied=leefgebied,
                description=world.canary(f"actie {leefgebied} van {about}", seen),
                organisation=situations.organisation(slug),
                start_date=begin,
                end_date=begin + timedelta(weeks=6),
                framework=Framework.VRIJWILLIG,
                by=leader,
            )
        set_a_goal(world, about, plan, leader)
        planning.ask_all(plan, by=leader)
        for question in DeliveryQuestion.objects.filter(plan=plan).select_related("action"):
            world.questions[f"{question.action.leefgebied} van {about}"] = question
    return plan


def _signed_case(world: World) -> None:
    """In execution; the police may see the housing of this client, until next week."""
    know = OFFICE | {"samira", "politie", "legerdesheils", "mondriaan"}
    home, care = "samira politie legerdesheils", "samira mondriaan manager"
    plan = _planned(world, "de ondertekenaar", know, home, care, bsn=BSN)
    samira = situations.user("samira")
    situations.answer_all(plan)
    with acting_as(samira.pk):
        case = plan.case
        planning.offer(plan, by=samira)
        plan = Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)
        planning.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=plan.text.sha256,
            by=samira,
        )
        planning.keep_document(plan, documents.draw(plan), by=samira)
        casework.grant_by_hand(
            case,
            situations.user("politie"),
            scopes=[Scope.VIEW_HUISVESTING],
            end_date=timezone.localdate() + timedelta(days=7),
            reason=world.canary("reden van de toegang", OFFICE | {"samira"}),
            by=samira,
        )
        world.hand_group = situations.user("politie").personal_group_id
    _notes(world, case, know)
    _progress(world, home)
    lay_a_partner_before_the_manager(world)
    write_down_victims(world, case)
    write_down_facts(world, case)
    bring_in_documents(world, case)
    police = frozenset({"politie"})
    world.circles["de ondertekenaar"] = Circle(
        case, know, frozenset({"samira"}), police | {"samira"}, supports=police, planned=True
    )
    evaluate_a_plan(world)


def _notes(world: World, case: Case, know: frozenset[str]) -> None:
    """A note for each kind of reader."""
    samira = situations.user("samira")
    with acting_as(samira.pk):
        for scope, seen in (
            (Scope.LEAD_CASE, frozenset({"samira"})),
            (Scope.KNOW_CASE, know),
            (Scope.VIEW_HUISVESTING, frozenset({"samira", "politie"})),
            (Scope.VIEW_GEZONDHEID, frozenset({"samira"})),
        ):
            casework.add_note(
                case,
                title=world.canary(f"titel van notitie {scope}", seen),
                text=world.canary(f"tekst van notitie {scope}", seen),
                scope=scope,
                by=samira,
            )


def _progress(world: World, home: str) -> None:
    """The shelter began."""
    shelter = situations.user("legerdesheils")
    action = world.actions["huisvesting van de ondertekenaar"]
    with acting_as(shelter.pk):
        planning.report(
            PartnerAction.objects.select_related("plan", "case").get(pk=action.pk),
            kind="start",
            happened_on=timezone.localdate(),
            text=world.canary("voortgang bij de ondertekenaar", home),
            by=shelter,
        )


def _refused_case(world: World) -> None:
    """The client said no; who would deliver lets go until there is a new plan."""
    know = OFFICE | {"tom", "rimo"}
    plan = _planned(world, "de weigeraar", know, "tom", "tom")
    tom = situations.user("tom")
    situations.answer_all(plan, leader="tom")
    with acting_as(tom.pk):
        planning.offer(plan, by=tom)
        plan = Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)
        planning.plan_talk(plan, on=timezone.localdate(), by=tom)
        planning.refuse(
            plan,
            reason=world.canary("waarom de weigeraar weigert", "tom"),
            message_given=True,
            next_step=world.canary("vervolgstap bij de weigeraar", "tom"),
            next_step_on=timezone.localdate() + timedelta(days=3),
            by=tom,
        )
    press_on(world, plan)
    toms = frozenset({"tom"})
    world.circles["de weigeraar"] = Circle(plan.case, know, toms, toms, planned=True)


def _asked_case(world: World) -> None:
    """The clinic said no and let go; the shelter has not answered yet."""
    know = OFFICE | {"samira", "legerdesheils"}
    plan = _planned(world, "de wachtende", know, "samira legerdesheils", "samira manager")
    say_no_and_ask_the_manager(world)
    world.circles["de wachtende"] = Circle(
        plan.case, know, frozenset({"samira"}), frozenset({"samira"}), planned=True
    )


def _barred_case(world: World) -> None:
    """A relative of the bedrijfsbureau's: it does not know this case, whatever its function."""
    know = frozenset({"manager", "tom"})
    case = _diagnosed(world, "de verwant", know)
    manager, office = situations.user("manager"), situations.user("bureau")
    world.barred = office.pk
    with acting_as(manager.pk):
        access.bar(case, office, world.canary("reden van de uitsluiting", "manager"))
    world.circles["de verwant"] = Circle(case, know, frozenset({"tom"}), frozenset({"tom"}))


def _closed_case(world: World) -> None:
    """The house let go: the office sees that it was there, and nobody what stood in it."""
    about, tom = "de afgeslotene", situations.user("tom")
    case = situations.assigned_case(to="tom", **_person(world, about, OFFICE))
    with acting_as(tom.pk):
        casework.record_victim(case, about_victim(world, about, ""), by=tom)
        casework.close_case(
            case,
            reason=ClosingReason.VERHUISD,
            result=world.canary(f"wat is bereikt met {about}", frozenset()),
            decided_by=situations.organisation("politie"),
            decided_on=timezone.localdate(),
            by=tom,
        )
    world.circles[about] = Circle(case, OFFICE)


def _candidates(world: World) -> None:
    """Two candidates on a list in discussion, and one who is on no list."""
    meeting = frozenset({"om", "ggd"})
    office = situations.user("bureau")
    listed = []
    for about, by in (("de eerste kandidaat", "rimo"), ("de tweede kandidaat", "politie2")):
        know, weighing = OFFICE | meeting, WEIGHERS if by == "rimo" else frozenset()
        actor = situations.user(by)
        with acting_as(actor.pk):
            case = casework.nominate(
                situations.a_person(**_person(world, about, know, named_by=frozenset({by}))),
                doelgroep="huiselijk_geweld",
                report=what_was_told(world, about, weighing),
                by=actor,
            )
        listed.append(case)
        world.circles[about] = Circle(case, know, weigh=weighing)
    weigh_one(world, listed[0])
    with acting_as(office.pk):
        ranked = casework.open_list(
            "kanarie",
            meeting_on=timezone.localdate() + timedelta(days=4),
            members=[situations.user(m) for m in sorted(meeting)],
            by=office,
        )
        casework.add_candidates(ranked, listed, by=office)
        casework.move_candidate(
            ranked,
            listed[1],
            to_place=1,
            reason=world.canary("reden van de verplaatsing", OFFICE | meeting),
            by=office,
        )
    world.lists["in bespreking"], world.asked_source = ranked, situations.asked_source(ranked)
    know = OFFICE | {"politie2"}
    loose = situations.put_forward_case(by="politie2", **_person(world, "de losse", know))
    world.circles["de losse"] = Circle(loose, know)


def _meeting(world: World, name: str, about: str, *, adopted: bool) -> None:
    """About one case, with who leads it and the shelter; the bedrijfsbureau takes the notes."""
    office = situations.user("bureau")
    circle = world.circles[about]
    invited = circle.lead | {"legerdesheils"}
    read = (invited if adopted else circle.lead | {"bureau"}) & circle.know
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate(),
            starts=time(9, 30),
            ends=time(11),
            place="Vergaderkamer 1",
            note_taker=office,
            by=office,
        )
        item = agenda.put_on_agenda(
            meeting,
            circle.case,
            question=world.canary(f"vraag in {name}", OFFICE | invited),
            people=[situations.user(who) for who in sorted(invited)],
            by=office,
        )
        world.invitations += item.invitations.all()
        agenda.hold(meeting, by=office)
        item.overleg.refresh_from_db()
        agenda.write_minutes(
            item,
            discussed=world.canary(f"wat is besproken in {name}", read),
            decision=world.canary(f"wat is besloten in {name}", read),
            tasks=world.canary(f"wie doet wat na {name}", read),
            by=office,
        )
        if adopted:
            agenda.adopt_minutes(meeting, by=office)
    world.meetings[name] = meeting


def _absence(world: World) -> None:
    """A partner is away next week, and nobody stands in."""
    away = situations.user("ggd")
    first = timezone.localdate() + timedelta(days=7)
    with acting_as(away.pk):
        world.absence = accounts.record_absence(
            away, by=away, start_date=first, end_date=first + timedelta(days=4)
        ).pk


def _emergency(world: World) -> None:
    """The office opened the dossier of who refused, and closed it again; nobody judged it yet."""
    office = situations.user("bureau")
    told = OFFICE | {"tom", "fg"}
    with acting_as(office.pk):
        opened = casework.break_glass(
            world.circles["de weigeraar"].case,
            reason=world.canary("waarom het dossier in nood is geopend", told),
            hours=1,
            by=office,
        )
        casework.end_emergency(opened, by=office)
    world.emergency = opened.pk


def _import(world: World) -> None:
    """A list of the police that waits for its confirmation."""
    office = situations.user("bureau")
    person = situations.a_person(**_person(world, "de regel van de lijst", OFFICE))
    with acting_as(office.pk):
        row = ReadRow(2, Entry(person, "veelpleger", 3))
        rejected = ReadRow(3, reason="Geen achternaam.")
        batch = casework.receive_import("lijst.csv", [row, rejected], by=office)
        world.rows = list(batch.rows.select_related("batch").order_by("line"))
        casework.remember_columns(batch.source, {"roepnaam": "voornaam"}, doelgroep="", by=office)
        world.unread_list = casework.keep_file("andere.csv", b"naam;roep\nHeks;Wim", by=office).pk


def _report(world: World) -> None:
    """Nuisance, reported by somebody who wants to hear about it, handled and told."""
    handler = frozenset({"buurtregisseur"})
    chair = situations.user("buurtregisseur")
    with acting_as(ANONYMOUS):
        area = Area.objects.get(slug="gasthuis")
        party = Party.objects.order_by("pk").first()
        world.report_code = area_work.file_report(
            area,
            Nuisance(
                kind=NuisanceKind.OPENBARE_ORDE,
                place=area.places.first(),
                happened_on=timezone.localdate(),
                day_part="nacht",
                conduct=world.canary("wat de melder zag", handler),
                place_detail=world.canary("waar precies", handler),
            ),
            Contact(
                name=world.canary("naam van de melder", handler),
                phone="06 98 76 54 32",
                email=f"{world.canary('e-mail van de melder', handler).lower()}@melder.example",
            ),
            submission=uuid.uuid4(),
            sender="ergens",
        )
    with acting_as(chair.pk):
        report = Overlastmelding.objects.get()
        report = area_work.assign_report(report, party, by=chair)
        done = world.canary("wat eraan gedaan is", handler)
        report = area_work.handle_report(report, text=done, by=chair)
        area_work.give_feedback(
            report,
            means=Means.TELEFOON,
            text=world.canary("wat de melder hoorde", handler),
            told_on=timezone.localdate(),
            by=chair,
        )
        world.reports = list(Overlastmelding.objects.all())
