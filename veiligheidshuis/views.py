"""The front hall: where you land, whether the house stands, and what it says about itself."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from veiligheidshuis.menu import landing_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each role has its own first page."""
    return redirect(landing_for(request.user.active_roles))


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether web and database answer; for the supervisor and the load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The pages every visitor may read: help, privacy, accessibility."""
    return render(request, f"huis/{name}.html")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a tab that is too old: nothing was saved, and nothing typed need be lost."""
    return render(request, "403_csrf.html", status=403)
