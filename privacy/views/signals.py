"""The signals from the access log: what struck the house, and what it turned out to be."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from privacy import operations, presenters, rules
from privacy.forms import FindingForm
from privacy.models import Signal
from privacy.views.supervision import supervisors_only
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of


@require_safe
@supervisors_only
def signals(request: HttpRequest) -> HttpResponse:
    """The signals that wait, and those that were laid aside."""
    page = presenters.signals(request.GET.get("pagina", ""))
    accesslog.look(request, "inzien", ["signalen"])
    return render(request, "privacy/signals.html", page)


@page_methods
@supervisors_only
def signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """One signal, and what it turned out to be."""
    found = get_object_or_404(Signal.objects.newest_first(), pk=signal_id)
    form = FindingForm(posted(request))
    obstacles = []
    if request.method == "POST" and form.is_valid():
        finding = form.cleaned_data["finding"]
        obstacles = attempt(
            request, lambda: operations.handle(found, finding=finding, by=request.user)
        )
        if not obstacles:
            accesslog.look(request, "wijzigen", [f"signaal {found.pk}"], outcome="gedaan")
            messages.success(request, "Het signaal is afgehandeld.")
            return redirect("privacy:signals")
    if not obstacles:
        obstacles = rules.obstacles_to_handling(found, request.user)
    accesslog.look(request, "inzien", [f"signaal {found.pk}"])
    context = {"signal": found, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles) if request.method == "POST" else 200
    return render(request, "privacy/signal.html", context, status=status)
