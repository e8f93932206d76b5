"""Candidates: put forward one by one, or read in from the list of the police."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import documents, operations
from cases.forms.intake import YES, DecideForm, ImportForm, NominateForm
from cases.models import Case, ImportBatch, ImportRow, RowOutcome
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
@office_only
def import_list(request: HttpRequest) -> HttpResponse:
    """Choose the file of the police; the next page shows what it would do."""
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["bestand"]
        try:
            rows = documents.read_list(upload.read(documents.MAX_BYTES + 1))
        except documents.Unreadable as unreadable:
            form.add_error("bestand", str(unreadable))
        else:
            return _receive(request, upload.name, rows)
    context = {"form": form, "columns": documents.COLUMNS}
    return render(request, "cases/import.html", context, status=status_of(form, []))


def _receive(request: HttpRequest, name: str, rows: list[operations.ReadRow]) -> HttpResponse:
    """Keep the list for its preview. The same form sent twice leads on to the list of previews."""
    made: list[ImportBatch] = []
    attempt(request, lambda: made.append(operations.receive_import(name, rows, by=request.user)))
    if not made:
        return redirect("cases:candidates")
    return redirect("cases:import_preview", made[0].pk)


@page_methods
@office_only
def import_preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What each row would become; after confirming: what it became."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.confirm_import(batch, by=request.user))
        if obstacles:
            return _show_batch(request, batch, obstacles)
        messages.success(request, f"De lijst is ingelezen: {operations.tally_import(batch)}.")
        return redirect("cases:import_preview", batch.pk)
    return _show_batch(request, batch)


def _show_batch(
    request: HttpRequest,
    batch: ImportBatch,
    obstacles: list[Obstacle] | None = None,
    status: int = 409,
) -> HttpResponse:
    outcome = request.GET.get("uitkomst", "")
    page = Paginator(presenters.rows_of(batch, outcome), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    accesslog.look(request, "inzien", presenters.subjects(batch, page), scope="know_case")
    context: dict[str, Any] = {
        "batch": batch,
        "lines": presenters.lines(page),
        "page_obj": page,
        "tally": operations.tally_import(batch),
        "outcome": outcome,
        "outcomes": RowOutcome.choices,
        "obstacles": obstacles,
    }
    status = status if obstacles else 200
    return render(request, "cases/import_preview.html", context, status=status)


@require_POST
@office_only
def import_withdraw(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """This list should not be read in after all."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    obstacles = attempt(request, lambda: operations.withdraw_import(batch, by=request.user))
    if obstacles:
        return _show_batch(request, batch, obstacles)
    messages.success(request, f"De lijst {batch.filename} is niet ingelezen en gewist.")
    return redirect("cases:candidates")


@require_POST
@office_only
def import_decide(request: HttpRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    """Somebody says of a doubtful row: the same person, or somebody new."""
    row = get_object_or_404(ImportRow, pk=row_id, batch_id=batch_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show_batch(request, row.batch, [_no_choice(form)], status=422)
    same = form.is_same
    obstacles = attempt(request, lambda: operations.decide_row(row, same=same, by=request.user))
    if obstacles:
        return _show_batch(request, row.batch, obstacles)
    verdict = "is iemand die we al kennen" if same else "is een nieuwe kandidaat"
    messages.success(request, f"Regel {row.line} {verdict}.")
    return redirect("cases:import_preview", batch_id)


def _no_choice(form: DecideForm) -> Obstacle:
    """The buttons stand in a table of many rows: what was wrong stands above it."""
    return Obstacle("no_choice", form.errors["besluit"][0])


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
