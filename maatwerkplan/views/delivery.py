"""The delivery check: asked by the interventiemanager, answered by the partner in a minute."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.delivery import AnswerForm, HeardForm
from maatwerkplan.models import DeliveryQuestion, DeliveryQuestionQuerySet, Maatwerkplan
from maatwerkplan.presenters import delivery as presenters
from maatwerkplan.presenters.plan import latest_plan, plan_page, weeks_of
from maatwerkplan.presenters.ways import led
from maatwerkplan.states import PlanStatus
from partners.access import for_roles, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send

QUESTION = ("action", "plan", "case__client", "case__manager", "organisation__group", "asked_by")


@page_methods
@with_persons
@fresh_to_send
def delivery(request: HttpRequest, number: str) -> HttpResponse:
    """Every question of the plan; and asking all that were not asked."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    found = latest_plan(case)
    if found is None:
        raise Http404
    refused: list[Obstacle] = []
    if request.method == "POST":
        refused = attempt(request, lambda: operations.ask_all(found, by=request.user))
        if not refused:
            page = plan_page(found, rules.actions_of(found))
            messages.success(request, presenters.said_of_asking(page, case.regime))
            return redirect("maatwerkplan:delivery", number)
    return _delivery_page(request, case, found, refused)


def _delivery_page(
    request: HttpRequest, case: Case, found: Maatwerkplan, refused: list[Obstacle]
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    page = plan_page(found, rules.actions_of(found))
    shown = presenters.rows(page, case.regime)
    context = {
        "dossier": Dossier(case, request.user, "maatwerkplan:plan"),
        "plan": found,
        "page": page,
        "rows": shown,
        "is_open": found.status == PlanStatus.CONCEPT,
        "refused": led(refused, case.number),
        "disclosed": operations.DISCLOSED,
        "ground": presenters.grounds_of_asking(shown, case.regime),
    }
    return render(request, "maatwerkplan/delivery.html", context, status=409 if refused else 200)


@page_methods
@with_persons
def answer_record(request: HttpRequest, number: str, question_id: UUID) -> HttpResponse:
    """Write down what a partner without an account said on the telephone or wrote."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    found = get_object_or_404(with_all_that_is_shown(), pk=question_id, case=case)
    form = HeardForm(
        posted(request),
        asked=found.organisation,
        regime=case.regime,
        mandaten=rules.mandaten_for(found.organisation),
    )
    obstacles = rules.obstacles_to_recording_for(case, found.organisation)
    obstacles += rules.obstacles_to_answering(found)
    if request.method == "POST" and form.is_valid():
        given = form.given
        obstacles = attempt(
            request, lambda: operations.record_answer(found, **given, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Het antwoord is vastgelegd.")
            return redirect("maatwerkplan:delivery", number)
    return _show_heard(request, found, form, obstacles)


def with_all_that_is_shown() -> DeliveryQuestionQuerySet:
    return DeliveryQuestion.objects.select_related(*QUESTION, "answer")


def _show_heard(
    request: HttpRequest, found: DeliveryQuestion, form: HeardForm, obstacles: list[Obstacle]
) -> HttpResponse:
    accesslog.look(request, "inzien", [found.case.number], scope=Scope.LEAD_CASE)
    context = {
        "dossier": Dossier(found.case, request.user, "maatwerkplan:plan"),
        "question": found,
        "desks": found.organisation.contact_points.order_by("kind"),
        "form": form,
        "obstacles": obstacles,
    }
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/answer_record.html", context, status=status)


@require_safe
@with_persons
def panel(request: HttpRequest, number: str) -> HttpResponse:
    """How the plan stands, in a few lines: a part of the dossier, and a page without script."""
    case = access.get_case(request.user, number)
    context = presenters.panel(case, request.user)
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="stand van plan")
    template = "maatwerkplan/_panel.html" if request.htmx else "maatwerkplan/panel.html"
    return render(request, template, context)


@require_safe
@for_roles(Role.KETENPARTNER, Role.INTERVENTIEMANAGER)
def questions(request: HttpRequest) -> HttpResponse:
    """What this organisation is asked: the open ones first."""
    shown = presenters.questions_of(request.user)
    numbers = [q.case.number for q in [*shown["open"], *shown["answered"]]]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="leveringsvraag")
    return render(request, "maatwerkplan/questions.html", shown)


@page_methods
@for_roles(Role.KETENPARTNER, Role.INTERVENTIEMANAGER)
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: can you deliver this?"""
    own = with_all_that_is_shown().to_organisation_of(request.user)
    found = get_object_or_404(own, pk=question_id)
    form = AnswerForm(posted(request), mandaten=rules.mandaten_for(found.organisation))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        given = form.given
        obstacles = attempt(
            request, lambda: operations.answer_question(found, **given, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Dank u. Uw antwoord is verstuurd.")
            return redirect("maatwerkplan:questions")
    return _show_question(request, found, form, obstacles)


def _show_question(
    request: HttpRequest, found: DeliveryQuestion, form: AnswerForm, obstacles: list[Obstacle]
) -> HttpResponse:
    accesslog.look(
        request, "inzien", [found.case.number], scope=Scope.KNOW_CASE, ground="leveringsvraag"
    )
    if obstacles:  # a colleague may have answered while this was typed
        found = with_all_that_is_shown().filter(pk=found.pk).first() or found
    over = rules.obstacles_to_answering(found)
    context = {
        "question": found,
        "answer": getattr(found, "answer", None),
        "form": form,
        "is_over": bool(over),
        "obstacles": obstacles or over,
        "days": weeks_of(found.action),
    }
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/question.html", context, status=status)


@require_safe
@for_roles(Role.INTERVENTIEMANAGER)
def case_questions(request: HttpRequest) -> HttpResponse:
    """All open questions over one's own caseload."""
    open_questions = presenters.open_in_caseload(request.user)
    if open_questions:
        numbers = [row.question.case.number for row in open_questions]
        accesslog.look(request, "inzien", numbers, scope=Scope.LEAD_CASE, ground="leveringsvragen")
    return render(request, "maatwerkplan/case_questions.html", {"rows": open_questions})
