"""The meeting in which the partners choose together: who was there, and what they take home."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases import access, operations, rules
from cases.forms.selection import MeetingForm
from cases.models import Prioriteitenlijst
from cases.presenters import list_files
from partners.access import office_or_manager
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.pdf import unavailable
from veiligheidshuis.stepup import fresh_to_take_along


@page_methods
@office_or_manager
def list_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """The office writes down who came, and who adopts the list for his organisation. PRI-03."""
    ranked = access.get_list(request.user, code)
    members = list(ranked.selectieleden.by_name())
    form = MeetingForm(posted(request), members=members)
    obstacles = rules.obstacles_to_opening_record(ranked, members)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.record_meeting(ranked, form.said, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Vastgelegd wie er bij het selectieoverleg waren.")
            return redirect("cases:list", code)
    context = {"ranked": ranked, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "cases/list_meeting.html", context, status=status)


@require_safe
@office_or_manager
@fresh_to_take_along
def list_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The adopted list on paper, with who adopted it."""
    ranked = access.get_list(request.user, code)
    obstacles = rules.obstacles_to_taking_along(ranked)
    if obstacles or unavailable():
        messages.warning(request, unavailable() or obstacles[0].message)
        return redirect("cases:list", code)
    return _taken_along(request, ranked, list_files.as_pdf, "application/pdf", "pdf")


@require_safe
@office_or_manager
@fresh_to_take_along
def list_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The adopted list as a sheet."""
    ranked = access.get_list(request.user, code)
    obstacles = rules.obstacles_to_taking_along(ranked)
    if obstacles:
        messages.warning(request, obstacles[0].message)
        return redirect("cases:list", code)
    return _taken_along(request, ranked, list_files.as_xlsx, list_files.XLSX, "xlsx")


def _taken_along(
    request: HttpRequest,
    ranked: Prioriteitenlijst,
    draw: list_files.Draw,
    content_type: str,
    ending: str,
) -> HttpResponse:
    """The file, and the line in the log of everybody who stands in it."""
    lines = list_files.lines_of(ranked, request.user)
    numbers = [line.number for line in lines]
    accesslog.look(request, "exporteren", numbers, scope="know_case")  # also of nobody he may know
    name = f'attachment; filename="prioriteitenlijst-{ranked.code}.{ending}"'
    headers = {"Content-Disposition": name}
    return HttpResponse(draw(ranked, lines), content_type=content_type, headers=headers)
