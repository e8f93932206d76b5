"""What the house agreed about its work: as it is on a day, its versions, and a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters
from partners.access import for_roles, office_only
from partners.forms import AgreementForm, DayForm
from partners.models import PERSON_ROLES, Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.werkafspraken import SUBJECTS, Subject

at_the_table = for_roles(*PERSON_ROLES, Role.STUURGROEP, Role.FG)


def _subject(key: str) -> Subject:
    if key not in SUBJECTS:
        raise Http404
    return SUBJECTS[key]


@require_safe
@at_the_table
def werkafspraken(request: HttpRequest) -> HttpResponse:
    """Everything that is agreed, of today or of the day that is asked for."""
    form = DayForm(request.GET or None)
    asked = form.cleaned_data["dag"] if form.is_valid() else None
    day = asked or timezone.localdate()
    context = {
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "chapters": presenters.werkafspraken(day),
    }
    return render(request, "partners/werkafspraken.html", context)


@require_safe
@at_the_table
def werkafspraak(request: HttpRequest, key: str) -> HttpResponse:
    """One subject: what holds, what held, what will hold, and by which decision."""
    return _show(request, _subject(key))


@page_methods
@office_only
def agree(request: HttpRequest, key: str) -> HttpResponse:
    """The office notes what the stuurgroep decided, and from which day it holds."""
    subject = _subject(key)
    latest = presenters.versions_of(subject)[0].row
    initial = {"content": latest.content, "source": latest.source}
    form = AgreementForm(posted(request), initial=initial, subject=subject)
    obstacles: list[Obstacle] = []
    if form.is_valid():
        obstacles = attempt(
            request, lambda: operations.agree(key, by=request.user, **form.cleaned_data)
        )
        _note(request, subject, obstacles)
        if not obstacles:
            messages.success(request, "De nieuwe versie staat klaar en gaat vanzelf in.")
            return redirect("partners:werkafspraak", key)
    context = {"form": form, "obstacles": obstacles, "subject": subject}
    return render(
        request, "partners/werkafspraak_new.html", context, status=status_of(form, obstacles)
    )


@require_POST
@office_only
def withdraw(request: HttpRequest, key: str, version_id: UUID) -> HttpResponse:
    """A version is taken back before its day."""
    subject = _subject(key)
    version = get_object_or_404(Werkafspraak, pk=version_id, subject=key)
    obstacles = attempt(request, lambda: operations.withdraw_agreement(version, by=request.user))
    _note(request, subject, obstacles)
    if obstacles:
        return _show(request, subject, obstacles=obstacles, status=409)
    messages.success(request, "De versie is ingetrokken. Wat nu geldt, blijft gelden.")
    return redirect("partners:werkafspraak", key)


def _note(request: HttpRequest, subject: Subject, obstacles: list[Obstacle]) -> None:
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [f"werkafspraak {subject.title}"], outcome=outcome)


def _show(
    request: HttpRequest, subject: Subject, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "subject": subject,
        "versions": presenters.versions_of(subject),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    return render(request, "partners/werkafspraak.html", context | more, status=status)
