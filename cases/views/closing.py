"""The end of a client's course: what still runs, and then the reason and what was reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations, rules
from cases.forms.closing import ClosingForm
from cases.models import Scope
from cases.presenters.dossier import Dossier
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@with_persons
@fresh_to_send
def close_case(request: HttpRequest, number: str) -> HttpResponse:
    """Close a dossier; whoever did so does not find it any more."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form = ClosingForm(posted(request))
    obstacles = rules.obstacles_to_close_case(case)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        obstacles = attempt(request, lambda: operations.close_case(case, **said, by=request.user))
        if not obstacles:
            messages.success(request, f"Het dossier van {case.client} is afgesloten.")
            return redirect("home")
    dossier = Dossier(case, request.user, "cases:detail")
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE, **dossier.seen_as)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "cases/close.html", context, status=status)
