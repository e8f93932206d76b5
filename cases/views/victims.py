"""Whom the client hurt: pages that nobody finds but who was let in by name. DOS-16."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations
from cases.forms.victims import EndVictimForm, PurposeForm, SupportForm, VictimForm
from cases.models import Basis, Case, Scope, Slachtoffer, VictimPurpose
from cases.presenters import victims as presenters
from cases.presenters.dossier import Dossier
from cases.presenters.preview import Preview, preview
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_of
from veiligheidshuis.stepup import fresh_to_send

HERE, SUPPORT = "cases:victims", "cases/victim_support.html"


@require_safe
@with_persons
def victims(request: HttpRequest, number: str) -> HttpResponse:
    """First why somebody opens this, for the log; then those victims that he may know."""
    case = access.get_case(request.user, number, Scope.VIEW_VICTIM)
    form = PurposeForm(request.GET if "reden" in request.GET else None)
    keeps = access.keeps_victims(case)
    opened = form.is_valid()
    ground = form.cleaned_data["reden"] if opened else "nog niet geopend"
    _look(request, case, ground)
    context = {
        "dossier": Dossier(case, request.user, HERE),
        "form": form,
        "opened": opened,
        "keeps": keeps,
        "known": presenters.victims_of(case, request.user, keeps=keeps) if opened else [],
    }
    status = 200 if opened or not form.is_bound else 422
    return render(request, "cases/victims.html", context, status=status)


@page_methods
@with_persons
def victim_add(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a victim."""
    case = _kept_case(request, number)
    form = VictimForm(posted(request))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        about = form.about
        obstacles = attempt(request, lambda: operations.record_victim(case, about, by=request.user))
        if not obstacles:
            messages.success(request, "De gegevens van het slachtoffer staan er.")
            return _back(number)
    return _show(request, "cases/victim_form.html", case, form, obstacles)


@page_methods
@with_persons
def victim_edit(request: HttpRequest, number: str, victim_id: UUID) -> HttpResponse:
    """Correct what is known of one victim."""
    case = _kept_case(request, number)
    victim = presenters.get_victim(case, request.user, victim_id)
    form = VictimForm(posted(request), initial=presenters.as_typed(victim))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        about, seen = form.about, form.cleaned_data["version"]
        obstacles = attempt(
            request,
            lambda: operations.correct_victim(victim, about, by=request.user, seen=seen),
        )
        if not obstacles:
            messages.success(request, "De gegevens van het slachtoffer zijn bijgewerkt.")
            return _back(number)
    if is_stale(obstacles):
        renew(form, "version", victim.version)
    return _show(request, "cases/victim_form.html", case, form, obstacles, victim=victim)


@page_methods
@with_persons
@fresh_to_send
def victim_end(request: HttpRequest, number: str, victim_id: UUID) -> HttpResponse:
    """These data are not needed any more, after asking why."""
    case = _kept_case(request, number)
    victim = presenters.get_victim(case, request.user, victim_id)
    form = EndVictimForm(posted(request))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        obstacles = attempt(
            request, lambda: operations.end_victim(victim, because=because, by=request.user)
        )
        if not obstacles:
            messages.success(request, "De gegevens van het slachtoffer zijn beëindigd.")
            return _back(number)
    return _show(request, "cases/victim_end.html", case, form, obstacles, victim=victim)


@page_methods
@with_persons
@fresh_to_send
def victim_support(request: HttpRequest, number: str, victim_id: UUID) -> HttpResponse:
    """Who sees this one victim; and somebody more, by name and until a day."""
    case = _kept_case(request, number)
    victim = presenters.get_victim(case, request.user, victim_id)
    people = presenters.possible_supporters(case, request.user)
    form = SupportForm(posted(request), people=people)
    more: dict[str, object] = {
        "victim": victim,
        "grants": access.supporters_of(victim),
        "people": people,
    }
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "voorproef" in request.POST:
            more["preview"] = _tried(request, case, victim, given)
            return _show(request, SUPPORT, case, form, [], **more)
        obstacles = attempt(
            request, lambda: operations.let_support(victim, **given, by=request.user)
        )
        if not obstacles:
            messages.success(request, f"{given['person']} kan dit slachtoffer nu bijstaan.")
            return redirect("cases:victim_support", number, victim_id)
    return _show(request, SUPPORT, case, form, obstacles, **more)


def _tried(request: HttpRequest, case: Case, victim: Slachtoffer, given: dict[str, Any]) -> Preview:
    """What the supporter would see, before he does."""
    return preview(
        lambda: operations.let_support(victim, **given, by=request.user),
        [given["person"]],
        case=case,
    )


@require_POST
@with_persons
@fresh_to_send
def victim_support_end(
    request: HttpRequest, number: str, victim_id: UUID, group_id: int
) -> HttpResponse:
    """Take back at once what somebody saw of one victim."""
    case = _kept_case(request, number)
    victim = presenters.get_victim(case, request.user, victim_id)
    held = {grant.group.pk: grant for grant in access.supporters_of(victim)}.get(group_id)
    if held is None or held.basis != Basis.SLACHTOFFER:
        raise Http404
    obstacles = attempt(
        request, lambda: operations.stop_support(victim, held.group, by=request.user)
    )
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, f"{held.who} ziet dit slachtoffer niet meer.")
    return redirect("cases:victim_support", number, victim_id)


def _kept_case(request: HttpRequest, number: str) -> Case:
    """The case, for the interventiemanager himself; for all others there is no such page."""
    case = access.get_case(request.user, number, Scope.VIEW_VICTIM)
    if not access.keeps_victims(case):
        raise Http404
    return case


def _back(number: str) -> HttpResponse:
    """To the victims, opened: what was just typed is there to be read once more."""
    return redirect(f"{reverse(HERE, args=[number])}?reden={VictimPurpose.BIJWERKEN}")


def _look(request: HttpRequest, case: Case, ground: str) -> None:
    accesslog.look(
        request, "inzien", [case.number], scope=Scope.VIEW_VICTIM, ground=f"slachtoffer: {ground}"
    )


def _show(
    request: HttpRequest,
    template: str,
    case: Case,
    form: VictimForm | EndVictimForm | SupportForm,
    obstacles: list[Obstacle],
    **more: object,
) -> HttpResponse:
    _look(request, case, VictimPurpose.BIJWERKEN)
    context = {"dossier": Dossier(case, request.user, HERE), "form": form, "obstacles": obstacles}
    status = 200 if "preview" in more else status_of(form, obstacles)
    return render(request, template, context | more, status=status)
