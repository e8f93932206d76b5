"""The diagnosis: started, judged per leefgebied, established."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations, rules
from cases.forms.dossier import AgainForm, ScoreForm, SelfRelianceForm
from cases.models import Case, Diagnosis, LeefgebiedScore, Scope, explanation_of
from cases.presenters import diagnosis as presenters
from cases.presenters.dossier import Dossier, scores_of
from partners.access import with_persons
from partners.models import User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_of, status_when_sent

HERE = "cases:diagnosis"


@require_safe
@with_persons
def diagnosis(request: HttpRequest, number: str) -> HttpResponse:
    """The seven leefgebieden, as far as this reader may see them."""
    case = access.get_case(request.user, number)
    return _show(request, case)


def _show(
    request: HttpRequest,
    case: Case,
    form: SelfRelianceForm | None = None,
    obstacles: list[Obstacle] | None = None,
) -> HttpResponse:
    dossier = Dossier(case, request.user, HERE)
    if not dossier.may_open:
        raise Http404
    found = Diagnosis.objects.filter(case=case).select_related("completed_by").first()
    scores = scores_of(case)
    is_open = dossier.leads and found is not None and not rules.obstacles_to_judging(case)
    if found and is_open and form is None:
        form = SelfRelianceForm(initial=presenters.self_reliance_as_typed(found))
    scope = Scope.LEAD_CASE if dossier.leads else "leefgebied"
    accesslog.look(request, "inzien", [case.number], scope=scope, **dossier.seen_as)
    context = {
        "dossier": dossier,
        "diagnosis": found,
        "scores": scores,
        **presenters.told_of(case, scores),
        "form": form,
        "kept": _meanwhile(found, form, obstacles or []),
        "is_open": is_open,
        "may_judge_again": dossier.leads and not rules.obstacles_to_judging_again(case),
        "can_start": dossier.leads and not rules.obstacles_to_start_diagnosis(case),
        "missing": rules.obstacles_to_complete_diagnosis(case) if is_open else [],
        "obstacles": obstacles or [],
    }
    status = status_of(form, obstacles or []) if form is not None else 409 if obstacles else 200
    return render(request, "cases/diagnosis.html", context, status=status)


def _meanwhile(
    found: Diagnosis | None, form: SelfRelianceForm | None, obstacles: list[Obstacle]
) -> Diagnosis | None:
    """The diagnosis as a colleague left it, when he was first; the form goes on from there."""
    if found is None or form is None or not is_stale(obstacles):
        return None
    renew(form, "version", found.version)
    return found


@require_POST
@with_persons
def diagnosis_start(request: HttpRequest, number: str) -> HttpResponse:
    """Open the seven leefgebieden."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    obstacles = attempt(request, lambda: operations.start_diagnosis(case, by=request.user))
    if obstacles:
        return _show(request, case, obstacles=obstacles)
    messages.success(request, "De diagnose is gestart. Beoordeel nu de zeven leefgebieden.")
    return redirect(HERE, number)


@page_methods
@with_persons
def score(request: HttpRequest, number: str, leefgebied: str) -> HttpResponse:
    """Judge one leefgebied."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    found = get_object_or_404(LeefgebiedScore, case=case, leefgebied=leefgebied)
    form = ScoreForm(posted(request), initial=presenters.as_typed(found))
    obstacles = rules.obstacles_to_judging(case)
    if request.method == "POST" and form.is_valid():
        judged = form.judgement
        obstacles = attempt(
            request, lambda: operations.judge(case, leefgebied, **judged, by=request.user)
        )
        if not obstacles:
            messages.success(request, presenters.said_of_judging(found, judged))
            following = presenters.next_to_judge(found) if "verder" in request.POST else ""
            return (
                redirect("cases:score", number, following) if following else redirect(HERE, number)
            )
    return _show_score(request, case, found, form, obstacles)


def _show_score(
    request: HttpRequest,
    case: Case,
    found: LeefgebiedScore,
    form: ScoreForm,
    obstacles: list[Obstacle],
) -> HttpResponse:
    dossier = Dossier(case, request.user, HERE)
    accesslog.look(request, "inzien", [case.number], scope=found.scope, **dossier.seen_as)
    if is_stale(obstacles):
        renew(form, "version", found.version)
    context = {
        "dossier": dossier,
        "score": found,
        "asked": explanation_of(found.leefgebied, case.werkwijze_on),
        "seen_by": dossier.seen_by.of([Scope(found.scope)]),
        "form": form,
        "obstacles": obstacles,
        "kept": found if is_stale(obstacles) else None,
        "following": presenters.next_to_judge(found),
    }
    status = status_when_sent(form, obstacles)
    return render(request, "cases/score.html", context, status=status)


@require_POST
@with_persons
def self_reliance(request: HttpRequest, number: str) -> HttpResponse:
    """Judge whether the client can carry out the plan himself."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form = SelfRelianceForm(request.POST)
    if not form.is_valid():
        return _show(request, case, form)
    obstacles = attempt(request, lambda: _judge_self_reliance(case, form, request.user))
    if not obstacles:
        messages.success(request, "Het oordeel over de zelfredzaamheid staat er.")
        return redirect(HERE, number)
    return _show(request, case, form, obstacles)


def _judge_self_reliance(case: Case, form: SelfRelianceForm, by: User) -> None:
    data = dict(form.cleaned_data)
    operations.judge_self_reliance(case, seen=data.pop("version"), by=by, **data)


@page_methods
@with_persons
def diagnosis_again(request: HttpRequest, number: str) -> HttpResponse:
    """Judge again what was established, to see how the client does."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form, obstacles = AgainForm(posted(request)), rules.obstacles_to_judging_again(case)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        obstacles = attempt(
            request, lambda: operations.judge_again(case, reason=reason, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Beoordeel nu wat er anders is, en stel dan opnieuw vast.")
            return redirect(HERE, number)
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    dossier = Dossier(case, request.user, HERE)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "cases/diagnosis_again.html", context, status=status)


@page_methods
@with_persons
def diagnosis_complete(request: HttpRequest, number: str) -> HttpResponse:
    """Establish the diagnosis, after a pause that says what it means."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    obstacles = rules.obstacles_to_complete_diagnosis(case)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.complete_diagnosis(case, by=request.user))
        if not obstacles:
            messages.success(request, "De diagnose is vastgesteld. Stel nu het maatwerkplan op.")
            return redirect(HERE, number)
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    context = {"dossier": Dossier(case, request.user, HERE), "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "cases/diagnosis_complete.html", context, status=status)
