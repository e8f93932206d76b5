"""The dossier: found, opened, noted in; and who takes part in it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations
from cases.forms.dossier import GrantForm, NoteForm
from cases.forms.explanation import WhoMayForm
from cases.models import Basis, Scope
from cases.presenters import doelgroepen, explanation
from cases.presenters import dossier as presenters
from cases.presenters import search as search_presenters
from cases.presenters.course import course_of
from cases.presenters.facts import facts_of
from cases.presenters.preview import Preview, preview
from partners.access import with_persons
from partners.models import PERSON_ROLES, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_factor, fresh_to_send

HERE = "cases:access"


@require_safe
@with_persons
def search(request: HttpRequest) -> HttpResponse:
    """Find a dossier by name, number or birth date; only what you may see is there."""
    found = search_presenters.find(
        request.user,
        request.GET.get("q", ""),
        request.GET.get("pagina", ""),
        forgiving=request.GET.get("spelling") == "ruim",
    )
    if found.lines:
        accesslog.look(request, "zoeken", [c.number for c in found.lines], scope=Scope.KNOW_CASE)
    return render(request, "cases/search.html", {"found": found})


@require_safe
@with_persons
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The state of one client."""
    return _show(request, access.get_case(request.user, number, along="client__bsn_record"))


@require_POST
@with_persons
def note_add(request: HttpRequest, number: str) -> HttpResponse:
    """Note a contact, for who leads the case."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form = NoteForm(request.POST, scopes=presenters.scopes_of(request.user, case))
    if not form.is_valid():
        return _show(request, case, form)
    obstacles = attempt(
        request, lambda: operations.add_note(case, **form.cleaned_data, by=request.user)
    )
    if obstacles:
        return _show(request, case, form, obstacles)
    messages.success(request, "De notitie staat in de tijdlijn.")
    return redirect("cases:detail", number)


def _show(
    request: HttpRequest,
    case: presenters.Case,
    form: NoteForm | None = None,
    obstacles: list[Obstacle] | None = None,
) -> HttpResponse:
    dossier = presenters.Dossier(case, request.user, "cases:detail")
    scope = Scope.LEAD_CASE if dossier.leads else Scope.KNOW_CASE
    accesslog.look(request, "inzien", [case.number], scope=scope, **dossier.seen_as)
    offences = presenters.offences_of(dossier)
    context = {
        "dossier": dossier,
        "steps": course_of(case).steps,
        "timeline": presenters.timeline(
            dossier, request.GET.get("soort", ""), request.GET.get("pagina", "")
        ),
        "facts": facts_of(dossier),
        "scores": presenters.scores_of(case),
        "offences": offences,
        "held": doelgroepen.held_against(dossier, offences),
        "day_held": doelgroepen.day_of(case),
        "bsn": presenters.masked_bsn(dossier),
        "joined_to": presenters.joined_to(case),
        "form": form or (NoteForm(scopes=dossier.scopes) if dossier.leads else None),
        "obstacles": obstacles or [],
    }
    status = status_of(form, obstacles or []) if form else 200
    return render(request, "cases/detail.html", context, status=status)


@page_methods
@with_persons
@fresh_to_send
def access_page(request: HttpRequest, number: str) -> HttpResponse:
    """Who takes part, with which part, why and until when; and access by hand."""
    dossier = presenters.Dossier(access.get_case(request.user, number), request.user, HERE)
    if not dossier.may_open:
        raise Http404
    people = _possible_people(request.user, dossier.case)
    form = GrantForm(posted(request), people=people, scopes=dossier.scopes)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        if "voorproef" in request.POST:
            return _show_access(request, dossier, form, [], _try_grant(request, dossier.case, form))
        obstacles = attempt(request, lambda: _grant(request, dossier.case, form))
        if not obstacles:
            messages.success(
                request, f"De toegang van {form.cleaned_data['person']} is vastgelegd."
            )
            return redirect(HERE, number)
    return _show_access(request, dossier, form, obstacles)


def _show_access(
    request: HttpRequest,
    dossier: presenters.Dossier,
    form: GrantForm,
    obstacles: list[Obstacle],
    tried: Preview | None = None,
) -> HttpResponse:
    accesslog.look(request, "inzien", [dossier.number], scope=Scope.KNOW_CASE, ground="toegang")
    bars = access.who_is_barred(dossier.case)
    context = {
        "dossier": dossier,
        "grants": access.who_takes_part(dossier.case),
        "former": access.who_took_part(dossier.case),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER),
        "is_manager": request.user.has_role(Role.MANAGER),
        "may_break_glass": dossier.may_break_glass,
        "bars": bars,
        "barred": {line.user.personal_group_id for line in bars if line.lifted_at is None},
        "form": form if dossier.leads else None,
        "obstacles": obstacles,
        "by_hand": Basis.HAND,
        "preview": tried,
    }
    status = 200 if tried else status_of(form, obstacles)
    return render(request, "cases/access.html", context, status=status)


def _possible_people(giver: User, case: presenters.Case) -> QuerySet[User]:
    """Everybody who works with persons and may take part under this regime, except the giver."""
    people = User.objects.in_role(*PERSON_ROLES).under(case.regime).exclude(pk=giver.pk)
    return people.select_related("organisation").by_name()


def _try_grant(request: HttpRequest, case: presenters.Case, form: GrantForm) -> Preview:
    person = form.cleaned_data["person"]
    return preview(lambda: _grant(request, case, form), [person], case=case)


def _grant(request: HttpRequest, case: presenters.Case, form: GrantForm) -> None:
    data = form.cleaned_data
    operations.grant_by_hand(
        case,
        data["person"],
        scopes=data["scopes"],
        end_date=data["end_date"],
        reason=data["reason"],
        by=request.user,
    )


@page_methods
@with_persons
@fresh_factor
def access_withdraw(request: HttpRequest, number: str, group_id: int) -> HttpResponse:
    """Take back what was given by hand, after asking once more."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    grant = access.get_grant(case, group_id, Basis.HAND)
    if request.method == "POST":
        attempt(request, lambda: operations.withdraw_by_hand(case, grant.group, by=request.user))
        messages.success(request, f"De toegang van {grant.who} is ingetrokken.")
        return redirect("cases:access", number)
    tried = preview(
        lambda: operations.withdraw_by_hand(case, grant.group, by=request.user),
        [grant.group.person],
        case=case,
    )
    dossier = presenters.Dossier(case, request.user, "cases:access")
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE, ground="toegang")
    context = {"dossier": dossier, "grant": grant, "preview": tried}
    return render(request, "cases/access_withdraw.html", context)


@require_safe
@with_persons
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Answer “mag X dit zien, en waarom?”, for who leads the case."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    form = WhoMayForm(request.GET or None)
    answer = None
    if form.is_valid():
        asked = form.cleaned_data
        answer = explanation.ask(asked["person"], case.number, asked["scope"], asked["day"])
    about = [case.number, *([f"account {answer.user.username}"] if answer else [])]
    accesslog.look(request, "uitleg vragen", about, scope=Scope.LEAD_CASE)
    dossier = presenters.Dossier(case, request.user, HERE)
    context = {"dossier": dossier, "form": form, "answer": answer}
    status = 422 if form.is_bound and not answer else 200
    return render(request, "cases/explain.html", context, status=status)
