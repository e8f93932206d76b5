"""A client goes to the next interventiemanager, with everything that runs. REG-01."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations, rules
from cases.forms.assignment import HandOverForm
from cases.models import Case, Scope
from cases.presenters.assignment import caseload_counts
from cases.presenters.dossier import Dossier
from cases.presenters.preview import Preview, preview
from maatwerkplan.presenters.hand_over import running_work
from partners.access import office_or_manager
from partners.models import Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_or_manager
@fresh_to_send
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """One screen: what runs, who takes over, and what he must know. The manager chooses."""
    case = access.get_case(request.user, number)
    loads = [load for load in caseload_counts() if load.manager != case.manager]
    form = HandOverForm(posted(request), managers=[load.manager for load in loads])
    is_manager = request.user.has_role(Role.MANAGER)
    obstacles, tried = rules.obstacles_to_letting_go(case), None
    if request.method == "POST" and is_manager and form.is_valid():
        if "voorproef" in request.POST:
            tried, obstacles = _try(case, form, request.user), []
        else:
            obstacles = attempt(request, lambda: _hand_over(case, form, request.user))
        if not obstacles and not tried:
            messages.success(request, f"{case.client} is overgedragen aan {form.chosen}.")
            return redirect("cases:access", number)
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE, ground="overdracht")
    context = {
        "dossier": Dossier(case, request.user, "cases:access"),
        "work": running_work(case),
        "is_manager": is_manager,
        "caseloads": loads if is_manager else [],
        "form": form,
        "obstacles": obstacles,
        "preview": tried,
    }
    status = status_of(form, obstacles) if form.is_bound and not tried else 200
    return render(request, "maatwerkplan/hand_over.html", context, status=status)


def _try(case: Case, form: HandOverForm, by: User) -> Preview:
    """Who would gain and who would lose by it: the chosen one, and everybody who takes part now."""
    about = {person.pk: person for person in (form.chosen, *access.people_in(case))}
    return preview(lambda: _hand_over(case, form, by), about.values(), case=case)


def _hand_over(case: Case, form: HandOverForm, by: User) -> None:
    operations.hand_over(case, form.chosen, note=form.cleaned_data["note"], by=by)
