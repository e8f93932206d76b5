"""What a change of rights would open or close: parts of the pages of accounts, one floor below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.presenters.explanation import end_of
from cases.presenters.preview import Preview, preview
from partners import operations
from partners.access import office_only
from partners.forms import EndAppointmentForm
from partners.models import User
from veiligheidshuis import accesslog


@require_safe
@office_only
def account_off(request: HttpRequest, user_id: int) -> HttpResponse:
    """What somebody loses when his account is switched off."""
    person = _person(user_id)
    tried = preview(lambda: operations.set_active(person, False, by=request.user), [person])
    return _show(request, person, tried)


@require_safe
@office_only
def account_on(request: HttpRequest, user_id: int) -> HttpResponse:
    """What somebody sees again when his account is switched on."""
    person = _person(user_id)
    tried = preview(lambda: operations.set_active(person, True, by=request.user), [person])
    return _show(request, person, tried)


@require_safe
@office_only
def role_end(request: HttpRequest, user_id: int, appointment_id: int) -> HttpResponse:
    """What somebody loses after the last day of a role; without a day: after today."""
    person = _person(user_id)
    appointment = get_object_or_404(person.appointments, pk=appointment_id)
    form = EndAppointmentForm(request.GET)
    day = form.cleaned_data["end_date"] if form.is_valid() else timezone.localdate()

    def deed() -> None:
        operations.end_appointment(appointment, by=request.user, end_date=day)

    return _show(request, person, preview(deed, [person], at=end_of(day)))


def _person(user_id: int) -> User:
    return get_object_or_404(User.objects.select_related("organisation"), pk=user_id)


def _show(request: HttpRequest, person: User, tried: Preview) -> HttpResponse:
    accesslog.look(request, "voorproef", [f"account {person.username}"])
    template = "cases/_preview.html" if request.htmx else "cases/preview.html"
    return render(request, template, {"preview": tried, "person": person})
