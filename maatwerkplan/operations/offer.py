"""The offer: now, and started within a week; signed by two, or taken back. S2, Werkprocessen."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, DeadlineKind, Scope, TimelineKind
from cases.operations import record, start_execution, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Maatwerkplan,
    OfferTalk,
    OnPaper,
    PartnerAction,
    Party,
    PlanDocument,
    PlanText,
    Signature,
)
from maatwerkplan.operations.drawing import locked
from maatwerkplan.operations.reminding import remind
from maatwerkplan.operations.revising import (
    back_to_the_plan_in_force,
    replace_those_in_force,
)
from maatwerkplan.operations.steps import let_steps_fall, wait_for_steps
from maatwerkplan.operations.taking_back import let_matters_fall
from maatwerkplan.operations.wording import wording
from maatwerkplan.states import PLAN_FLOW
from partners.models import Role, User
from veiligheidshuis.celery import after_commit
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import refuse_if, stale
from veiligheidshuis.werkafspraken import number

# {"width", "height", "strokes": [[[x, y], …], …]}; None for a name that was typed.
Strokes = dict[str, Any] | None


@transaction.atomic
def offer(
    plan: Maatwerkplan, *, by: User, seen: int | None = None, shown_sha256: str | None = None
) -> PlanText:
    """Offer the plan to the client: from here on it is fixed, and the week begins to run.

    `shown_sha256` is the fingerprint of the preview: what is offered is what was read beforehand.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(stale(seen, plan.version))
    list(PartnerAction.objects.select_for_update(of=("self",)).filter(plan=plan).order_by("pk"))
    actions = rules.actions_of(plan)
    refuse_if(rules.obstacles_to_offer(plan, actions))
    plan.status = PLAN_FLOW.end("offer", plan.status)
    plan.offered_at, plan.offered_by = timezone.now(), by
    plan.version += 1
    plan.save()
    text = PlanText.of(plan, wording(plan, actions, offered_on=timezone.localdate()))
    refuse_if(rules.obstacles_to_preview(shown_sha256, text.sha256))
    text.save(force_insert=True)
    let_matters_fall(plan, by=by)
    record(plan.case, TimelineKind.AANBOD, "Plan aangeboden", scope=Scope.KNOW_CASE, by=by)
    return text


@transaction.atomic
def sign(
    plan: Maatwerkplan,
    *,
    client_name: str = "",
    manager_name: str,
    shown_sha256: str,
    by: User,
    representative_name: str = "",
    client_strokes: Strokes = None,
    manager_strokes: Strokes = None,
    representative_strokes: Strokes = None,
    paper: OnPaper | None = None,
) -> None:
    """Client and interventiemanager sign the text that was shown: drawn, typed or on paper. OFF-04.

    Who speaks for the client signs with him or instead of him (`plan_talk`). The actions become
    tasks of their partners, the start clock runs, and the worker draws the PDF.
    """
    wait_for_steps(plan)
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_sign(plan, shown_sha256=shown_sha256))
    signers = rules.signers_of(plan, by)
    given = {
        Party.CLIENT: (client_name, client_strokes),
        Party.VERTEGENWOORDIGER: (representative_name, representative_strokes),
        Party.INTERVENTIEMANAGER: (manager_name, manager_strokes),
    }
    refuse_if(rules.obstacles_to_names(signers, {who: name for who, (name, _) in given.items()}))
    refuse_if(rules.obstacles_to_paper(plan, paper) if paper else [])
    for signer in signers:
        name, strokes = given[Party(signer.party)]
        _write_down(plan, signer, name, strokes, paper, by=by)
    plan.status = PLAN_FLOW.end("sign", plan.status)
    plan.signed_at = timezone.now()
    plan.version += 1
    plan.save()
    case = start_execution(plan.case, by=by)
    replace_those_in_force(plan, by=by)
    let_steps_fall(plan, by=by)
    _hand_out(plan, by=by)
    record(
        case,
        TimelineKind.AANBOD,
        "Plan getekend op papier" if paper else "Plan getekend door cliënt en interventiemanager",
        scope=Scope.KNOW_CASE,
        by=by,
    )
    after_commit("maatwerkplan.draw_plan", plan.pk, as_user=by.pk)


def _write_down(
    plan: Maatwerkplan,
    signer: rules.Signer,
    name: str,
    strokes: Strokes,
    paper: OnPaper | None,
    *,
    by: User,
) -> None:
    """One signature under the text."""
    signature = Signature(
        plan=plan,
        case=plan.case,
        party=signer.party,
        name=name.strip(),
        strokes=strokes or None,
        capacity=signer.capacity,
        ground=signer.ground,
        text_sha256=plan.text.sha256,
        recorded_by=by,
    )
    if paper:
        signature.paper_signed_on = paper.signed_on
        signature.paper_place, signature.paper_kept_by = paper.place, paper.kept_by
    signature.save(force_insert=True)


def sign_on_paper(plan: Maatwerkplan, *, paper: OnPaper, shown_sha256: str, by: User) -> None:
    """Everybody who must sign did so with a pen, on a print of the text that was shown."""
    names = {signer.party: signer.name for signer in rules.signers_of(plan, by)}
    sign(
        plan,
        client_name=names.get(Party.CLIENT, ""),
        representative_name=names.get(Party.VERTEGENWOORDIGER, ""),
        manager_name=names[Party.INTERVENTIEMANAGER],
        shown_sha256=shown_sha256,
        paper=paper,
        by=by,
    )


@transaction.atomic
def plan_talk(
    plan: Maatwerkplan,
    *,
    on: date,
    by: User,
    reason: str = "",
    interpreter: str = "",
    instead: bool = False,
    **speaks: str,
) -> OfferTalk:
    """Agree on the day on which the plan is talked over, in which language, and who signs for him.

    Also when the client wants to think: then `reason` says why. `speaks`: representative, capacity
    and ground. Agreed anew it takes the place of what was agreed before. OFF-03.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_talk(plan, on, **speaks))
    talk = OfferTalk(
        plan=plan,
        case=plan.case,
        on=on,
        reason=reason,
        interpreter=interpreter,
        instead=instead and bool(speaks.get("representative")),
        recorded_by=by,
        **speaks,
    )
    talk.save(force_insert=True)
    title = f"Gesprek over het plan op {long_date(on)}"
    record(plan.case, TimelineKind.AANBOD, title, text=reason, by=by)
    return talk


def _hand_out(plan: Maatwerkplan, *, by: User) -> None:
    """Every partner gets his task and his clock; who was only asked, or has no part in this plan
    any more, lets go. What goes on from a former plan began already."""
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    access.close(plan.case, Basis.UITVOERING)
    leader = plan.case.manager or by
    told: set[int] = set()
    actions = rules.actions_of(plan)
    last_days = _last_days(actions)
    for action in actions:
        contacts = rules.contacts_in(plan.case, action.organisation)
        # Also without an account: who becomes its contact point reports about what runs already.
        takes_part = action.organisation.may_take_part(plan.case.regime)
        if takes_part and not action.partner_left:
            access.grant(
                plan.case,
                action.organisation.group,
                Basis.UITVOERING,
                end_date=last_days[action.organisation_id],
                because_of=plan.pk,
            )
        if action.started_on:
            continue
        for contact in contacts:
            if contact.pk not in told:
                tell(plan.case, "plan_getekend", to=contact.pk)
                told.add(contact.pk)
        _set_clock(action, plan, reminded=[*contacts, leader])


def _last_days(actions: list[PartnerAction]) -> dict[int, date]:
    """Until when each organisation knows the case: some weeks after the last day of its own
    actions. A plan that the client signs late can be over: its partners still report how it ended.
    """
    grace = timedelta(days=number("execution_grace_days"))
    last: dict[int, date] = {}
    for action in actions:
        former = last.get(action.organisation_id, timezone.localdate() + grace)
        last[action.organisation_id] = max(former, action.end_date + grace)
    return last


def _set_clock(action: PartnerAction, plan: Maatwerkplan, *, reminded: list[User]) -> None:
    """Day 4 partner and interventiemanager, day 5 the bedrijfsbureau, day 7 the manager; and the
    manager once more when the week is over. Issue 5, point 7; the days are werkafspraken.

    Who they are is asked again on the day itself (`address_reminders`).
    """
    assert plan.offered_on  # noqa: S101 - a signed plan was offered
    assert plan.start_by  # noqa: S101 - and has its last day
    assert action.start_by  # noqa: S101 - as each of its actions
    later = action.start_by - plan.start_by  # what waits for another has its own week
    managers = list(User.objects.in_role(Role.MANAGER))
    office = list(User.objects.in_role(Role.BEDRIJFSBUREAU))
    for kind, agreed, people in (
        (DeadlineKind.START_NADERT, "start_partner_days", reminded),
        (DeadlineKind.START_BUREAU, "start_office_days", office),
        (DeadlineKind.START_LAATSTE_DAG, "start_manager_days", managers),
    ):
        day = plan.offered_on + timedelta(days=number(agreed, plan.offered_on))
        remind(action, kind, min(day, plan.start_by) + later, people)
    remind(action, DeadlineKind.START_GEMIST, action.start_by + timedelta(days=1), managers)


@transaction.atomic
def withdraw(plan: Maatwerkplan, *, reason: str, by: User) -> None:
    """Take back an offer that the client neither signed nor refused: it must be otherwise, or he
    died or moved away. A new plan may follow."""
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_withdraw(plan, reason))
    plan.status = PLAN_FLOW.end("withdraw", plan.status)
    plan.withdrawn_at = timezone.now()
    plan.version += 1
    plan.save()
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    record(plan.case, TimelineKind.AANBOD, "Aanbod ingetrokken", scope=Scope.KNOW_CASE, by=by)
    record(plan.case, TimelineKind.AANBOD, "Reden van het intrekken", text=reason, by=by)
    back_to_the_plan_in_force(plan.case, by=by)


@transaction.atomic
def keep_document(plan: Maatwerkplan, pdf: bytes, *, by: User) -> PlanDocument:
    """Keep the PDF that the worker drew. Drawn twice, kept once."""
    access.require(by, Scope.LEAD_CASE, plan.case)
    Maatwerkplan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    kept = PlanDocument.objects.filter(plan=plan).first()
    if kept is None:
        kept = PlanDocument(plan=plan, case_id=plan.case_id, pdf=pdf)
        kept.save(force_insert=True)
    return kept


@transaction.atomic
def ask_for_document(plan: Maatwerkplan, *, by: User) -> None:
    """Have the worker draw the PDF of a signed plan (again), on behalf of who leads the case."""
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_document(plan))
    after_commit("maatwerkplan.draw_plan", plan.pk, as_user=by.pk)
