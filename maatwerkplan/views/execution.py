"""Execution: the start clock of a plan, and what partners do and report."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.execution import EndForm, RecordedReportForm, ReportForm
from maatwerkplan.models import Maatwerkplan, PartnerAction, PartnerActionQuerySet
from maatwerkplan.presenters.doorzetting import set_aside
from maatwerkplan.presenters.execution import ActionLine, around, counted, urgent_first
from maatwerkplan.presenters.plan import plan_in_force
from maatwerkplan.views.offer import TAB
from partners.access import for_roles, with_persons
from partners.models import Role, User, with_an_account
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent


@require_safe
@with_persons
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Every action of the signed plan: started or not, and who is late."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    plan = plan_in_force(case)
    if plan is None:
        return redirect("maatwerkplan:offer", number)
    lines = urgent_first(_lines(plan))
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE)
    context = {
        "dossier": Dossier(case, request.user, TAB),
        "plan": plan,
        "lines": lines,
        "may_revise": not rules.obstacles_to_revising(case),
        **around(plan, timezone.localdate()),
        **counted(lines),
    }
    return render(request, "maatwerkplan/start.html", context)


def _agreed(plan: Maatwerkplan) -> list[PartnerAction]:
    actions = plan.partner_actions.with_state().select_related("plan", "organisation")
    actions = actions.prefetch_related("reports__recorded_by", "organisation__contact_points")
    return list(actions.in_order())


def _lines(plan: Maatwerkplan) -> list[ActionLine]:
    actions = _agreed(plan)
    regime = plan.case.regime
    answering = with_an_account((action.organisation_id for action in actions), regime)
    return [_line(action, action.organisation_id not in answering) for action in actions]


def _line(action: PartnerAction, by_hand: bool) -> ActionLine:
    points = action.organisation.contact_points.all()
    return ActionLine.of(
        action,
        timezone.localdate(),
        reports=action.reports.all(),
        phone=next((point.phone for point in points if point.phone), ""),
        by_hand=by_hand,
    )


@page_methods
@with_persons
def report_record(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Write down what a partner without an account reported by telephone or letter."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    action = _one(PartnerAction.objects.agreed().filter(case=case), action_id)
    form = RecordedReportForm(posted(request), action=action)
    refused = rules.obstacles_to_recording_for(case, action.organisation)
    refused += rules.obstacles_to_any_report(action, rules.reported(action))
    if form.is_valid():
        told = form.cleaned_data
        refused = attempt(
            request, lambda: operations.record_report(action, by=request.user, **told)
        )
        if not refused:
            messages.success(request, "De melding is vastgelegd.")
            return redirect("maatwerkplan:start", number)
    return _report_page(request, "maatwerkplan/report_record.html", action, form, refused)


@page_methods
@with_persons
def end_record(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Say that an action is over, where its partner does not say so himself."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    action = _one(PartnerAction.objects.agreed().filter(case=case), action_id)
    form = EndForm(posted(request), action=action)
    refused = rules.obstacles_to_any_report(action, rules.reported(action))
    if form.is_valid():
        told = form.cleaned_data
        refused = attempt(request, lambda: operations.record_end(action, by=request.user, **told))
        if not refused:
            messages.success(request, "Het einde is vastgelegd. De partner krijgt bericht.")
            return redirect("maatwerkplan:start", number)
    return _report_page(request, "maatwerkplan/end_record.html", action, form, refused)


def _one(actions: PartnerActionQuerySet, action_id: UUID) -> PartnerAction:
    found = actions.with_state().select_related("plan", "organisation", "case__client")
    try:
        return found.get(pk=action_id)
    except PartnerAction.DoesNotExist:
        raise Http404 from None


def _report_page(
    request: HttpRequest,
    template: str,
    action: PartnerAction,
    form: ReportForm | EndForm,
    obstacles: list[Obstacle],
) -> HttpResponse:
    accesslog.look(request, "inzien", [action.case.number], scope=action.scope)
    reports = action.reports.select_related("recorded_by")
    context = {
        "case": action.case,
        "dossier": Dossier(action.case, request.user, TAB),
        "line": ActionLine.of(action, timezone.localdate(), reports=reports),
        "set_aside": set_aside(action),
        "calls": rules.calls_of(action),
        "form": form,
        "obstacles": obstacles,
    }
    status = status_when_sent(form, obstacles)
    return render(request, template, context, status=status)


def own_actions(user: User) -> PartnerActionQuerySet:
    """What this user's organisation does in signed plans of cases that he knows."""
    known = Case.objects.visible_to(user)
    return PartnerAction.objects.agreed().of_organisation_of(user).filter(case__in=known)


@page_methods
@for_roles(Role.KETENPARTNER)
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """A partner reports the start, the progress or the end of his own action."""
    own = _one(own_actions(request.user), action_id)
    form = ReportForm(posted(request), action=own)
    refused: list[Obstacle] = []
    if form.is_valid():
        told = form.cleaned_data
        refused = attempt(request, lambda: operations.report(own, by=request.user, **told))
        if not refused:
            messages.success(request, "Uw melding is verstuurd. Dank u wel.")
            return redirect("maatwerkplan:actions")
    return _report_page(request, "maatwerkplan/action.html", own, form, refused)
