"""The documents of a dossier: brought in, opened, taken back. DOS-17; ADR 0038."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations
from cases.forms.documents import DocumentForm, TakeBackForm
from cases.models import Scope
from cases.presenters import documents as presenters
from cases.presenters.dossier import Dossier
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_take_along


@require_safe
@with_persons
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """What there is, for who may see a part of it."""
    dossier = _dossier(request, number)
    if not dossier.may_see_documents:
        raise Http404
    return _show(request, dossier)


@page_methods
@with_persons
def document_add(request: HttpRequest, number: str) -> HttpResponse:
    """Bring one in."""
    dossier = _dossier(request, number, Scope.LEAD_CASE)
    given = {"scopes": dossier.scopes, "regime": dossier.case.regime}
    form = DocumentForm(posted(request), request.FILES or None, **given)
    obstacles: list[Obstacle] = []
    if form.is_valid():
        obstacles = attempt(
            request,
            lambda: operations.add_document(dossier.case, form.about, form.file, by=request.user),
        )
        if not obstacles:
            messages.success(request, "Het stuk is toegevoegd. Het wordt nu gecontroleerd.")
            return redirect("cases:documents", number)
    _look(request, dossier)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles)
    return render(request, "cases/document_add.html", context, status=status)


@require_safe
@with_persons
@fresh_to_take_along
def document_file(request: HttpRequest, number: str, document_id: UUID) -> HttpResponse:
    """The file itself, for who may see it; what is not looked at yet is not there."""
    dossier = _dossier(request, number)
    document = presenters.get_file(dossier, document_id)
    document.case = dossier.case
    content = operations.open_document(document)
    about = [dossier.number, document.in_log]
    accesslog.look(request, "exporteren", about, scope=document.scope, **dossier.seen_as)
    return HttpResponse(content, headers=presenters.headers_of(document))


@page_methods
@with_persons
def document_take_back(request: HttpRequest, number: str, document_id: UUID) -> HttpResponse:
    """Let its file go, with a reason."""
    dossier = _dossier(request, number, Scope.LEAD_CASE)
    document = presenters.get_document(dossier, document_id)
    form = TakeBackForm(posted(request))
    obstacles: list[Obstacle] = []
    if form.is_valid():
        because = form.cleaned_data["because"]
        obstacles = attempt(
            request,
            lambda: operations.take_back_document(document, because=because, by=request.user),
        )
        if not obstacles:
            messages.success(request, "Het stuk is teruggenomen. Het bestand is gewist.")
            return redirect("cases:documents", number)
    _look(request, dossier)
    onlookers = dossier.seen_by.of([Scope(document.scope)])
    context = {"dossier": dossier, "document": document, "onlookers": onlookers}
    context |= {"form": form, "obstacles": obstacles}
    status = status_of(form, obstacles)
    return render(request, "cases/document_take_back.html", context, status=status)


@require_POST
@with_persons
def document_scan(request: HttpRequest, number: str, document_id: UUID) -> HttpResponse:
    """Have it looked at once more: it still waits."""
    dossier = _dossier(request, number, Scope.LEAD_CASE)
    document = presenters.get_document(dossier, document_id)
    obstacles = attempt(request, lambda: operations.ask_scan(document, by=request.user))
    if obstacles:
        return _show(request, dossier, obstacles)
    messages.success(request, "De controle is opnieuw gevraagd. Kijk over een minuut opnieuw.")
    return redirect("cases:documents", number)


def _dossier(request: HttpRequest, number: str, scope: Scope = Scope.KNOW_CASE) -> Dossier:
    return Dossier(access.get_case(request.user, number, scope), request.user, "cases:detail")


def _show(
    request: HttpRequest, dossier: Dossier, obstacles: list[Obstacle] | None = None
) -> HttpResponse:
    _look(request, dossier)
    context = {
        "dossier": dossier,
        "found": presenters.documents_of(dossier),
        "obstacles": obstacles or [],
    }
    return render(request, "cases/documents.html", context, status=409 if obstacles else 200)


def _look(request: HttpRequest, dossier: Dossier) -> None:
    scope = Scope.LEAD_CASE if dossier.leads else Scope.KNOW_CASE
    accesslog.look(request, "inzien", [dossier.number], scope=scope, **dossier.seen_as)
