"""A list comes in: choose the file, say which column is which, look at it, read it in. INT-06."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import documents, operations
from cases.forms.imports import ColumnsForm, DecideForm, ImportForm
from cases.models import ImportBatch, ImportRow, Indeling, RowOutcome
from cases.presenters import intake as presenters
from cases.rules import columns
from partners.access import office_only
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of

PER_PAGE = 50
LONG_BYTES, LONG_ROWS = 40_000, 500  # what takes more than about a second is for the worker


@page_methods
@office_only
def import_list(request: HttpRequest) -> HttpResponse:
    """Choose the file; the next page asks which column is which, or shows what it would do."""
    form = ImportForm(posted(request), request.FILES or None, **presenters.sources())
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["bestand"]
        content = upload.read(documents.MAX_BYTES + 1)
        try:
            return _receive(request, form, upload.name, content)
        except documents.Unreadable as unreadable:
            form.add_error("bestand", str(unreadable))
    context = {"form": form, "columns": columns.SPARE}
    return render(request, "cases/import.html", context, status=status_of(form, []))


def _receive(request: HttpRequest, form: ImportForm, name: str, content: bytes) -> HttpResponse:
    """Keep the list for its preview when its columns are clear, else for who says which is which.
    The same form sent twice leads on to the list of previews."""
    source, day = form.cleaned_data["van_wie"], form.cleaned_data["aangeleverd_op"]
    indeling = Indeling.of(source)
    sample = documents.look(content, indeling.columns)
    layout = columns.recognise(sample.headings, indeling.columns, indeling.doelgroep)
    refused = list(filter(columns.is_refused, sample.headings))
    facts = {"source": source, "supplied_on": day, "by": request.user, "not_read": refused}
    facts["leaves_sheets"] = sample.leaves_sheets
    made: list[ImportBatch] = []
    if layout.is_clear and len(content) > LONG_BYTES:
        attempt(request, lambda: made.append(_keep_for_worker(name, content, layout, **facts)))
    elif layout.is_clear:
        rows = list(documents.read_rows(content, layout, indeling.columns))
        attempt(request, lambda: made.append(operations.receive_import(name, rows, **facts)))
    else:
        attempt(request, lambda: made.append(operations.keep_file(name, content, **facts)))
    if not made:
        return redirect("cases:candidates")
    if not layout.is_clear:
        return redirect("cases:import_columns", made[0].pk)
    return redirect("cases:import_preview", made[0].pk)


def _keep_for_worker(
    name: str, content: bytes, layout: columns.Layout, **facts: Any
) -> ImportBatch:
    batch = operations.keep_file(name, content, **facts)
    operations.ask_reading(batch, layout, by=facts["by"])
    return batch


@page_methods
@office_only
def import_columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say which column is which; it is remembered for whose list this is."""
    batch = get_object_or_404(ImportBatch.objects.select_related("source"), pk=batch_id)
    if not batch.waits_for_columns:
        return redirect("cases:import_preview", batch.pk)
    content = operations.open_file(batch)
    form = _columns_form(request, batch, content)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = _choose(request, batch, form, content)
        if not obstacles:
            return redirect("cases:import_preview", batch.pk)
    accesslog.look(request, "inzien", [batch.in_log], scope="know_case")
    refused = presenters.not_read(batch)
    context = {"batch": batch, "form": form, "obstacles": obstacles, "refused": refused}
    status = status_of(form, obstacles)
    return render(request, "cases/import_columns.html", context, status=status)


def _columns_form(request: HttpRequest, batch: ImportBatch, content: bytes) -> ColumnsForm:
    indeling = Indeling.of(batch.source)
    sample = documents.look(content, indeling.columns)
    return ColumnsForm(posted(request), sample=sample, indeling=indeling)


def _choose(
    request: HttpRequest, batch: ImportBatch, form: ColumnsForm, content: bytes
) -> list[Obstacle]:
    """Read the rows in this layout and remember it; what stands in the way otherwise."""
    layout, by = form.layout, request.user

    def weigh() -> None:
        operations.remember_columns(batch.source, form.columns, doelgroep=layout.doelgroep, by=by)
        if len(content) > LONG_BYTES:
            operations.ask_reading(batch, layout, by=by)
        else:
            rows = documents.read_rows(content, layout, form.indeling.columns)
            operations.weigh_import(batch, list(rows), by=by)

    try:
        return attempt(request, weigh)
    except documents.Unreadable as unreadable:
        return [Obstacle("unreadable", str(unreadable))]


@page_methods
@office_only
def import_preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What each row would become; after confirming: what it became."""
    batch = get_object_or_404(ImportBatch.objects.select_related("source"), pk=batch_id)
    if batch.waits_for_columns:
        return redirect("cases:import_columns", batch.pk)
    if request.method == "POST":
        obstacles = attempt(request, lambda: _confirm(request, batch))
        return (
            _show_batch(request, batch, obstacles)
            if obstacles
            else redirect("cases:import_preview", batch.pk)
        )
    if batch.is_busy:
        context = {"batch": batch, "line": operations.progress_of(batch)}
        context["last"] = operations.last_line(batch)
        return render(request, "cases/import_busy.html", context)
    if "HX-Request" in request.headers:  # the page that waited shows the list now
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _show_batch(request, batch)


def _confirm(request: HttpRequest, batch: ImportBatch) -> None:
    """A short list at once, a long one by the worker; one whose worker was lost is read again."""
    if batch.sealed_file:
        operations.ask_reading(batch, columns.Layout(**batch.layout), by=request.user)
    elif batch.confirmed_at is None and batch.rows.count() > LONG_ROWS:
        operations.ask_reading_in(batch, by=request.user)
    else:
        tally = operations.confirm_import(batch, by=request.user)
        messages.success(request, f"De lijst is ingelezen: {tally}.")


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
        "undo": presenters.undoing(batch),
        "refused": presenters.not_read(batch),
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
    """Somebody says of a doubtful row: the same person, somebody new, or leave him out."""
    rows = ImportRow.objects.select_related("batch__source")
    row = get_object_or_404(rows, pk=row_id, batch_id=batch_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show_batch(request, row.batch, [_no_choice(form)], status=422)
    decision = form.cleaned_data["besluit"]
    obstacles = attempt(
        request, lambda: operations.decide_row(row, decision=decision, by=request.user)
    )
    if obstacles:
        return _show_batch(request, row.batch, obstacles)
    messages.success(request, presenters.said_of(row, decision))
    return redirect("cases:import_preview", batch_id)


@page_methods
@office_only
def import_undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """This list should not have been read in: everything that came with it is wiped, after asking
    once more."""
    batch = get_object_or_404(ImportBatch.objects.select_related("source"), pk=batch_id)
    if request.method != "POST":
        accesslog.look(request, "inzien", [batch.in_log], scope="know_case")
        context = {"batch": batch, "undo": presenters.undoing(batch)}
        return render(request, "cases/import_undo.html", context)
    accesslog.look(request, "terugdraaien", [batch.in_log, *batch.rows.numbers()])
    obstacles = attempt(request, lambda: operations.undo_import(batch, by=request.user))
    if obstacles:
        return _show_batch(request, batch, obstacles)
    messages.success(request, f"De lijst {batch.filename} is teruggedraaid en gewist.")
    return redirect("cases:import_preview", batch_id)


def _no_choice(form: DecideForm) -> Obstacle:
    """The buttons stand in a table of many rows: what was wrong stands above it."""
    return Obstacle("no_choice", form.errors["besluit"][0])
