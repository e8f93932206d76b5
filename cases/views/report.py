"""A participant puts somebody forward, and the office calls him back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import access, operations
from cases.forms.report import NominateForm
from cases.models import Aanmelding, Case, Meldformulier
from partners.access import office_only, with_persons
from veiligheidshuis import accesslog, drafts
from veiligheidshuis.formats import today
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of


@page_methods
@with_persons
def nominate(request: HttpRequest) -> HttpResponse:
    """Put somebody forward. The answer is the same whoever the house knows already."""
    forms = list(Meldformulier.objects.valid_on(today()))
    formulier = _chosen(request, forms)
    if drafts.SAVE in request.POST:
        return _keep(request)
    kept = drafts.newest(request.get_full_path())
    form = NominateForm(
        posted(request),
        formulier=formulier,
        regimes=request.user.regimes,
        initial=kept.typed if kept else None,
    )
    obstacles = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _nominate(request, form))
        if not obstacles:
            messages.success(request, RECEIPT)
            return redirect("cases:nominate")
    context = {"form": form, "forms": forms, "kept": kept, "obstacles": obstacles}
    context |= {"own": _own(request), "lists": access.own_lists()}
    return render(request, "cases/nominate.html", context, status=status_of(form, obstacles))


# The same words whoever the house knows already.
RECEIPT = (
    "Dank u wel. Wij hebben uw aanmelding ontvangen. Het bedrijfsbureau bekijkt wie u aandroeg en "
    "neemt contact met u op."
)


def _chosen(request: HttpRequest, forms: list[Meldformulier]) -> Meldformulier:
    """The form of where this report comes from; the general one when nothing was chosen."""
    code = request.GET.get("formulier", forms[0].code)
    for each in forms:
        if each.code == code:
            return each
    raise Http404


def _keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, to go on with later; nothing is sent yet."""
    drafts.keep(request, request.user.pk)
    messages.info(request, "Wat u invulde, is bewaard. Er is nog niets verstuurd.")
    return redirect(request.get_full_path())


def _nominate(request: HttpRequest, form: NominateForm) -> Case:
    return operations.nominate(
        operations.Person(**form.person),
        doelgroep=form.cleaned_data["doelgroep"],
        report=form.report,
        regime=form.cleaned_data["regime"],
        regime_reason=form.cleaned_data["regime_reason"],
        by=request.user,
    )


def _own(request: HttpRequest) -> list[access.OwnReport]:
    """What this person reported himself and what became of it, not of whom it turned out to be."""
    own = access.own_reports()
    if own:
        accesslog.look(request, "inzien", [each.id for each in own], ground="eigen aanmelding")
    return own


@require_POST
@office_only
def contacted(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The office spoke with whoever reported somebody."""
    known = Case.objects.visible_to(request.user)
    report = get_object_or_404(Aanmelding, pk=report_id, case__in=known)
    obstacles = attempt(request, lambda: operations.note_contact(report, by=request.user))
    for obstacle in obstacles:
        messages.warning(request, obstacle.message)
    if not obstacles:
        messages.success(request, "Het contact is vastgelegd.")
    return redirect(f"{reverse('cases:candidates')}#bellen")
