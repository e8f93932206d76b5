"""The manager sees whom nobody holds. S0, S2: "vastpakken en niet meer loslaten"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maatwerkplan.presenters import loose_ends as presenters
from partners.access import for_roles
from partners.models import Role
from veiligheidshuis import accesslog


@require_safe
@for_roles(Role.MANAGER)
def loose_ends(request: HttpRequest) -> HttpResponse:
    """Clients without interventiemanager, without next action, without planned meeting. REG-08."""
    shown = presenters.loose_ends(
        request.user, request.GET.get("soort", ""), request.GET.get("pagina", "")
    )
    numbers = [case.number for case in shown.cases]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope="know_case")
    return render(request, "maatwerkplan/loose_ends.html", {"loose": shown})
