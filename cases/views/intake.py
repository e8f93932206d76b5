"""Candidates: who was put forward, and whom the office calls about them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.presenters import intake as presenters
from cases.presenters import report as reports
from partners.access import office_only
from veiligheidshuis import accesslog

PER_PAGE = 50


@require_safe
@office_only
def candidates(request: HttpRequest) -> HttpResponse:
    """Who was put forward and is on no list yet, and what waits for a decision."""
    waiting = presenters.waiting_candidates(request.user)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("pagina"))
    shown = presenters.candidates(page.object_list, request.user)
    to_call = reports.to_call(request.user)
    numbers = presenters.numbers_of(shown) | {call.report.case.number for call in to_call}
    if numbers:
        accesslog.look(request, "inzien", sorted(numbers), scope="know_case")
    context = {
        "page_obj": page,
        "candidates": shown,
        "waiting": presenters.waiting(),
        "to_call": to_call,
        **presenters.waiting_lists(),
    }
    return render(request, "cases/candidates.html", context)
