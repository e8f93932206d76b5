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
from partners.access import account_keepers, for_roles, office_only, people_kept_by
from partners.forms import (
    AbsenceForm,
    AppointmentForm,
    BlockForm,
    EndAppointmentForm,
    UserForm,
)
from partners.models import Absence, Appointment, Role, User
from partners.views import tries
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_factor, fresh_to_send


@require_safe
@account_keepers
def users(request: HttpRequest) -> HttpResponse:
    """Everybody whose account one keeps, with the roles of today."""
    asked = request.GET
    people = people_kept_by(request.user)
    found = presenters.accounts(people, asked.get("q", ""), "uit" in asked, asked.get("pagina", ""))
    context = {"accounts": found, "is_office": _is_office(request)}
    context["waiting"] = presenters.waiting_links() if context["is_office"] else []
    context["lost"] = presenters.invitations_waiting_for(request.user)
    return render(request, "partners/users.html", context)


@page_methods
@account_keepers
@fresh_factor
def user_add(request: HttpRequest) -> HttpResponse:
    """Give somebody an account with his first role."""
    is_office = _is_office(request)
    own = "" if is_office else request.user.organisation_id
    initial = {"organisation": request.GET.get("organisatie", "") or own}
    form = UserForm(posted(request), by=request.user, initial=initial)
    obstacles = _add(request, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        messages.success(request, f"Het account {form.cleaned_data['username']} is gemaakt.")
        return redirect("partners:users")
    context = {"form": form, "obstacles": obstacles, "is_office": is_office}
    return render(request, "partners/user_add.html", context, status=status_of(form, obstacles))


def _add(request: HttpRequest, form: UserForm) -> list[Obstacle]:
    data = form.cleaned_data
    return _do(request, data["username"], lambda: operations.add_user(by=request.user, **data))


@require_safe
@account_keepers
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: roles then and now, the way in, and absence."""
    return _show(request, _person(request, user_id))


@require_POST
@account_keepers
@fresh_to_send
def appoint(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody another role."""
    person = _person(request, user_id)
    form = AppointmentForm(request.POST, by=request.user)
    if not form.is_valid():
        return _show(request, person, form=form)
    data = form.cleaned_data

    def deed() -> None:
        operations.appoint(person, by=request.user, **data)

    if tries.is_asked(request) and _is_office(request):
        tried = tries.try_out(request, deed, person, on=data["start_date"])
        return _show(request, person, form=form, previews=tried)
    if obstacles := _do(request, person, deed):
        return _show(request, person, form=form, obstacles=obstacles)
    messages.success(request, f"{person} heeft nu ook deze rol: {Role(data['role']).label}.")
    return redirect("partners:user", user_id)


@page_methods
@account_keepers
@fresh_factor
def appointment_end(request: HttpRequest, user_id: int, appointment_id: int) -> HttpResponse:
    """End a role, with its last day; asks before it does."""
    person = _person(request, user_id)
    appointment = get_object_or_404(person.appointments, pk=appointment_id)
    form = EndAppointmentForm(posted(request))
    soonest = max(timezone.localdate(), appointment.start_date)
    obstacles = rules.obstacles_to_keeping(person, request.user)
    obstacles += rules.obstacles_to_ending_appointment(appointment, soonest)
    if form.is_valid():
        obstacles = _end(request, appointment, form.cleaned_data["end_date"])
        if not obstacles:
            messages.success(request, f"De rol van {person} heeft nu een laatste dag.")
            return redirect("partners:user", user_id)
    context = {"person": person, "appointment": appointment, "form": form, "obstacles": obstacles}
    context["is_office"] = _is_office(request)
    status = status_when_sent(form, obstacles)
    return render(request, "partners/appointment_end.html", context, status=status)


def _end(request: HttpRequest, appointment: Appointment, day: date) -> list[Obstacle]:
    def deed() -> None:
        operations.end_appointment(appointment, by=request.user, end_date=day)

    return _do(request, appointment.user, deed)


@page_methods
@account_keepers
@fresh_factor
def user_off(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch an account off, after a pause that says what it means."""
    person = _person(request, user_id)
    obstacles = rules.obstacles_to_switching_off(person, request.user)
    if request.method == "POST":
        obstacles = _switch(request, person, active=False)
        if not obstacles:
            messages.success(request, f"Het account van {person} staat uit.")
            return redirect("partners:user", user_id)
    status = 409 if request.method == "POST" else 200
    context = {"person": person, "obstacles": obstacles, "is_office": _is_office(request)}
    return render(request, "partners/user_off.html", context, status=status)


@page_methods
@account_keepers
@fresh_factor
def user_block(request: HttpRequest, user_id: int) -> HttpResponse:
    """The emergency stop: somebody is out at once, also when he still leads clients."""
    person = _person(request, user_id)
    form = BlockForm(posted(request))
    obstacles = [] if form.is_bound else rules.obstacles_to_blocking(person, request.user)
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
    person = _person(request, user_id)
    _switch(request, person, active=True)
    messages.success(request, f"Het account van {person} staat weer aan.")
    return redirect("partners:user", user_id)


@require_POST
@office_only
@fresh_to_send
def absence(request: HttpRequest, user_id: int) -> HttpResponse:
    """Note that somebody is away, and who stands in."""
    person = _person(request, user_id)
    form = AbsenceForm(request.POST, people=presenters.stand_ins_of(person))
    if not form.is_valid():
        return _show(request, person, absence_form=form)
    data = form.cleaned_data
    if tries.is_asked(request):
        tried = _try_absence(request, person, form)
        return _show(request, person, absence_form=form, previews=tried)
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
    form = AbsenceForm(posted(request), people=presenters.stand_ins_of(request.user))
    obstacles: list[Obstacle] = []
    tried: list[object] = []
    if form.is_valid() and tries.is_asked(request):
        tried = _try_absence(request, request.user, form)
    elif form.is_valid():
        obstacles = _note_own_absence(request, form)
        if not obstacles:
            messages.success(request, "Uw afwezigheid staat genoteerd.")
            return redirect("partners:own_absence")
    absences = presenters.absences_of(request.user)
    context = {"form": form, "absences": absences, "obstacles": obstacles, "previews": tried}
    status = 200 if tried else status_of(form, obstacles)
    return render(request, "partners/own_absence.html", context, status=status)


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


def _try_absence(request: HttpRequest, person: User, form: AbsenceForm) -> list[object]:
    """What who stands in would lead and read on the first day."""
    data = form.cleaned_data

    def deed() -> None:
        operations.record_absence(person, by=request.user, **data)

    return tries.try_out(request, deed, person, data["stand_in"], on=data["start_date"])


def _note_own_absence(request: HttpRequest, form: AbsenceForm) -> list[Obstacle]:
    me, data = request.user, form.cleaned_data
    return _do(request, me, lambda: operations.record_absence(me, by=me, **data))


def _switch(request: HttpRequest, person: User, *, active: bool) -> list[Obstacle]:
    return _do(request, person, lambda: operations.set_active(person, active, by=request.user))


def _is_office(request: HttpRequest) -> bool:
    """The house sees more of an account than the administrator of a partner."""
    return bool(request.user.has_role(Role.BEDRIJFSBUREAU))


def _person(request: HttpRequest, user_id: int) -> User:
    kept = people_kept_by(request.user).select_related("organisation")
    person = kept.filter(pk=user_id).first()
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
    previews: list[object] | None = None,
) -> HttpResponse:
    context = {
        "person": person,
        "terms": presenters.terms_of(person),
        "absences": presenters.absences_of(person),
        "form": form or AppointmentForm(by=request.user),
        "absence_form": absence_form or AbsenceForm(people=presenters.stand_ins_of(person)),
        "obstacles": obstacles or [],
        "previews": previews or [],
        "role_obstacles": rules.obstacles_to_giving_any_role(person, request.user),
        "keeping": rules.obstacles_to_keeping(person, request.user),
        "invitation": presenters.invitation_of(person),
        "invite_obstacles": rules.obstacles_to_inviting(person, request.user),
        "service": presenters.service_of(person),
        "is_office": _is_office(request),
    }
    typed = form or absence_form
    status = status_of(typed, obstacles or []) if typed and not previews else 200
    return render(request, "partners/user.html", context, status=status)
