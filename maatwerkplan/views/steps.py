"""The steps of drang en dwang: agreed by who leads, and what came of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.pressure import OutcomeForm, StepForm
from maatwerkplan.models import Drangstap, DrangstapQuerySet
from maatwerkplan.presenters.plan import latest_plan
from maatwerkplan.presenters.pressure import said_of_step
from maatwerkplan.views.offer import TAB
from partners.access import for_roles, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent


@page_methods
@with_persons
def press(request: HttpRequest, number: str) -> HttpResponse:
    """Agree on the next step: by whom, with what, and when."""
    plan = latest_plan(access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None:
        return redirect("maatwerkplan:plan", number)
    care = rules.care_of(plan.case)
    form, refused = StepForm(posted(request), care=care), rules.obstacles_to_pressing(plan)
    if form.is_valid():
        about = form.cleaned_data
        refused = attempt(request, lambda: operations.press(plan, by=request.user, **about))
        if not refused:
            messages.success(request, said_of_step(plan.case, about["organisation"], about["on"]))
            return redirect("maatwerkplan:offer", number)
    more = {"form": form, "obstacles": refused, "care": care}
    return _led(request, "maatwerkplan/press.html", plan.case, **more)


def _led(request: HttpRequest, name: str, case: Case, **more: Any) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    context = {"dossier": Dossier(case, request.user, TAB), **more}
    status = status_when_sent(more["form"], more["obstacles"])
    return render(request, name, context, status=status)


def _one(steps: DrangstapQuerySet, step_id: UUID) -> Drangstap:
    found = steps.select_related("outcome__recorded_by", "organisation", "case__client")
    try:
        return found.get(pk=step_id)
    except Drangstap.DoesNotExist:
        raise Http404 from None


@page_methods
@with_persons
def step_outcome(request: HttpRequest, number: str, step_id: UUID) -> HttpResponse:
    """Who leads the case records what came of a step."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    step = _one(Drangstap.objects.filter(case=case), step_id)
    form, refused = OutcomeForm(posted(request)), rules.obstacles_to_outcome(step)
    if form.is_valid():
        said = form.cleaned_data
        refused = attempt(request, lambda: operations.record_outcome(step, by=request.user, **said))
        if not refused:
            messages.success(request, "Vastgelegd. Spreek nu de volgende stap af.")
            return redirect("maatwerkplan:press", number)
    more = {"form": form, "obstacles": refused, "step": step}
    return _led(request, "maatwerkplan/step_outcome.html", case, **more)


@page_methods
@for_roles(Role.KETENPARTNER)
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A partner reads his own step and says what came of it."""
    known = Case.objects.visible_to(request.user)
    own = Drangstap.objects.of_organisation_of(request.user).filter(case__in=known)
    found = _one(own, step_id)
    form, refused = OutcomeForm(posted(request)), rules.obstacles_to_outcome(found)
    if form.is_valid():
        said = form.cleaned_data
        refused = attempt(
            request, lambda: operations.record_outcome(found, by=request.user, **said)
        )
        if not refused:
            messages.success(request, "Uw melding is verstuurd. Dank u wel.")
            return redirect("maatwerkplan:actions")
    accesslog.look(request, "inzien", [found.case.number], scope=Scope.KNOW_CASE)
    context = {"case": found.case, "step": found, "form": form, "obstacles": refused}
    status = status_when_sent(form, refused)
    return render(request, "maatwerkplan/step.html", context, status=status)
