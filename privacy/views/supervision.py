"""Where the functionaris gegevensbescherming starts, and what he may ask about access."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.forms.explanation import WhoMayInCaseForm
from cases.presenters.explanation import ask
from partners.access import for_roles
from privacy import access, presenters
from privacy.access import SUPERVISORS
from veiligheidshuis import accesslog

supervisors_only = for_roles(*SUPERVISORS)


@require_safe
@supervisors_only
def home(request: HttpRequest) -> HttpResponse:
    """How the access log stands, and where to go from here."""
    return render(request, "privacy/home.html", presenters.supervision())


@require_safe
@supervisors_only
def check(request: HttpRequest) -> HttpResponse:
    """Whether the access log is whole: every line since it was closed last, and every anchor."""
    return render(request, "privacy/check.html", {"verified": access.verify_log()})


@require_safe
@supervisors_only
def explain(request: HttpRequest) -> HttpResponse:
    """Answer “mag X dit zien, en waarom?”, about anybody, any case and any day."""
    form = WhoMayInCaseForm(request.GET or None)
    answer = None
    if form.is_valid():
        asked = form.cleaned_data
        answer = ask(asked["person"], asked["number"], asked["scope"], asked["day"])
        about = [asked["number"] or "elk dossier", f"account {asked['person'].username}"]
        accesslog.look(request, "uitleg vragen", about, scope=asked["scope"])
    context = {"form": form, "answer": answer}
    status = 422 if form.is_bound and not answer else 200
    return render(request, "privacy/explain.html", context, status=status)
