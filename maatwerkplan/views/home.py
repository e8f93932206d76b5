"""The first pages: of the interventiemanager and of a partner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Scope
from maatwerkplan.models import DeliveryQuestion
from maatwerkplan.presenters import home
from maatwerkplan.presenters.execution import ActionLine, urgent_first
from maatwerkplan.presenters.news import news
from maatwerkplan.presenters.pressure import own_steps
from maatwerkplan.views.execution import own_actions
from partners.access import for_roles
from partners.models import Role
from veiligheidshuis import accesslog


@require_safe
@for_roles(Role.INTERVENTIEMANAGER)
def worklist(request: HttpRequest) -> HttpResponse:
    """What to do first, and where every client of the caseload stands."""
    today, wanted = timezone.localdate(), home.Wanted.of(request.GET)
    rows, lately = home.caseload(request.user, today), news(request.user, today)
    context = {
        "today": today,
        "rows": home.in_order(home.wanted_rows(rows, wanted), wanted.order),
        "total": len(rows),
        "tasks": home.tasks(rows, today),
        "tiles": home.tiles(rows, wanted.tile),
        "wanted": wanted,
        "news": lately,
        **home.choices(),
    }
    shown = {each.case.number for each in [*rows, *lately]}
    accesslog.look(request, "inzien", sorted(shown), scope=Scope.LEAD_CASE)
    return render(request, "maatwerkplan/worklist.html", context)


@require_safe
@for_roles(Role.KETENPARTNER)
def actions(request: HttpRequest) -> HttpResponse:
    """What others ask of this partner, and what it does: late things first."""
    questions = DeliveryQuestion.objects.open().to_organisation_of(request.user)
    questions = questions.select_related("action", "case__client")
    own = own_actions(request.user).with_state().select_related("plan", "case__client")
    lines = urgent_first([ActionLine.of(action, timezone.localdate()) for action in own])
    asked, steps = list(questions.order_by("asked_at", "pk")), own_steps(request.user)
    context = {
        "questions": asked,
        "steps": steps,
        "lines": [line for line in lines if not line.ended],
        "ended": [line for line in lines if line.ended],
    }
    shown = {item.case.number for item in [*asked, *own, *steps]}
    if shown:
        accesslog.look(request, "inzien", sorted(shown), scope=Scope.KNOW_CASE)
    return render(request, "maatwerkplan/actions.html", context)
