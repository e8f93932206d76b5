"""Twice a year every colleague is confirmed on one page of his organisation. GOV-03."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters, rules
from partners.access import keeps_accounts_at, office_only, second_lookers
from partners.forms import ConfirmForm
from partners.models import Organisation, Role
from veiligheidshuis import accesslog, door
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@require_safe
@second_lookers
def rounds(request: HttpRequest) -> HttpResponse:
    """How far the round has come, by organisation; and, for the office, the button of a new one."""
    ronde = presenters.latest_round()
    lines = presenters.progress(ronde, request.user) if ronde else []
    is_office = request.user.has_role(Role.BEDRIJFSBUREAU)
    context = {"ronde": ronde, "lines": lines, "waiting": presenters.waiting_in(lines)}
    context["can_begin"] = is_office and not rules.obstacles_to_begin_round(ronde)
    context["is_staff"] = is_office or request.user.has_role(Role.MANAGER)
    return render(request, "partners/rounds.html", context)


@require_POST
@office_only
@fresh_to_send
def round_begin(request: HttpRequest) -> HttpResponse:
    """Begin a round; who keeps accounts hears it by mail."""
    obstacles = attempt(request, lambda: operations.begin_round(by=request.user))
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, "De ronde is begonnen. Alle beheerders krijgen bericht.")
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", ["bevestigingsronde"], ground="begonnen", outcome=outcome)
    return redirect("partners:rounds")


@page_methods
@second_lookers
@fresh_to_send
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """All colleagues of one organisation: who still needs his account, and who no longer does."""
    ronde, user = presenters.latest_round(), request.user
    organisation = get_object_or_404(Organisation, slug=slug)
    is_staff = user.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
    if ronde is None or not (is_staff or keeps_accounts_at(organisation, user)):
        raise Http404
    colleagues = presenters.colleagues_in_round(organisation, ronde, user)
    form = ConfirmForm(posted(request), people=[c.before for c in colleagues if not c.obstacles])
    obstacles = _confirm(request, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        return redirect("partners:confirm", slug)
    context = {"organisation": organisation, "ronde": ronde, "form": form, "obstacles": obstacles}
    context["rows"] = [(each, form.fields_of(each.person)) for each in colleagues]
    context["is_staff"] = is_staff
    return render(request, "partners/confirm.html", context, status=status_of(form, obstacles))


def _confirm(request: HttpRequest, form: ConfirmForm) -> list[Obstacle]:
    said = form.said()
    if not said:
        messages.info(
            request, "Er is niets gewijzigd. Kies bij een collega ‘Nodig’ of ‘Niet meer nodig’."
        )
        return []
    words = [operations.Word(each.user, each.needed, each.reason) for each in said]
    obstacles = attempt(request, lambda: operations.confirm(words, by=request.user))
    outcome = "geweigerd" if obstacles else "gedaan"
    about = [door.account_of(each.user) for each in said]
    accesslog.look(request, "wijzigen", about, ground="bevestigd", outcome=outcome)
    if not obstacles:
        number = "1 collega" if len(said) == 1 else f"{len(said)} collega's"
        messages.success(request, f"Opgeslagen: {number}.")
    return obstacles
