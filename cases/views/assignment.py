"""The manager gives every listed client to one interventiemanager, and sees who has whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases import access, operations, rules
from cases.forms.assignment import AssignForm, HandOverAllForm
from cases.models import Case, Prioriteitenlijst, known
from cases.presenters import assignment as presenters
from cases.presenters.adoption import renewal
from cases.presenters.lists import subtitle
from cases.presenters.overview import bottlenecks
from cases.presenters.preview import Preview, preview
from cases.presenters.throughput import ages, throughput
from cases.states import CaseStatus
from partners.access import for_roles, office_or_manager
from partners.models import Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send

manager_only = for_roles(Role.MANAGER)


@require_safe
@manager_only
def caseload(request: HttpRequest) -> HttpResponse:
    """Who still waits for an interventiemanager, and who has whom in hand."""
    shown = presenters.caseload_page(request.user, request.GET.get("pagina", ""))
    if shown.numbers:
        accesslog.look(request, "inzien", shown.numbers, scope="know_case")
    context = {
        "waiting": shown.waiting,
        "waiting_total": shown.waiting_total,
        "caseloads": shown.loads,
        "shown": shown,
        "capacity": presenters.capacity(shown.clients, shown.loads),
    }
    return render(request, "cases/caseload.html", context)


@page_methods
@manager_only
@fresh_to_send
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Choose one interventiemanager, with everybody's caseload in view. REG-01."""
    case = access.get_case(request.user, number)
    loads = presenters.caseload_counts()
    form = AssignForm(posted(request), managers=[load.manager for load in loads])
    obstacles = rules.obstacles_to_being_assigned(case)
    tried = None
    if form.is_valid():
        chosen, obstacles = form.chosen, []
        if "voorproef" in request.POST:
            tried = _try_to_assign(request, case, chosen)
        else:
            obstacles = attempt(request, lambda: operations.assign(case, chosen, by=request.user))
        if not obstacles and not tried:
            messages.success(request, f"{case.client} is toegewezen aan {chosen}.")
            return redirect("cases:caseload")
    accesslog.look(request, "inzien", [case.number], scope="know_case")
    context = {"case": case, "caseloads": loads, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles) if form.is_bound and not tried else 200
    return render(request, "cases/assign.html", context | {"preview": tried}, status=status)


def _try_to_assign(request: HttpRequest, case: Case, chosen: User) -> Preview:
    """Who would gain and who would lose by it: the chosen one, and everybody who takes part now."""
    about = {person.pk: person for person in (chosen, *access.people_in(case))}
    return preview(
        lambda: operations.assign(case, chosen, by=request.user), about.values(), case=case
    )


@page_methods
@office_or_manager
@fresh_to_send
def hand_over_all(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody leaves: each of his clients gets a new interventiemanager. The manager chooses."""
    leaver = presenters.colleague(user_id)
    cases = presenters.led_by(request.user, leaver)
    is_manager = request.user.has_role(Role.MANAGER)
    managers = presenters.interventiemanagers(but=leaver)
    form = HandOverAllForm(posted(request), cases=cases, managers=managers)
    obstacles: list[Obstacle] = []
    tried = None
    if request.method == "POST" and is_manager and form.is_valid():
        if "voorproef" in request.POST:
            tried = _try_to_hand_over(form, leaver, request.user)
        else:
            obstacles = attempt(request, lambda: _hand_over(form, request.user))
        if not obstacles and not tried:
            messages.success(request, f"De cliënten van {leaver} zijn overgedragen.")
            return redirect("cases:caseload")
    if cases:
        accesslog.look(request, "inzien", [case.number for case in cases], scope="know_case")
    context = {"leaver": leaver, "form": form, "obstacles": obstacles, "is_manager": is_manager}
    status = 200 if tried else status_of(form, obstacles)
    return render(request, "cases/hand_over_all.html", context | {"preview": tried}, status=status)


def _try_to_hand_over(form: HandOverAllForm, leaver: User, by: User) -> Preview:
    """What who leaves would lose, and what each of those who take over would gain."""
    about = {person.pk: person for person in (leaver, *(to for _, to in form.chosen))}
    return preview(lambda: _hand_over(form, by), about.values())


def _hand_over(form: HandOverAllForm, by: User) -> None:
    operations.hand_over_all(form.chosen, note=form.cleaned_data["note"], by=by)


@require_safe
@manager_only
def overview(request: HttpRequest) -> HttpResponse:
    """The manager's first page: flow and bottlenecks, in numbers without names."""
    lists = Prioriteitenlijst.objects.visible_to(request.user).in_discussion()
    tally = known.tally()
    by_status, loads = presenters.by_status(tally), presenters.caseload_counts(tally)
    context = {
        "adrift": presenters.adrift(tally, loads),
        "unassigned": by_status[CaseStatus.GEPRIORITEERD],
        "caseloads": loads,
        "capacity": presenters.capacity(presenters.in_need(tally), loads),
        "renewal": renewal(),
        "throughput": throughput(request.user),
        "phases": presenters.phases(by_status, ages()),
        "bottlenecks": bottlenecks(request.user),
        "in_discussion": [(ranked, subtitle(ranked)) for ranked in lists],
    }
    return render(request, "cases/overview.html", context)
