"""The plan on the drawing board."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.plan import ActionForm, RevisionForm, TakeOverForm
from maatwerkplan.models import Maatwerkplan, PartnerAction
from maatwerkplan.presenters.plan import latest_plan, plan_page
from maatwerkplan.presenters.ways import led
from maatwerkplan.states import PlanStatus
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_when_sent

HERE = "maatwerkplan:plan"


@require_safe
@with_persons
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """The plan as it stands, and all that it still lacks."""
    return _show(request, access.get_case(request.user, number, Scope.VIEW_PLAN))


def _show(request: HttpRequest, case: Case, refused: list[Obstacle] | None = None) -> HttpResponse:
    dossier, number = Dossier(case, request.user, HERE), case.number
    found = latest_plan(case)
    actions = rules.actions_of(found) if found else []
    is_open = bool(found and dossier.leads and found.status == PlanStatus.CONCEPT)
    accesslog.look(request, "inzien", [case.number], scope=Scope.VIEW_PLAN, **dossier.seen_as)
    context = {
        "dossier": dossier,
        "plan": found,
        "page": plan_page(found, actions) if found else None,
        "missing": led(rules.obstacles_to_offer(found, actions), number)
        if is_open and found
        else [],
        "refused": led(refused or [], number),
        "is_open": is_open,
        "may_draw": dossier.leads and not rules.obstacles_to_drawing_up(case, found),
    }
    return render(request, "maatwerkplan/plan.html", context, status=409 if refused else 200)


@require_POST
@with_persons
def plan_draw_up(request: HttpRequest, number: str) -> HttpResponse:
    """Start a plan; after a refusal a new one."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    refused = attempt(request, lambda: operations.draw_up(case, by=request.user))
    if refused:
        return _show(request, case, refused)
    messages.success(request, "Het plan staat klaar om in te vullen.")
    return redirect(HERE, number)


@page_methods
@with_persons
def revise(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the next plan beside the one that is carried out, and say why."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form, obstacles = RevisionForm(posted(request)), rules.obstacles_to_revising(case)
    if form.is_valid():
        why = form.cleaned_data["reason"]
        obstacles = attempt(
            request, lambda: operations.revise_plan(case, reason=why, by=request.user)
        )
        if not obstacles:
            said = "De herziening staat klaar. Het getekende plan loopt intussen door."
            messages.success(request, said)
            return redirect(HERE, number)
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    dossier = Dossier(case, request.user, HERE)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/revise.html", context, status=status)


@page_methods
@with_persons
def drop_revision(request: HttpRequest, number: str) -> HttpResponse:
    """Give up the revision, after asking once more; the plan that was signed goes on."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    plan = _latest(case)
    if request.method != "POST":
        accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
        dossier = Dossier(case, request.user, HERE)
        context = {"dossier": dossier, "obstacles": rules.obstacles_to_drop_revision(plan)}
        return render(request, "maatwerkplan/drop_revision.html", context)
    refused = attempt(request, lambda: operations.drop_revision(plan, by=request.user))
    if refused:
        return _show(request, case, refused)
    messages.success(request, "De herziening is ingetrokken. Het getekende plan geldt.")
    return redirect("maatwerkplan:start", number)


@page_methods
@with_persons
def action_add(request: HttpRequest, number: str) -> HttpResponse:
    """Put an action in the plan."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    found = _latest(case)
    others = found.partner_actions.in_order()
    initial = {"leefgebied": request.GET.get("leefgebied", "")}
    form = ActionForm(posted(request), initial=initial, others=others)
    obstacles = rules.obstacles_to_changing(found)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.add_action(found, **form.about, by=request.user)
        )
        if not obstacles:
            messages.success(request, "De actie staat in het plan. Vraag de partner of het kan.")
            return redirect(HERE, number)
    return _action_page(request, case, form, obstacles)


def _latest(case: Case) -> Maatwerkplan:
    found = latest_plan(case)
    if found is None:
        raise Http404
    return found


@page_methods
@with_persons
def action_edit(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Change an action; its partner is asked again."""
    case, action = _action(request, number, action_id)
    others = action.plan.partner_actions.exclude(pk=action.pk).in_order()
    form = ActionForm(posted(request), initial=ActionForm.typed(action), others=others)
    obstacles = rules.obstacles_to_changing(action.plan)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request,
            lambda: operations.change_action(
                action, by=request.user, seen=form.cleaned_data["version"], **form.about
            ),
        )
        if not obstacles:
            messages.success(request, "De actie is gewijzigd.")
            return redirect(HERE, number)
    return _action_page(request, case, form, obstacles, action)


def _action(request: HttpRequest, number: str, action_id: UUID) -> tuple[Case, PartnerAction]:
    """An action of the plan that counts now, always by way of its case."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    actions = PartnerAction.objects.select_related("plan", "organisation__group", "case")
    return case, get_object_or_404(actions, pk=action_id, plan=latest_plan(case))


def _action_page(
    request: HttpRequest,
    case: Case,
    form: ActionForm,
    obstacles: list[Obstacle],
    action: PartnerAction | None = None,
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    if action and is_stale(obstacles):
        action.refresh_from_db()
        renew(form, "version", action.version)
    context = {
        "dossier": Dossier(case, request.user, HERE),
        "form": form,
        "obstacles": obstacles,
        "action": action,
        "kept": action if is_stale(obstacles) else None,
    }
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/action_edit.html", context, status=status)


@page_methods
@with_persons
def action_remove(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Take an action out of the plan, after asking once more."""
    case, action = _action(request, number, action_id)
    obstacles = rules.obstacles_to_changing(action.plan)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.remove_action(action, by=request.user))
        if not obstacles:
            messages.success(request, "De actie is uit het plan gehaald.")
            return redirect(HERE, number)
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    dossier = Dossier(case, request.user, HERE)
    context = {"dossier": dossier, "action": action, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "maatwerkplan/action_remove.html", context, status=status)


@require_POST
@with_persons
def take_over_date(request: HttpRequest, number: str, action_id: UUID) -> HttpResponse:
    """Take over the day on which the partner can begin."""
    case, action = _action(request, number, action_id)
    seen = TakeOverForm(request.POST).seen
    refused = attempt(
        request, lambda: operations.take_over_date(action, by=request.user, seen=seen)
    )
    if refused:
        return _show(request, case, refused)
    messages.success(request, "De datum van de partner staat nu in het plan.")
    return redirect(HERE, number)
