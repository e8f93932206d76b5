"""Accounts and roles, kept by the bedrijfsbureau. Every change is a line in the access log."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters, rules
from partners.access import for_roles, office_only
from partners.forms import (
    AbsenceForm,
    AppointmentForm,
    BlockForm,
    EndAppointmentForm,
    UserForm,
)
from partners.models import Absence, Appointment, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_factor, fresh_to_send


@require_safe
@office_only
def users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, with the roles of today."""
    found = presenters.accounts(
        request.GET.get("q", ""), "uit" in request.GET, request.GET.get("pagina", "")
    )
    waiting = presenters.waiting_links()
    return render(request, "partners/users.html", {"accounts": found, "waiting": waiting})


@page_methods
@office_only
@fresh_factor
def user_add(request: HttpRequest) -> HttpResponse:
    """Give somebody an account with his first role."""
    form = UserForm(posted(request), initial={"organisation": request.GET.get("organisatie", "")})
    obstacles = _add(request, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        messages.success(request, f"Het account {form.cleaned_data['username']} is gemaakt.")
        return redirect("partners:users")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "partners/user_add.html", context, status=status_of(form, obstacles))


def _add(request: HttpRequest, form: UserForm) -> list[Obstacle]:
    data = form.cleaned_data
    return _do(request, data["username"], lambda: operations.add_user(by=request.user, **data))


@require_safe
@office_only
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: roles then and now, and absence."""
    return _show(request, _person(user_id))


@require_POST
@office_only
@fresh_to_send
def appoint(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role."""
    person = _person(user_id)
    form = AppointmentForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form=form)
    data = form.cleaned_data
    obstacles = _do(request, person, lambda: operations.appoint(person, by=request.user, **data))
    if obstacles:
        return _show(request, person, form=form, obstacles=obstacles)
    messages.success(request, f"{person} heeft nu ook deze rol: {Role(data['role']).label}.")
    return redirect("partners:user", user_id)


@page_methods
@office_only
@fresh_factor
def appointment_end(request: HttpRequest, user_id: int, appointment_id: int) -> HttpResponse:
    """End a role, with its last day; asks before it does."""
    person = _person(user_id)
    appointment = get_object_or_404(person.appointments, pk=appointment_id)
    form = EndAppointmentForm(posted(request))
    soonest = max(timezone.localdate(), appointment.start_date)
    obstacles = rules.obstacles_to_ending_appointment(appointment, soonest)
    if form.is_valid():
        obstacles = _end(request, appointment, form.cleaned_data["end_date"])
        if not obstacles:
            messages.success(request, f"De rol van {person} heeft nu een laatste dag.")
            return redirect("partners:user", user_id)
    context = {"person": person, "appointment": appointment, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "partners/appointment_end.html", context, status=status)


def _end(request: HttpRequest, appointment: Appointment, day: date) -> list[Obstacle]:
    def deed() -> None:
        operations.end_appointment(appointment, by=request.user, end_date=day)

    return _do(request, appointment.user, deed)


@page_methods
@office_only
@fresh_factor
def user_off(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch an account off, after a pause that says what it means."""
    person = _person(user_id)
    obstacles = rules.obstacles_to_switching_off(person)
    if request.method == "POST":
        obstacles = _switch(request, person, active=False)
        if not obstacles:
            messages.success(request, f"Het account van {person} staat uit.")
            return redirect("partners:user", user_id)
    status = 409 if request.method == "POST" else 200
    context = {"person": person, "obstacles": obstacles}
    return render(request, "partners/user_off.html", context, status=status)


@page_methods
@office_only
@fresh_factor
def user_block(request: HttpRequest, user_id: int) -> HttpResponse:
    """The emergency stop: somebody is out at once, also when he still leads clients."""
    person = _person(user_id)
    form = BlockForm(posted(request))
    obstacles = [] if form.is_bound else rules.obstacles_to_blocking(person)
    if form.is_valid():
        obstacles = _block(request, person, form.cleaned_data["reason"])
        if not obstacles:
            messages.success(request, f"{person} kan niet meer inloggen.")
            return redirect("partners:user", user_id)
    context = {"person": person, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "partners/user_block.html", context, status=status)


def _block(request: HttpRequest, person: User, reason: str) -> list[Obstacle]:
    ground = f"inloggen geblokkeerd: {reason}"
    return _do(request, person, lambda: operations.block(person, by=request.user), ground=ground)


@require_POST
@office_only
@fresh_to_send
def user_on(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch an account on again."""
    person = _person(user_id)
    _switch(request, person, active=True)
    messages.success(request, f"Het account van {person} staat weer aan.")
    return redirect("partners:user", user_id)


@require_POST
@office_only
@fresh_to_send
def absence(request: HttpRequest, user_id: int) -> HttpResponse:
    """Note that somebody is away, and who stands in."""
    person = _person(user_id)
    form = AbsenceForm(request.POST, people=presenters.colleagues())
    if not form.is_valid():
        return _show(request, person, absence_form=form)
    data = form.cleaned_data
    obstacles = _do(
        request, person, lambda: operations.record_absence(person, by=request.user, **data)
    )
    if obstacles:
        return _show(request, person, absence_form=form, obstacles=obstacles)
    messages.success(request, f"De afwezigheid van {person} staat genoteerd.")
    return redirect("partners:user", user_id)


@page_methods
@for_roles(*Role)
@fresh_to_send
def own_absence(request: HttpRequest) -> HttpResponse:
    """Note that you are away yourself."""
    form = AbsenceForm(posted(request), people=presenters.colleagues())
    obstacles = _note_own_absence(request, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        messages.success(request, "Uw afwezigheid staat genoteerd.")
        return redirect("partners:own_absence")
    absences = presenters.absences_of(request.user)
    context = {"form": form, "absences": absences, "obstacles": obstacles}
    return render(request, "partners/own_absence.html", context, status=status_of(form, obstacles))


@require_POST
@for_roles(*Role)
@fresh_to_send
def absence_end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Somebody is back, or does not go after all; his own absence, or anybody's for the office."""
    found = Absence.objects.select_related("user").filter(pk=absence_id).first()
    is_office = request.user.has_role(Role.BEDRIJFSBUREAU)
    if found is None or not (is_office or found.user == request.user):
        raise Http404
    in_the_way = _do(request, found.user, lambda: operations.end_absence(found, by=request.user))
    for obstacle in in_the_way:
        messages.error(request, obstacle.message)
    if not in_the_way:
        messages.success(request, "De afwezigheid is beëindigd.")
    if found.user == request.user:
        return redirect("partners:own_absence")
    return redirect("partners:user", found.user_id)


def _note_own_absence(request: HttpRequest, form: AbsenceForm) -> list[Obstacle]:
    me, data = request.user, form.cleaned_data
    return _do(request, me, lambda: operations.record_absence(me, by=me, **data))


def _switch(request: HttpRequest, person: User, *, active: bool) -> list[Obstacle]:
    return _do(request, person, lambda: operations.set_active(person, active, by=request.user))


def _person(user_id: int) -> User:
    person = User.objects.select_related("organisation").filter(pk=user_id).first()
    if person is None:
        raise Http404
    return person


def _do(
    request: HttpRequest, about: object, deed: Callable[[], object], *, ground: str = ""
) -> list[Obstacle]:
    """Do what a form asks, and note in the log whose account it was about and what came of it."""
    obstacles = attempt(request, deed)
    name = about.username if isinstance(about, User) else about
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [f"account {name}"], ground=ground, outcome=outcome)
    return obstacles


def _show(
    request: HttpRequest,
    person: User,
    *,
    form: forms.Form | None = None,
    absence_form: forms.Form | None = None,
    obstacles: list[Obstacle] | None = None,
) -> HttpResponse:
    context = {
        "person": person,
        "terms": presenters.terms_of(person),
        "absences": presenters.absences_of(person),
        "form": form or AppointmentForm(),
        "absence_form": absence_form or AbsenceForm(people=presenters.colleagues()),
        "obstacles": obstacles or [],
        "role_obstacles": rules.obstacles_to_giving_a_role(person, request.user),
        "service": presenters.service_of(person),
    }
    typed = form or absence_form
    status = status_of(typed, obstacles or []) if typed else 200
    return render(request, "partners/user.html", context, status=status)
