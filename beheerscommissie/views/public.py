"""What a visitor may do: report nuisance, and see with his code what came of it. No login."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from beheerscommissie import access, operations
from beheerscommissie.forms import FollowForm, ReportForm
from beheerscommissie.models import Area, PhoneNumber
from veiligheidshuis import once
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle, Refused
from veiligheidshuis.sender import address_of

RECEIVED = "Uw melding is ontvangen. Bewaar de code hieronder."
UNKNOWN = "Deze code kennen wij niet. Controleer de letters en cijfers."


@login_not_required
@page_methods
def file_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The public form. Who sends it gets a code."""
    area = access.get_area(slug)
    form = ReportForm(once.posted(request), area=area)
    if not form.is_valid():
        return _report_page(request, area, form, status=422 if form.is_bound else 200)
    origin = {"submission": _submission(request), "sender": _sender(request)}
    try:
        code = operations.file_report(area, form.nuisance(), form.contact(), **origin)
    except Refused as refused:
        return _report_page(request, area, form, refused.obstacles, status=409)
    messages.success(request, RECEIVED)
    return redirect("beheerscommissie:outcome", slug=area.slug, code=code)


@login_not_required
@require_safe
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a melder types his code."""
    area = access.get_area(slug)
    form = FollowForm(request.GET or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if operations.outcome(area, code):
            return redirect("beheerscommissie:outcome", slug=area.slug, code=code)
        form.add_error("code", UNKNOWN)
    status = 422 if form.is_bound else 200
    page = {"area": area, "form": form}
    return render(request, "beheerscommissie/follow.html", page, status=status)


@login_not_required
@require_safe
def outcome(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """How far a report is and what came of it; nothing of what was reported, or by whom."""
    area = access.get_area(slug)
    found = operations.outcome(area, code)
    if found is None:
        form = FollowForm({"code": code})
        if form.is_valid():
            form.add_error("code", UNKNOWN)
        return render(
            request, "beheerscommissie/follow.html", {"area": area, "form": form}, status=404
        )
    page = {"area": area, "code": code, "outcome": found}
    return render(request, "beheerscommissie/outcome.html", page)


def _report_page(
    request: HttpRequest,
    area: Area,
    form: ReportForm,
    obstacles: tuple[Obstacle, ...] = (),
    *,
    status: int,
) -> HttpResponse:
    numbers = PhoneNumber.objects.filter(plan__area=area)
    page = {"area": area, "form": form, "obstacles": obstacles, "phone_numbers": numbers}
    return render(request, "beheerscommissie/file_report.html", page, status=status)


def _submission(request: HttpRequest) -> uuid.UUID:
    """The key of the form that was sent; a form without one is a submission by itself."""
    try:
        return uuid.UUID(request.POST.get(once.FIELD, ""))
    except ValueError:
        return uuid.uuid4()


def _sender(request: HttpRequest) -> str:
    """A digest of the address that this came from, good for today only."""
    value = f"{timezone.localdate()} {address_of(request)}"
    return salted_hmac("beheerscommissie.sender", value, algorithm="sha256").hexdigest()
