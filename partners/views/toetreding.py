"""Who comes to the table and who leaves it: from proposal to partner, step by step. GOV-03."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters, rules
from partners.access import for_roles, office_only
from partners.forms import (
    ApprovalForm,
    LeavingForm,
    ProposalForm,
    TestForm,
    TurnDownForm,
    VerklaringForm,
)
from partners.models import PERSON_ROLES, Organisation, Role, Toetreding
from partners.states import TOETREDING_FLOW
from partners.views import tries
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send

at_the_table = for_roles(*PERSON_ROLES, Role.STUURGROEP, Role.FG)


@page_methods
@office_only
def propose(request: HttpRequest) -> HttpResponse:
    """The office notes who is proposed as a partner."""
    known = Organisation.objects.exclude(toetredingen__in=Toetreding.objects.running())
    form = ProposalForm(posted(request), known=known.in_covenant_order())
    obstacles: list[Obstacle] = []
    if form.is_valid():
        made: list[Toetreding] = []
        obstacles = attempt(
            request,
            lambda: made.append(operations.propose_partner(by=request.user, **form.cleaned_data)),
        )
        _note(
            request, str(form.cleaned_data["organisation"] or form.cleaned_data["name"]), obstacles
        )
        if not obstacles:
            messages.success(request, "Het voorstel staat klaar voor de juridische toets.")
            return redirect(made[0] if made else "partners:organisations")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "partners/propose.html", context, status=status_of(form, obstacles))


@require_safe
@at_the_table
def toetreding(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """One organisation on its way to the table, or away from it."""
    return _show(request, _found(toetreding_id))


@require_POST
@office_only
def test(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """The office notes what the law says of this organisation."""
    found, form = _found(toetreding_id), TestForm(request.POST)
    return _do(
        request,
        found,
        lambda: operations.test_partner(found, by=request.user, **form.cleaned_data),
        "De toets staat genoteerd. Nu beslist de stuurgroep.",
        form,
    )


@require_POST
@office_only
def approve(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """The office notes the decision of the stuurgroep."""
    found, form = _found(toetreding_id), ApprovalForm(request.POST)
    return _do(
        request,
        found,
        lambda: operations.approve_partner(found, by=request.user, **form.cleaned_data),
        "Het besluit van de stuurgroep staat genoteerd. Nu kan er getekend worden.",
        form,
    )


@require_POST
@office_only
def sign(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """The office appends the signed declaration to the covenant."""
    found, form = _found(toetreding_id), VerklaringForm(request.POST)
    return _do(
        request,
        found,
        lambda: operations.append_verklaring(found, by=request.user, **form.cleaned_data),
        "De verklaring is bij het convenant gevoegd.",
        form,
    )


@require_POST
@office_only
@fresh_to_send
def activate(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """From here on it is a partner."""
    found = _found(toetreding_id)
    return _do(
        request,
        found,
        lambda: operations.activate_partner(found, by=request.user),
        f"{found.organisation.short_name} is nu partner. Je kunt accounts toevoegen.",
    )


@require_POST
@office_only
def turn_down(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """Who was proposed becomes no partner."""
    found, form = _found(toetreding_id), TurnDownForm(request.POST)
    return _do(
        request,
        found,
        lambda: operations.turn_down_partner(found, by=request.user, **form.cleaned_data),
        f"{found.organisation.short_name} wordt geen partner.",
        form,
        "turning_down",
    )


@require_POST
@office_only
@fresh_to_send
def announce_leaving(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """The office notes from which day a partner is none any more."""
    found, form = _found(toetreding_id), LeavingForm(request.POST)

    def deed() -> None:
        operations.announce_leaving(found, by=request.user, **form.cleaned_data)

    if tries.is_asked(request) and form.is_valid():
        people, day = presenters.people_of(found.organisation), form.cleaned_data["leaves_on"]
        tried = tries.try_out(request, deed, *people, on=day)
        return _show(request, found, previews=tried, form=form)
    return _do(
        request,
        found,
        deed,
        "Het vertrek staat genoteerd. Vanaf die dag werkt geen account van deze partner meer.",
        form,
    )


@require_POST
@office_only
@fresh_to_send
def call_off_leaving(request: HttpRequest, toetreding_id: UUID) -> HttpResponse:
    """A partner stays after all."""
    found = _found(toetreding_id)
    return _do(
        request,
        found,
        lambda: operations.call_off_leaving(found, by=request.user),
        f"{found.organisation.short_name} blijft partner.",
    )


def _found(toetreding_id: UUID) -> Toetreding:
    rows = Toetreding.objects.select_related("organisation", "leaving_by")
    return get_object_or_404(rows, pk=toetreding_id)


def _do(
    request: HttpRequest,
    found: Toetreding,
    deed: Callable[[], object],
    done: str,
    form: forms.Form | None = None,
    place: str = "form",
) -> HttpResponse:
    """Do one step; shown again, with all that was typed, when it cannot be done."""
    typed = {place: form} if form else {}
    if form and not form.is_valid():
        return _show(request, found, status=422, **typed)
    obstacles = attempt(request, deed)
    _note(request, found.organisation.short_name, obstacles)
    if obstacles:
        return _show(request, _found(found.pk), obstacles=obstacles, status=409, **typed)
    messages.success(request, done)
    return redirect(found)


def _note(request: HttpRequest, about: str, obstacles: list[Obstacle]) -> None:
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [f"toetreding {about}"], outcome=outcome)


# The form of the next step, by the name of that step.
NEXT: dict[str, Callable[[], forms.Form]] = {
    "test_partner": TestForm,
    "approve_partner": ApprovalForm,
    "append_verklaring": VerklaringForm,
    "announce_leaving": LeavingForm,
}


def _show(
    request: HttpRequest,
    found: Toetreding,
    *,
    obstacles: list[Obstacle] | None = None,
    previews: list[object] | None = None,
    status: int = 200,
    **typed: forms.Form,
) -> HttpResponse:
    is_office = request.user.has_role(Role.BEDRIJFSBUREAU)
    moves = TOETREDING_FLOW.available(found.status) if is_office else []
    fresh = next((NEXT[move]() for move in moves if move in NEXT), None)
    context = {
        "toetreding": found,
        "steps": presenters.steps_of(found),
        "moves": moves,
        "before_active": rules.obstacles_to_activate_partner(found),
        "before_leaving": rules.obstacles_to_sending_away(found, request.user),
        "before_staying": rules.obstacles_to_call_off_leaving(found),
        "leading": presenters.to_hand_over(found.organisation) if is_office else [],
        "obstacles": obstacles or [],
        "previews": previews or [],
        "form": fresh,
        "turning_down": TurnDownForm(auto_id="afwijzen_%s"),
    }
    return render(request, "partners/toetreding.html", context | typed, status=status)
