"""The minutes: written by the note-taker, point by point, and adopted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agenda import access as seats
from agenda import operations, presenters, rules
from agenda.forms import (
    MinutesForm,
)
from agenda.models import AgendaItem, Minutes
from cases import access
from cases.models import Scope
from partners.access import with_persons
from partners.models import User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_when_sent


@page_methods
@with_persons
def minutes(request: HttpRequest, overleg_id: UUID, position: int) -> HttpResponse:
    """Write the minutes of one point; for the named note-taker."""
    item = _item(request, overleg_id, position)
    kept = Minutes.objects.filter(item=item).first()
    form = MinutesForm(posted(request), initial=_as_typed(kept))
    obstacles = rules.obstacles_to_writing(item.overleg)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _write(item, form, request.user))
        if not obstacles:
            messages.success(request, f"De notulen van punt {position} zijn bewaard.")
            return redirect("agenda:overleg", overleg_id)
        renew(form, "version", kept.version if kept else 0)
    accesslog.look(request, "inzien", [item.case.number], scope=Scope.MINUTES)
    context = {"overleg": item.overleg, "item": item, "form": form, "obstacles": obstacles}
    context["seen_by"] = presenters.seers_of_minutes(item)
    context["kept"] = kept if is_stale(obstacles) else None
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/minutes.html", context, status=status)


def _item(request: HttpRequest, overleg_id: UUID, position: int) -> AgendaItem:
    """A point of which this reader writes the minutes; otherwise there is none."""
    item = seats.get_point(request.user, overleg_id, position)
    # Scope `minutes` alone may come from another meeting about the same case.
    if request.user.pk != item.overleg.note_taker_id or not access.may(
        request.user, Scope.MINUTES, item.case
    ):
        raise Http404
    return item


def _write(item: AgendaItem, form: MinutesForm, by: User) -> None:
    data = dict(form.cleaned_data)
    operations.write_minutes(item, seen=data.pop("version"), by=by, **data)


def _as_typed(written: Minutes | None) -> dict[str, object]:
    if written is None:
        return {"version": 0}
    names = ("discussed", "decision", "tasks", "version")
    return {name: getattr(written, name) for name in names}


@page_methods
@with_persons
def minutes_adopt(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Adopt the minutes, after a pause that says what it means."""
    found = seats.get_overleg(request.user, overleg_id)
    if request.user != found.note_taker:
        raise Http404
    obstacles = rules.obstacles_to_adopt_minutes(found)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.adopt_minutes(found, by=request.user))
        if not obstacles:
            messages.success(request, "De notulen zijn vastgesteld.")
            return redirect("agenda:overleg", overleg_id)
    context = {"overleg": found, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/minutes_adopt.html", context, status=status)
