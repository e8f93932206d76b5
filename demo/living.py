"""In the demo house one plan was revised, one client stepped out of his, and of one is known where
he is."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from cases import operations as casework
from cases.models import Case
from demo.people import who
from maatwerkplan import operations as planning
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Financing,
    Framework,
    Instrument,
    Maatwerkplan,
)
from partners.models import Organisation
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.scanner import NOBODY, Verdict
from veiligheidshuis.uploads import Fit


def revise(case: Case, to: str) -> None:
    """He takes the treatment a month longer, and signed for it. Nobody else was asked anything."""
    leader = who(to)
    with acting_as(leader.pk):
        signed = Maatwerkplan.objects.in_force_of(case)
        if signed is None:
            return
        plan = planning.revise_plan(
            Case.objects.get(pk=case.pk),
            reason="De behandeling heeft een maand langer nodig.",
            by=leader,
        )
        longer = plan.partner_actions.get(leefgebied="gezondheid")
        planning.change_action(longer, end_date=longer.end_date + timedelta(weeks=4), by=leader)
        planning.ask_all(plan, by=leader)
    partner = who("mondriaan")
    with acting_as(partner.pk):
        for question in DeliveryQuestion.objects.open().to_organisation_of(partner):
            if question.plan_id == plan.pk:
                planning.answer_question(question, answer=Answer.JA, by=partner)
    with acting_as(leader.pk):
        planning.offer(plan, by=leader)
        plan = Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)
        planning.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(leader),
            shown_sha256=plan.text.sha256,
            by=leader,
        )


def learn_afterwards(case: Case, to: str) -> None:
    """What he does by day goes on until a training begins; the municipality was asked for that."""
    leader = who(to)
    with acting_as(leader.pk):
        plan = Maatwerkplan.objects.get(case=case)
        days = plan.partner_actions.get(leefgebied="werk_inkomen")
        begin = days.end_date + timedelta(days=1)
        planning.add_action(
            plan,
            leefgebied="educatie",
            description="Opleiding tot stukadoor",
            organisation=Organisation.objects.get(slug="gemeente-heerlen"),
            start_date=begin,
            end_date=begin + timedelta(weeks=10),
            framework=Framework.VRIJWILLIG,
            financing=Financing.RESERVE,
            municipality="Heerlen",
            bridged_by=days,
            by=leader,
        )
        planning.ask_all(plan, by=leader)


def step_out(case: Case, to: str) -> None:
    """His debts go on being put in order. The first step was taken, the second is the police's.

    On a machine that cannot draw the paper nobody signed, and there is nothing to step out of.
    """
    leader, today = who(to), timezone.localdate()
    with acting_as(leader.pk):
        plan = Maatwerkplan.objects.latest_of(case)
        if plan is None or plan.signed_at is None:
            return
        debts = plan.partner_actions.get(leefgebied="schuldsanering")
        planning.drop_out(
            plan,
            reason="Die ochtenden hou ik niet vol.",
            message_given=True,
            next_step="Gesprek met cliënt en reclassering",
            next_step_on=today,
            goes_on={debts.pk},
            by=leader,
        )
        planning.record_outcome(
            plan.steps.select_related("case").get(),
            text="Hij kwam, en wil erover nadenken.",
            happened_on=today,
            by=leader,
        )
        planning.press(
            plan,
            organisation=Organisation.objects.get(slug="politie"),
            instrument=Instrument.HUISBEZOEK,
            description="De wijkagent gaat langs en vraagt of hij weer begint",
            framework=Framework.DRANG,
            on=today + timedelta(days=4),
            by=leader,
        )


# What is known, since how many days and until how many days ago, and from which partner.
WHEREABOUTS = (
    (
        "adres",
        "ingeschreven",
        "Voorbeeldstraat 8, 6411 XX Heerlen",
        "",
        400,
        90,
        "gemeente-heerlen",
    ),
    (
        "adres",
        "verblijf",
        "Opvang aan de Voorbeeldlaan 2, Heerlen",
        "",
        40,
        None,
        "leger-des-heils",
    ),
    ("bereik", "telefoon", "06 0000 00 00", "", 40, None, None),
    ("omgeving", "ouder", "Mevrouw Voorbeeld", "045 000 00 00", 400, None, None),
    ("detentie", "voorarrest", "PI Voorbeeldstad", "", 120, 62, "politie"),
    ("kader", "toezicht", "Rechtbank; toezicht door de reclassering", "", 60, None, None),
)


def whereabouts(case: Case, to: str) -> None:
    """Who he is and where he is; one address is secret, and one was typed wrongly at first."""
    leader, today = who(to), timezone.localdate()
    with acting_as(leader.pk):
        for kind, sort, what, phone, since, over, slug in WHEREABOUTS:
            casework.record_fact(
                case,
                casework.AboutFact(
                    kind=kind,
                    sort=sort,
                    what=what,
                    phone=phone,
                    from_on=today - timedelta(days=since),
                    until_on=None if over is None else today - timedelta(days=over),
                    expected_end=today + timedelta(days=300) if kind == "kader" else None,
                    supplier=Organisation.objects.get(slug=slug) if slug else None,
                ),
                by=leader,
            )
        post = casework.AboutFact(
            "adres", "post", "Postbus 0, Heerlen", today - timedelta(days=30), secret=True
        )
        wrong = casework.record_fact(case, replace(post, what="Postbus 1, Heerlen"), by=leader)
        casework.correct_fact(wrong, post, because="Het nummer was verkeerd.", by=leader)
        casework.add_note(
            case,
            title="Gesprek op de opvang",
            text="Hij wil graag weer aan het werk.",
            scope="know_case",
            happened_on=today - timedelta(days=6),
            by=leader,
        )


def papers(case: Case, to: str) -> None:
    """Two documents that can be opened, and one that did not belong here. In the demo house nobody
    looks whether they do harm, and their line says so."""
    leader = who(to)
    probation = Organisation.objects.get(slug="reclassering-nederland")
    letter = b"Dit is een verzonnen brief.\r\nEr staat niets in dat waar is.\r\n"
    with acting_as(leader.pk):
        for title, category, ground, supplier in (
            ("Rapport van de reclassering", "justitie", "deelnemer", probation),
            ("Brief van de verhuurder", "huisvesting", "client", None),
            ("Brief over iemand anders", "regie", "client", None),
        ):
            about = casework.AboutDocument(
                title=title,
                category=category,
                ground=ground,
                keep_until=timezone.localdate() + timedelta(days=730),
                supplier=supplier,
            )
            name = f"{title.lower().replace(' ', '-')}.txt"
            document = casework.add_document(case, about, Fit(name, "txt", letter), by=leader)
            casework.clear_document(document, Verdict("", NOBODY), by=leader)
        casework.take_back_document(
            document, because="De brief ging over iemand met dezelfde naam.", by=leader
        )
