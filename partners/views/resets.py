"""A lost second factor: the office asks, a second person looks along, he himself can stop it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters, rules
from partners.access import for_roles, office_only, office_or_manager
from partners.forms import ResetForm
from partners.models import FactorReset, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send

# The words of an address, the operation, and what is said when it is done.
STEPS = {
    "goedkeuren": (operations.approve_reset, "Goedgekeurd. {user} krijgt een mail."),
    "afwijzen": (
        operations.refuse_reset,
        "Het gaat niet door. De tweede stap blijft zoals hij is.",
    ),
    "uitvoeren": (operations.carry_out_reset, "Gedaan. {user} logt in en stelt een nieuwe in."),
}


@require_safe
@office_or_manager
def resets(request: HttpRequest) -> HttpResponse:
    """Who lost his second factor, and how far it is."""
    return render(request, "partners/resets.html", presenters.resets())


@page_methods
@office_only
@fresh_to_send
def reset_ask(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask it for somebody who lost his second factor."""
    person = get_object_or_404(User.objects.select_related("organisation"), pk=user_id)
    form = ResetForm(posted(request))
    obstacles = [] if form.is_bound else rules.obstacles_to_asking_reset(person, request.user)
    if form.is_valid():
        obstacles = _ask(request, person, form)
        if not obstacles:
            messages.success(request, "Gevraagd. Iemand anders kijkt nu mee.")
            return redirect("partners:resets")
    context = {"person": person, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "partners/reset_ask.html", context, status=status)


def _ask(request: HttpRequest, person: User, form: ResetForm) -> list[Obstacle]:
    data = form.cleaned_data
    obstacles = attempt(request, lambda: operations.ask_reset(person, by=request.user, **data))
    _log(request, person, "vragen", obstacles)
    return obstacles


@require_safe
@office_or_manager
def reset(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """What was asked, by whom, and what comes next."""
    return _show(request, _found(reset_id), [])


@require_POST
@office_or_manager
@fresh_to_send
def reset_step(request: HttpRequest, reset_id: UUID, step: str) -> HttpResponse:
    """A second person agrees or not; and after the day the office does it."""
    if step not in STEPS or (
        step == "uitvoeren" and not request.user.has_role(Role.BEDRIJFSBUREAU)
    ):
        raise Http404
    found, (deed, done) = _found(reset_id), STEPS[step]
    obstacles = attempt(request, lambda: deed(found, by=request.user))
    _log(request, found.user, step, obstacles)
    if obstacles:
        return _show(request, _found(reset_id), obstacles)
    messages.success(request, done.format(user=found.user))
    return redirect("partners:reset", reset_id)


@require_POST
@for_roles(*Role)
def reset_stop(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """He himself: I have my second factor, and did not ask for this."""
    found = get_object_or_404(FactorReset, pk=reset_id, user=request.user)
    obstacles = attempt(request, lambda: operations.stop_reset(found, by=request.user))
    _log(request, request.user, "tegenhouden", obstacles)
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, "U hebt het tegengehouden. Uw tweede stap blijft zoals hij is.")
    return redirect("credentials")


def _found(reset_id: UUID) -> FactorReset:
    return get_object_or_404(FactorReset.objects.newest_first(), pk=reset_id)


def _show(request: HttpRequest, found: FactorReset, refused: list[Obstacle]) -> HttpResponse:
    me = request.user
    waiting = rules.obstacles_to_carry_out_reset(found, me)
    context = {
        "reset": found,
        "obstacles": refused,
        "may_approve": not rules.obstacles_to_approve_reset(found, me),
        "may_refuse": not rules.obstacles_to_refuse_reset(found),
        "may_carry_out": me.has_role(Role.BEDRIJFSBUREAU) and not waiting,
    }
    accesslog.look(request, "inzien", [f"account {found.user.username}"], ground="tweede stap")
    return render(request, "partners/reset.html", context, status=409 if refused else 200)


def _log(request: HttpRequest, person: User, step: str, obstacles: list[Obstacle]) -> None:
    accesslog.look(
        request,
        "wijzigen",
        [f"account {person.username}"],
        ground=f"tweede stap terugzetten: {step}",
        outcome="geweigerd" if obstacles else "gedaan",
    )
