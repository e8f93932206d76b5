"""A partner does not promise what the plan asks: who leads lays it before the manager. OFF-01."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.doorzetting import DecisionForm, LayBeforeForm
from maatwerkplan.models import Doorzetting, PartnerAction
from maatwerkplan.presenters import doorzetting as presenters
from maatwerkplan.presenters.plan import latest_plan
from partners.access import for_roles, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent

BOARD = "maatwerkplan:delivery"
manager_only = for_roles(Role.MANAGER)


@page_methods
@with_persons
def lay_before(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Ask the manager to push an action through that its partner does not promise."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    action = _action_of(case, action_id)
    form, obstacles = LayBeforeForm(posted(request)), rules.obstacles_to_laying_before(action)
    if form.is_valid():
        why = form.cleaned_data["why"]
        obstacles = attempt(
            request, lambda: operations.lay_before(action, why=why, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Dit ligt nu bij de manager. Je krijgt bericht.")
            return redirect(BOARD, number)
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE)
    dossier = Dossier(case, request.user, "maatwerkplan:plan")
    context = {"dossier": dossier, "action": action, "form": form, "obstacles": obstacles}
    context["stands"] = rules.matter_for_manager(action)
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/lay_before.html", context, status=status)


def _action_of(case: Case, action_id: UUID) -> PartnerAction:
    """An action of the plan that is worked on, with what the rules read of it."""
    plan = latest_plan(case)
    actions = rules.actions_of(plan) if plan else []
    found = next((each for each in actions if each.pk == action_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@with_persons
def take_back(request: HttpRequest, number: str, matter_id: UUID) -> HttpResponse:
    """It need not be decided any more."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    matter = get_object_or_404(Doorzetting, pk=matter_id, case=case)
    refused = attempt(request, lambda: operations.take_back(matter, by=request.user))
    if refused:
        messages.warning(request, refused[0].message)
    else:
        messages.success(request, "Dit ligt niet meer bij de manager.")
    return redirect(BOARD, number)


@require_safe
@manager_only
def doorzettingen(request: HttpRequest) -> HttpResponse:
    """What waits for the manager's decision, and what he decided."""
    shown = presenters.matters()
    if shown.numbers:
        accesslog.look(request, "inzien", shown.numbers, scope=Scope.KNOW_CASE, ground="doorzetten")
    return render(request, "maatwerkplan/doorzettingen.html", {"shown": shown})


@page_methods
@manager_only
def doorzetting(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Decide, with a reason that stays."""
    matter = get_object_or_404(Doorzetting.objects.with_people(), pk=matter_id)
    form = DecisionForm(posted(request))
    obstacles = rules.obstacles_to_push_through(matter, request.user)
    if form.is_valid():
        decide = operations.push_through if form.pushes_through else operations.leave_undone
        reason = form.cleaned_data["reason"]
        obstacles = attempt(request, lambda: decide(matter, reason=reason, by=request.user))
        if not obstacles:
            messages.success(request, "Je besluit is vastgelegd. De interventiemanager hoort het.")
            return redirect("maatwerkplan:doorzettingen")
    number = matter.case.number
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE, ground="doorzetten")
    context = {"matter": matter, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/doorzetting.html", context, status=status)
