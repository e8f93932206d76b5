"""A partner does not do what it agreed, and is held to it. REG-05."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.aanspreken import CallForm, OutcomeForm, PowerForm
from maatwerkplan.models import Aanspreking, CallStage, PartnerAction
from maatwerkplan.presenters import aanspreken as presenters
from maatwerkplan.views.offer import TAB
from partners.access import for_roles, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent

CLOCK = "maatwerkplan:start"
GROUND = "aanspreken"
# What is said when a step was taken.
SAID = {
    CallStage.HERINNERING: "De partner is herinnerd.",
    CallStage.OPROEP: "De partner is opgeroepen.",
    CallStage.MANAGER: "Dit ligt nu bij de manager. Je krijgt bericht.",
}
manager_only = for_roles(Role.MANAGER)


@page_methods
@with_persons
def call(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Hold a partner to one action: the step that comes now, and what came of those before."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    found = PartnerAction.objects.agreed().with_state().select_related("plan", "organisation")
    action = get_object_or_404(found, pk=action_id, case=case)
    action.case, calls = case, rules.calls_of(action)
    form = CallForm(posted(request), stages=rules.stages_for(calls))
    obstacles = rules.obstacles_to_calling(action, calls)
    if form.is_valid():
        step = form.cleaned_data
        obstacles = attempt(request, lambda: operations.call_on(action, by=request.user, **step))
        if not obstacles:
            messages.success(request, SAID[step["stage"]])
            return redirect(CLOCK, number)
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE)
    context = {"dossier": Dossier(case, request.user, TAB), "action": action, "calls": calls}
    context |= {"form": form, "obstacles": obstacles}
    context["by_hand"] = not rules.contacts_in(case, action.organisation)
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/call.html", context, status=status)


@require_safe
@manager_only
def calls(request: HttpRequest) -> HttpResponse:
    """The partners that do not do what they agreed, as far as it came to the manager."""
    shown = presenters.calls()
    if shown.numbers:
        accesslog.look(request, "inzien", shown.numbers, scope=Scope.KNOW_CASE, ground=GROUND)
    return render(request, "maatwerkplan/calls.html", {"shown": shown})


@page_methods
@with_persons
def settle(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Write down what came of one step; by who leads, and by the manager of what he was asked."""
    found = Aanspreking.objects.settled_by(request.user).with_people()
    one = get_object_or_404(found, pk=call_id)
    leads = access.may(request.user, Scope.LEAD_CASE, one.case)
    form, obstacles = OutcomeForm(posted(request)), rules.obstacles_to_call_helped(one)
    if form.is_valid():
        write = operations.call_helped if form.has_helped else operations.call_failed
        outcome = form.cleaned_data["outcome"]
        obstacles = attempt(request, lambda: write(one, outcome=outcome, by=request.user))
        if not obstacles:
            messages.success(request, "De uitkomst is vastgelegd.")
            if leads and not form.has_helped:
                return redirect("maatwerkplan:call", one.case.number, one.action_id)
            return redirect(CLOCK, one.case.number) if leads else redirect("maatwerkplan:calls")
    accesslog.look(request, "inzien", [one.case.number], scope=Scope.KNOW_CASE, ground=GROUND)
    context = {"call": one, "form": form, "obstacles": obstacles, "leads": leads}
    context["may_ask_power"] = not leads and not rules.obstacles_to_asking_power(one, request.user)
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/call_settle.html", context, status=status)


@page_methods
@manager_only
def ask_power(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Ask a municipality or the OM for its doorzettingsmacht."""
    found = Aanspreking.objects.of_manager().with_people()
    one = get_object_or_404(found, pk=call_id)
    form, obstacles = PowerForm(posted(request)), rules.obstacles_to_asking_power(one, request.user)
    if form.is_valid():
        asked = form.cleaned_data
        obstacles = attempt(request, lambda: operations.ask_power(one, by=request.user, **asked))
        if not obstacles:
            messages.success(request, "Het is vastgelegd. Bel nu; de interventiemanager hoort het.")
            return redirect("maatwerkplan:calls")
    accesslog.look(request, "inzien", [one.case.number], scope=Scope.KNOW_CASE, ground=GROUND)
    context = {"call": one, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/call_power.html", context, status=status)
