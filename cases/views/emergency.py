"""Break-glass, and the judgement that must follow. DOS-04, AC-16."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations, rules
from cases.forms.emergency import EmergencyForm, ReviewForm
from cases.models import Basis, Noodtoegang, Scope
from cases.presenters.dossier import Dossier
from cases.presenters.emergency import get_opened, opened
from partners.access import for_roles, office_only, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_factor

judges_only = for_roles(Role.MANAGER, Role.FG)
LIST = "cases:emergencies"


@page_methods
@office_only
@fresh_factor
def emergency(request: HttpRequest, number: str) -> HttpResponse:
    """Open one dossier in nood."""
    case = access.get_case(request.user, number)
    form = EmergencyForm(posted(request))
    obstacles = rules.obstacles_to_open_in_nood(case, request.user)
    if request.method == "POST" and form.is_valid():
        reason, hours = form.cleaned_data["reason"], form.cleaned_data["hours"]
        obstacles = attempt(
            request,
            lambda: operations.break_glass(case, reason=reason, hours=hours, by=request.user),
        )
        if not obstacles:
            accesslog.look(request, "noodtoegang openen", [case.number], emergency=True)
            return redirect("cases:detail", case.number)
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="noodtoegang")
    stand_ins = [g for g in access.who_takes_part(case) if g.basis == Basis.WAARNEMING]
    dossier = Dossier(case, request.user, "cases:access")
    context = {"dossier": dossier, "form": form, "obstacles": obstacles, "stand_ins": stand_ins}
    status = status_when_sent(form, obstacles)
    return render(request, "cases/emergency.html", context, status=status)


@require_POST
@with_persons
def emergency_end(request: HttpRequest, number: str, emergency_id: UUID) -> HttpResponse:
    """Close a dossier that lies open, by who opened it, who leads it or the manager."""
    case = access.get_case(request.user, number)
    found = get_object_or_404(Noodtoegang.objects.running(), case=case, pk=emergency_id)
    attempt(request, lambda: operations.end_emergency(found, by=request.user))
    accesslog.look(request, "noodtoegang sluiten", [number], emergency=True)
    messages.success(request, "De noodtoegang is gesloten.")
    return redirect("cases:detail", number)


@require_safe
@judges_only
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every dossier that was opened in nood; what waits for a judgement on top."""
    found = opened()
    if found:
        accesslog.look(request, "inzien", [each.number for each in found], ground="noodtoegang")
    context = {"opened": found, "now": timezone.now()}
    return render(request, "cases/emergencies.html", context)


@page_methods
@judges_only
def emergency_review(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """Judge one of them."""
    one = get_opened(emergency_id)
    form = ReviewForm(posted(request))
    obstacles = rules.obstacles_to_review(one.emergency, request.user)
    if request.method == "POST" and form.is_valid() and not obstacles:
        data = form.cleaned_data
        obstacles = attempt(
            request,
            lambda: operations.review_emergency(one.emergency, **data, by=request.user),
        )
        if not obstacles:
            accesslog.look(request, "noodtoegang beoordelen", [one.number], outcome="gedaan")
            messages.success(request, "Het oordeel is vastgelegd.")
            return redirect(LIST)
        one = get_opened(emergency_id)  # somebody judged it in between
    accesslog.look(request, "inzien", [one.number], ground="noodtoegang")
    context = {"one": one, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "cases/emergency_review.html", context, status=status)
