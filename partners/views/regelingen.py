"""What the partners agreed: the covenant and its papers, who signed them, whom they cover."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters
from partners.access import for_roles, office_only
from partners.forms import ApprovalForm, OndertekeningForm, RegelingForm
from partners.models import PERSON_ROLES, Regeling, Role
from partners.rules import obstacles_to_bring_into_force, obstacles_to_withdraw_regeling
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of

KNOWS_THE_PARTNERS = (*PERSON_ROLES, Role.STUURGROEP)
at_the_table = for_roles(*KNOWS_THE_PARTNERS, Role.FG)


@require_safe
@at_the_table
def regelingen(request: HttpRequest) -> HttpResponse:
    """Every agreement with its versions, and the doelgroepen for which one is missing."""
    context = {
        "groups": presenters.regelingen(),
        "uncovered": presenters.uncovered(),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
        "sees_partners": request.user.has_role(*KNOWS_THE_PARTNERS),
    }
    return render(request, "partners/regelingen.html", context)


@page_methods
@office_only
def regeling_new(request: HttpRequest) -> HttpResponse:
    """The office prepares the next version of an agreement, or a new one."""
    former = Regeling.objects.one_of_each()
    form = RegelingForm(posted(request), initial={"dated_on": timezone.localdate()}, former=former)
    obstacles: list[Obstacle] = []
    if form.is_valid():
        obstacles = attempt(
            request, lambda: operations.draft_regeling(by=request.user, **form.cleaned_data)
        )
        _note(request, form.cleaned_data["title"], obstacles)
        if not obstacles:
            messages.success(request, "De regeling staat klaar voor de stuurgroep.")
            return redirect("partners:regelingen")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "partners/regeling_new.html", context, status=status_of(form, obstacles))


@require_safe
@at_the_table
def regeling(request: HttpRequest, regeling_id: UUID) -> HttpResponse:
    """One version: what changes, who decided, who signed and who still has to."""
    return _show(request, get_object_or_404(Regeling, pk=regeling_id))


@require_POST
@office_only
def approve(request: HttpRequest, regeling_id: UUID) -> HttpResponse:
    """The office notes the decision of the stuurgroep."""
    found = get_object_or_404(Regeling, pk=regeling_id)
    form = ApprovalForm(request.POST)
    return _do(
        request,
        found,
        lambda: operations.approve_regeling(found, by=request.user, **form.cleaned_data),
        "Het besluit van de stuurgroep staat genoteerd. Nu kan er getekend worden.",
        approval=form,
    )


@require_POST
@office_only
def sign(request: HttpRequest, regeling_id: UUID) -> HttpResponse:
    """The office notes that a partner signed."""
    found = get_object_or_404(Regeling, pk=regeling_id)
    form = OndertekeningForm(request.POST, waiting=found.may_sign())
    return _do(
        request,
        found,
        lambda: operations.record_ondertekening(found, by=request.user, **form.cleaned_data),
        "De handtekening staat genoteerd.",
        signing=form,
    )


@require_POST
@office_only
def in_force(request: HttpRequest, regeling_id: UUID) -> HttpResponse:
    """From here on this version binds."""
    found = get_object_or_404(Regeling, pk=regeling_id)
    return _do(
        request,
        found,
        lambda: operations.bring_into_force(found, by=request.user),
        f"{found} geldt nu.",
    )


@require_POST
@office_only
def withdraw(request: HttpRequest, regeling_id: UUID) -> HttpResponse:
    """A version that does not bind yet is taken back."""
    found = get_object_or_404(Regeling, pk=regeling_id)
    return _do(
        request,
        found,
        lambda: operations.withdraw_regeling(found, by=request.user),
        f"{found} is ingetrokken.",
    )


def _do(
    request: HttpRequest,
    found: Regeling,
    deed: Callable[[], object],
    done: str,
    **typed: forms.Form,
) -> HttpResponse:
    """Do one step of a version; shown again, with all that was typed, when it cannot be done."""
    if not all(form.is_valid() for form in typed.values()):
        return _show(request, found, status=422, **typed)
    obstacles = attempt(request, deed)
    _note(request, str(found), obstacles)
    if obstacles:
        found.refresh_from_db()
        return _show(request, found, obstacles=obstacles, status=409, **typed)
    messages.success(request, done)
    return redirect(found)


def _note(request: HttpRequest, about: str, obstacles: list[Obstacle]) -> None:
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [f"regeling {about}"], outcome=outcome)


def _show(
    request: HttpRequest,
    found: Regeling,
    *,
    obstacles: list[Obstacle] | None = None,
    status: int = 200,
    **typed: forms.Form,
) -> HttpResponse:
    waiting = found.may_sign()
    is_office = request.user.has_role(Role.BEDRIJFSBUREAU)
    context = {
        "regeling": found,
        "signed": presenters.signatures_of(found),
        "waiting": waiting,
        "before_force": obstacles_to_bring_into_force(found),
        "obstacles": obstacles or [],
        "approval": ApprovalForm(),
        "signing": OndertekeningForm(waiting=waiting),
        "is_office": is_office,
        "may_withdraw": is_office and not obstacles_to_withdraw_regeling(found),
    }
    return render(request, "partners/regeling.html", context | typed, status=status)
