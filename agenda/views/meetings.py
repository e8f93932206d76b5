"""The casusoverleggen: planned, moved, called off and held; and the home of the office."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import time_format
from django.views.decorators.http import require_safe

from agenda import access as seats
from agenda import operations, presenters, rules
from agenda.documents import invitation
from agenda.forms import (
    NoteTakerForm,
    PlanForm,
    RescheduleForm,
)
from agenda.models import Casusoverleg
from agenda.states import CLOSED, OverlegStatus
from cases.models import Scope
from cases.presenters.preview import Preview, preview
from partners.access import office_only, with_persons
from partners.models import Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, renew, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_to_send, fresh_to_take_along

MOVED = "Het overleg is verzet. Wie komt, krijgt een mail."


@require_safe
@office_only
def today(request: HttpRequest) -> HttpResponse:
    """The home of the bedrijfsbureau."""
    context = presenters.today_page(request.user)
    numbers = [case.number for case in context["to_plan"]]
    numbers += [p.content_object.number for p in context["ending_access"]]
    numbers += [call.report.case.number for call in context["pressing"]]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="vandaag")
    return render(request, "agenda/today.html", context)


@require_safe
@with_persons
def agenda(request: HttpRequest) -> HttpResponse:
    """The casusoverleggen of this reader, by week; for a corner of another page the first alone."""
    mine = Casusoverleg.objects.visible_to(request.user).select_related("note_taker")
    day = timezone.localdate()
    context = {
        "weeks": presenters.weeks(mine.coming(day)),
        "past": list(mine.filter(on__lt=day).order_by("-on", "pk")[:20]),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    template = "agenda/_soon.html" if request.htmx else "agenda/agenda.html"
    return render(request, template, context)


@page_methods
@office_only
@fresh_to_send
def overleg_new(request: HttpRequest) -> HttpResponse:
    """Plan a casusoverleg."""
    form = PlanForm(
        posted(request),
        note_takers=rules.possible_note_takers(),
        initial={"note_taker": request.user.pk},
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        made: list[Casusoverleg] = []
        about = form.cleaned_data
        obstacles = attempt(
            request, lambda: made.append(operations.plan_overleg(**about, by=request.user))
        )
        if not obstacles:
            messages.success(request, "Het overleg staat in de agenda. Zet er nu dossiers op.")
            return redirect("agenda:overleg", made[0].pk) if made else redirect("agenda:agenda")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "agenda/overleg_new.html", context, status=status_of(form, obstacles))


@require_safe
@with_persons
def overleg(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """One casusoverleg: when, where, and the points of this reader."""
    return _show(request, seats.get_overleg(request.user, overleg_id))


def _show(
    request: HttpRequest, found: Casusoverleg, obstacles: list[Obstacle] | None = None
) -> HttpResponse:
    shown = presenters.points(found, request.user)
    numbers = [point.item.case.number for point in shown if point.item]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="casusoverleg")
    context = {
        "overleg": found,
        "points": shown,
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
        "takes_notes": request.user == found.note_taker,
        "is_planned": found.status == OverlegStatus.GEPLAND,
        "can_hold": not rules.obstacles_to_hold(found),
        "was_held": found.status in (OverlegStatus.GEHOUDEN, OverlegStatus.VASTGESTELD),
        "is_held": found.status == OverlegStatus.GEHOUDEN,
        "is_closed": found.status in CLOSED,
        "is_called_off": found.status == OverlegStatus.AFGEZEGD,
        "obstacles": obstacles or [],
    }
    return render(request, "agenda/overleg.html", context, status=409 if obstacles else 200)


@page_methods
@office_only
@fresh_to_send
def note_taker(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Let somebody else take the notes."""
    found = seats.get_overleg(request.user, overleg_id)
    others = rules.possible_note_takers().exclude(pk=found.note_taker_id)
    form = NoteTakerForm(posted(request), note_takers=others)
    obstacles = rules.obstacles_to_writing(found)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["note_taker"]
        if "voorproef" in request.POST:
            tried = _tried(request, found, to)
            context = {"overleg": found, "form": form, "others": others, "preview": tried}
            return render(request, "agenda/note_taker.html", context)
        obstacles = attempt(request, lambda: operations.hand_over_notes(found, to, by=request.user))
        if not obstacles:
            messages.success(request, f"{to} notuleert dit overleg.")
            return redirect("agenda:overleg", overleg_id)
    context = {"overleg": found, "form": form, "others": others, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/note_taker.html", context, status=status)


def _tried(request: HttpRequest, overleg: Casusoverleg, to: User) -> Preview:
    """What the next note taker would see, and the former no longer."""
    people = [person for person in (to, overleg.note_taker) if person]
    accesslog.look(request, "voorproef", [f"account {person.username}" for person in people])
    return preview(lambda: operations.hand_over_notes(overleg, to, by=request.user), people)


@page_methods
@office_only
def overleg_move(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Move the meeting to another moment or room."""
    found = seats.get_overleg(request.user, overleg_id)
    form = RescheduleForm(posted(request), initial=_moment(found))
    obstacles = rules.obstacles_to_moving(found)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("version")
        # Who sends his change twice finds it made already, from an older version than now.
        moves = seen != found.version or rules.is_another_moment(found, **data)
        obstacles = attempt(
            request, lambda: operations.reschedule(found, **data, seen=seen, by=request.user)
        )
        if not obstacles:
            messages.success(request, MOVED if moves else "Er is niets gewijzigd.")
            return redirect("agenda:overleg", overleg_id)
        found.refresh_from_db()
        renew(form, "version", found.version)
    context = {"overleg": found, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/overleg_move.html", context, status=status)


def _moment(found: Casusoverleg) -> dict[str, object]:
    """When and where it is now, as somebody would type it."""
    return {
        "on": found.on,
        "starts": time_format(found.starts, "G.i"),
        "ends": time_format(found.ends, "G.i"),
        "place": found.place,
        "version": found.version,
    }


@page_methods
@office_only
def overleg_call_off(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Call the meeting off, after a pause that says what it means."""
    found = seats.get_overleg(request.user, overleg_id)
    obstacles = rules.obstacles_to_call_off(found)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.call_off(found, by=request.user))
        if not obstacles:
            messages.success(request, "Het overleg is afgezegd. Wie zou komen, krijgt een mail.")
            return redirect("agenda:agenda")
    context = {"overleg": found, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/overleg_call_off.html", context, status=status)


@page_methods
@office_only
def overleg_hold(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Say that the meeting took place."""
    found = seats.get_overleg(request.user, overleg_id)
    if request.method != "POST":
        return redirect("agenda:overleg", overleg_id)
    obstacles = attempt(request, lambda: operations.hold(found, by=request.user))
    if obstacles:
        return _show(request, found, obstacles)
    messages.success(request, "Het overleg is gehouden. Maak nu de notulen af.")
    return redirect("agenda:overleg", overleg_id)


@require_safe
@with_persons
@fresh_to_take_along
def ics(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """The invitation for one's own calendar; holds no name and no number."""
    found = seats.get_overleg(request.user, overleg_id)
    accesslog.look(request, "exporteren", [str(found.pk)], ground="uitnodiging")
    headers = {"Content-Disposition": 'attachment; filename="casusoverleg.ics"'}
    return HttpResponse(invitation(found), "text/calendar; charset=utf-8", headers=headers)
