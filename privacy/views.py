"""The pages of the functionaris gegevensbescherming."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import for_roles
from privacy import presenters
from privacy.access import SUPERVISORS

supervisors_only = for_roles(*SUPERVISORS)


@require_safe
@supervisors_only
def home(request: HttpRequest) -> HttpResponse:
    """How the access log stands, and where to go from here."""
    return render(request, "privacy/home.html", presenters.supervision())
