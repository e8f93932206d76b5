"""Candidates: who was put forward, and putting somebody forward."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases import operations
from cases.forms.intake import YES, NominateForm
from cases.models import Case, ImportBatch
from cases.presenters import intake as presenters
from cases.states import CaseStatus
from partners.access import office_only, with_persons
from partners.models import Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of

PER_PAGE = 50


@require_safe
@office_only
def candidates(request: HttpRequest) -> HttpResponse:
    """Who was put forward and is on no list yet, and what waits for a decision."""
    cases = Case.objects.visible_to(request.user).filter(status=CaseStatus.AANGEMELD)
    page = Paginator(cases.with_people().order_by("-opened_at", "pk"), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    shown = presenters.candidates(page.object_list, request.user)
    numbers = {c.case.number for c in shown} | {o.number for c in shown for o in c.lookalikes}
    if numbers:
        accesslog.look(request, "inzien", sorted(numbers), scope="know_case")
    context = {
        "page_obj": page,
        "candidates": shown,
        "waiting": presenters.waiting(),
        "previews": ImportBatch.objects.previews().order_by("-read_at"),
    }
    return render(request, "cases/candidates.html", context)


@page_methods
@with_persons
def nominate(request: HttpRequest) -> HttpResponse:
    """Put somebody forward. The answer is the same whoever the house knows already."""
    form = NominateForm(posted(request), regimes=request.user.regimes)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _nominate(request, form))
        if not obstacles:
            messages.success(
                request,
                "Dank u wel. Het bedrijfsbureau bekijkt wie u aandroeg en neemt contact met u op.",
            )
            return redirect("cases:nominate")
    context = {"form": form, "obstacles": obstacles, "own": _own_nominations(request)}
    return render(request, "cases/nominate.html", context, status=status_of(form, obstacles))


def _nominate(request: HttpRequest, form: NominateForm) -> Case:
    data = form.cleaned_data
    return operations.nominate(
        operations.Person(**form.person),
        doelgroep=data["doelgroep"],
        reason=data["reason"],
        discussed=data["discussed"] == YES,
        why_not=data["why_not"],
        regime=data["regime"],
        regime_reason=data["regime_reason"],
        correct=data["correct"],
        by=request.user,
    )


def _own_nominations(request: HttpRequest) -> list[Case]:
    """Whom this person put forward himself, as far as he may still know; not of whole lists."""
    if request.user.has_role(Role.BEDRIJFSBUREAU):
        return []
    own = Case.objects.visible_to(request.user).filter(opened_by_id=request.user.pk)
    cases = list(own.select_related("client").order_by("-opened_at", "pk")[:10])
    if cases:
        accesslog.look(request, "inzien", [case.number for case in cases], scope="know_case")
    return cases
