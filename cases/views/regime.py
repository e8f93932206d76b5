"""Under which regime a dossier is, why, and the deliberate step to the other. PRV-20."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.forms.regime import RegimeForm
from cases.presenters.dossier import Dossier
from cases.presenters.regime import RegimeStep, why_this_regime
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@with_persons
@fresh_to_send
def regime(request: HttpRequest, number: str) -> HttpResponse:
    """Bring a dossier under the other regime, for who leads it and for the office."""
    dossier = Dossier(access.get_case(request.user, number), request.user, "cases:detail")
    if not dossier.sees_course:
        raise Http404
    step = RegimeStep(dossier.case, request.POST.get("to", ""))
    form = RegimeForm(posted(request), regime=step.regime, ground=step.ground)
    obstacles = step.obstacles
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        obstacles = attempt(request, lambda: step.make(dossier.case, **said, by=request.user))
        if not obstacles:
            messages.success(request, f"Het dossier valt nu onder: {step.label}.")
            return redirect("cases:detail", number)
    accesslog.look(request, "inzien", [number], scope="know_case", **dossier.seen_as)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles, "step": step}
    context["choice"] = why_this_regime(dossier.case)
    status = status_when_sent(form, obstacles)
    return render(request, "cases/regime.html", context, status=status)
