"""The versions of a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from maatwerkplan.presenters.versions import versions_of
from maatwerkplan.views.offer import TAB
from partners.access import with_persons
from veiligheidshuis import accesslog


@require_safe
@with_persons
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Two versions side by side, and who signed each and when."""
    case = access.get_case(request.user, number, Scope.VIEW_PLAN)
    dossier = Dossier(case, request.user, TAB)
    accesslog.look(request, "inzien", [number], scope=Scope.VIEW_PLAN, **dossier.seen_as)
    context = {"dossier": dossier, "page": versions_of(case, request.GET.get("plan", ""))}
    return render(request, "maatwerkplan/versions.html", context)
