"""The page of the steering group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import for_roles
from stuurgroep import access, presenters


@require_safe
@for_roles(*access.STEERING)
def figures(request: HttpRequest) -> HttpResponse:
    """Offered, signed, started in time, refused; per half-year and without anybody's name."""
    page = presenters.figures(access.half_years())
    return render(request, "stuurgroep/figures.html", page)
