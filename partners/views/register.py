"""What the office keeps of a partner: who represents it, what it promised, who may decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partners import operations
from partners.access import office_only
from partners.forms import MandaatForm, RegisterForm
from partners.models import Mandaat, Organisation
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_of


@page_methods
@office_only
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """Who represents a partner, what it directs, how it is attached and what it promised."""
    found = get_object_or_404(Organisation, slug=slug)
    form = RegisterForm(posted(request), initial=RegisterForm.typed(found))
    obstacles: list[Obstacle] = []
    if form.is_valid():
        about = form.cleaned_data
        obstacles = attempt(
            request, lambda: operations.describe_partner(found, by=request.user, **about)
        )
        _note(request, f"register {found.slug}", obstacles)
        if not obstacles:
            messages.success(request, f"De gegevens van {found.short_name} zijn opgeslagen.")
            return redirect(found)
    if is_stale(obstacles):
        renew(form, "seen", Organisation.objects.get(pk=found.pk).version)
    context = {"organisation": found, "form": form, "obstacles": obstacles}
    return render(request, "partners/describe.html", context, status=status_of(form, obstacles))


@page_methods
@office_only
def mandaat_new(request: HttpRequest, slug: str) -> HttpResponse:
    """The office notes what somebody of a partner may decide or promise."""
    found = get_object_or_404(Organisation, slug=slug)
    form = MandaatForm(posted(request))
    obstacles: list[Obstacle] = []
    if form.is_valid():
        about = form.cleaned_data
        obstacles = attempt(
            request, lambda: operations.record_mandaat(found, by=request.user, **about)
        )
        _note(request, f"mandaat {found.slug}", obstacles)
        if not obstacles:
            messages.success(request, "Het mandaat staat genoteerd.")
            return redirect(found)
    context = {"organisation": found, "form": form, "obstacles": obstacles}
    return render(request, "partners/mandaat_new.html", context, status=status_of(form, obstacles))


@require_POST
@office_only
def mandaat_end(request: HttpRequest, mandaat_id: UUID) -> HttpResponse:
    """Today is the last day of a mandate."""
    found = get_object_or_404(Mandaat.objects.select_related("organisation"), pk=mandaat_id)
    obstacles = attempt(request, lambda: operations.end_mandaat(found, by=request.user))
    _note(request, f"mandaat {found.organisation.slug}", obstacles)
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, "Het mandaat eindigt vandaag.")
    return redirect(found.organisation)


def _note(request: HttpRequest, about: str, obstacles: list[Obstacle]) -> None:
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [about], outcome=outcome)
