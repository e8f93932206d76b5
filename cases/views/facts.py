"""Who the client is and where he is: a fact is written down, ends, or was wrong. DOS-01."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations
from cases.forms.facts import FORMS, EndFactForm, FactForm, WhyWrongForm, as_typed
from cases.models import DatedFact, FactKind, Scope
from cases.presenters import facts as presenters
from cases.presenters.dossier import Dossier
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of


@page_methods
@with_persons
def fact_add(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Write down a fact of this kind."""
    dossier = _kept(request, number)
    if kind not in FORMS or not presenters.may_record(dossier, kind):
        raise Http404
    form = _form(request, dossier, kind)
    obstacles: list[Obstacle] = []
    if form.is_valid():
        obstacles = attempt(
            request,
            lambda: operations.record_fact(dossier.case, form.about, by=request.user),
        )
        if not obstacles:
            messages.success(request, "Het gegeven staat in het dossier.")
            return redirect("cases:detail", number)
    return _show(request, dossier, FactKind(kind), form, obstacles)


@page_methods
@with_persons
def fact_correct(request: HttpRequest, number: str, fact_id: UUID) -> HttpResponse:
    """What stood there was wrong: this is what it is, and why."""
    dossier = _kept(request, number)
    fact = presenters.get_fact(dossier, fact_id)
    form, why = _form(request, dossier, fact.kind, fact), WhyWrongForm(posted(request))
    obstacles: list[Obstacle] = []
    if form.is_valid() & why.is_valid():
        because = why.cleaned_data["because"]
        obstacles = attempt(
            request,
            lambda: operations.correct_fact(fact, form.about, because=because, by=request.user),
        )
        if not obstacles:
            messages.success(request, "Het gegeven is verbeterd. Wat er stond, is te lezen.")
            return redirect("cases:detail", number)
    return _show(request, dossier, FactKind(fact.kind), form, obstacles, why=why, fact=fact)


@page_methods
@with_persons
def fact_end(request: HttpRequest, number: str, fact_id: UUID) -> HttpResponse:
    """It is over since a day, or it was never true."""
    dossier = _kept(request, number)
    fact = presenters.get_fact(dossier, fact_id)
    form = EndFactForm(posted(request))
    obstacles: list[Obstacle] = []
    if form.is_valid():
        obstacles = attempt(request, lambda: _end(request, fact, form))
        if not obstacles:
            messages.success(request, "Het gegeven staat nu bij wat eerder gold.")
            return redirect("cases:detail", number)
    return _show(request, dossier, FactKind(fact.kind), form, obstacles, fact=fact, ends=True)


def _end(request: HttpRequest, fact: DatedFact, form: EndFactForm) -> None:
    if form.until is not None:
        operations.end_fact(fact, until_on=form.until, by=request.user)
    else:
        because = form.cleaned_data["because"]
        operations.withdraw_fact(fact, because=because, by=request.user)


def _kept(request: HttpRequest, number: str) -> Dossier:
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    return Dossier(case, request.user, "cases:detail")


def _form(
    request: HttpRequest, dossier: Dossier, kind: str, fact: DatedFact | None = None
) -> FactForm:
    hides = {"may_hide": dossier.holds(Scope.VIEW_SECRET_ADDRESS)} if kind == "adres" else {}
    return FORMS[kind](posted(request), initial=as_typed(fact) if fact else None, **hides)


def _show(
    request: HttpRequest,
    dossier: Dossier,
    kind: FactKind,
    form: FactForm | EndFactForm,
    obstacles: list[Obstacle],
    **more: object,
) -> HttpResponse:
    accesslog.look(request, "inzien", [dossier.number], scope=Scope.LEAD_CASE, **dossier.seen_as)
    onlookers = presenters.onlookers(dossier, kind)
    context = {"dossier": dossier, "kind": kind, "form": form, "obstacles": obstacles}
    context |= {"onlookers": onlookers, **more}
    return render(request, "cases/fact_form.html", context, status=status_of(form, obstacles))
