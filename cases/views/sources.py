"""The office asks the partners for candidates, and sees who is silent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access, operations, rules
from cases.forms.sources import NOBODY, SourceForm, SourcesForm
from cases.models import Prioriteitenlijst
from cases.presenters import sources as presenters
from partners.access import office_or_manager
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent


@page_methods
@office_or_manager
def list_sources(request: HttpRequest, code: str) -> HttpResponse:
    """Who was asked, what came of it, and who can still be asked."""
    ranked = access.get_list(request.user, code)
    form = SourcesForm(posted(request), organisations=presenters.askable(ranked))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.ask_sources(ranked, form.chosen, by=request.user)
        )
        if not obstacles:
            messages.success(request, "De contactpunten krijgen een mail.")
            return redirect("cases:list_sources", code)
    return _show(request, ranked, form, obstacles)


def _show(
    request: HttpRequest,
    ranked: Prioriteitenlijst,
    form: SourcesForm,
    obstacles: list[Obstacle],
    status: int | None = None,
) -> HttpResponse:
    shown = presenters.sources(ranked, request.user)
    context = {
        "ranked": ranked,
        "form": form,
        "sources": shown,
        "missing": sum(each.is_missing for each in shown),
        "can_ask": not rules.obstacles_to_changing_list(ranked) and bool(form.by_pk),
        "obstacles": obstacles,
    }
    status = status or status_when_sent(form, obstacles)
    return render(request, "cases/list_sources.html", context, status=status)


@require_POST
@office_or_manager
def source_tell(request: HttpRequest, code: str, asked_id: UUID) -> HttpResponse:
    """Remind one partner, or note that he has nobody."""
    ranked = access.get_list(request.user, code)
    asked = get_object_or_404(ranked.bronvragen.select_related("organisation"), pk=asked_id)
    form = SourceForm(request.POST)
    if form.is_valid():
        nobody = form.cleaned_data["wat"] == NOBODY
        deed = operations.note_nobody if nobody else operations.remind_source
        obstacles = attempt(request, lambda: deed(asked, by=request.user))
        if not obstacles:
            told = "heeft niemand" if nobody else "krijgt een herinnering"
            messages.success(request, f"{asked.organisation.short_name} {told}.")
            return redirect("cases:list_sources", code)
        status = 409
    else:
        obstacles, status = [Obstacle("no_choice", form.errors["wat"][0])], 422
    fresh = SourcesForm(organisations=presenters.askable(ranked))
    return _show(request, ranked, fresh, obstacles, status)
