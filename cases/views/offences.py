"""A partner of the straf chain counts offences."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations, rules
from cases.forms.offences import CountForm
from cases.models import Scope
from cases.presenters.dossier import Dossier
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent


@page_methods
@with_persons
def count(request: HttpRequest, number: str) -> HttpResponse:
    """How many offences this partner counted, over which days; he reads no other count here."""
    case = access.get_case(request.user, number)
    if not rules.supplies_offences(request.user):
        raise Http404
    dossier = Dossier(case, request.user, "cases:detail")
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE, **dossier.seen_as)
    form = CountForm(posted(request))
    obstacles = rules.obstacles_to_adding_counts(case)
    if form.is_valid():
        counted = form.cleaned_data
        obstacles = attempt(
            request, lambda: operations.count_offences(case, **counted, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Het aantal staat in het dossier.")
            return redirect("cases:detail", number)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles}
    return render(request, "cases/offences.html", context, status=status_when_sent(form, obstacles))
