"""Somebody who was put forward looks like somebody we know: the office says who is who."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations, rules
from cases.forms.intake import LikenessForm
from cases.models import Case
from partners.access import office_only
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_only
@fresh_to_send
def likeness(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Both beside each other: one person, or two?"""
    case, known = access.get_case(request.user, number), access.get_case(request.user, other)
    form = LikenessForm(posted(request))
    if not form.is_valid():
        return _show(request, case, known, form)
    obstacles = attempt(request, lambda: _decide(request, case, known, form))
    if obstacles:
        return _show(request, case, known, form, obstacles)
    accesslog.look(request, "wijzigen", [number, other], scope="know_case", outcome="gedaan")
    messages.success(request, _told(case, known, form.is_same))
    return redirect("cases:candidates")


def _decide(request: HttpRequest, case: Case, known: Case, form: LikenessForm) -> None:
    decide = operations.join if form.is_same else operations.tell_apart
    decide(case, known, reason=form.cleaned_data["reason"], by=request.user)


def _told(case: Case, known: Case, same: bool) -> str:
    if same:
        return f"{case.number} is gevoegd bij {known.number}. Er is nu één dossier."
    return f"{case.number} en {known.number} zijn twee personen. De markering is weg."


def _show(
    request: HttpRequest,
    case: Case,
    known: Case,
    form: LikenessForm,
    obstacles: Sequence[Obstacle] = (),
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number, known.number], scope="know_case")
    in_the_way = rules.obstacles_to_comparing(case, known)
    context = {
        "case": case,
        "both": (case, known),
        "known": known,
        "form": form,
        "obstacles": obstacles or in_the_way,
        "can_decide": not in_the_way,
    }
    status = status_of(form, obstacles)
    return render(request, "cases/likeness.html", context, status=status)
