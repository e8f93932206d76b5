"""Keeping somebody out of a case: pages of the office, that nobody else finds."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access, operations
from cases.forms.dossier import BarForm, LiftBarForm
from cases.models import Bar, Case, Scope
from cases.presenters.dossier import Dossier
from cases.presenters.preview import preview
from partners.access import office_or_manager
from partners.models import PERSON_ROLES, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_factor

BACK = "cases:access"
LIFT = "cases/bar_lift.html"


@page_methods
@office_or_manager
@fresh_factor
def bar(request: HttpRequest, number: str) -> HttpResponse:
    """Bar somebody from a case, with the reason."""
    case = access.get_case(request.user, number)
    form = BarForm(posted(request), people=_not_barred(case))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        person, reason = form.cleaned_data["person"], form.cleaned_data["reason"]

        def deed() -> None:
            operations.bar(case, person, reason=reason, by=request.user)

        if "voorproef" in request.POST:
            tried = preview(deed, [person], case=case)
            return _show(request, "cases/bar.html", case, form, [], preview=tried)
        obstacles = attempt(request, deed)
        if not obstacles:
            messages.success(request, f"{person} is uitgesloten van {number}.")
            # Who barred himself does not find the case any more.
            return redirect("home") if person == request.user else redirect(BACK, number)
    return _show(request, "cases/bar.html", case, form, obstacles)


def _not_barred(case: Case) -> QuerySet[User]:
    barred = Bar.objects.current().filter(case=case).values("user_id")
    people = User.objects.in_role(*PERSON_ROLES).exclude(pk__in=barred)
    return people.select_related("organisation").by_name()


@page_methods
@office_or_manager
@fresh_factor
def bar_lift(request: HttpRequest, number: str, user_id: int) -> HttpResponse:
    """Lift a bar, with the reason; the line stays."""
    case = access.get_case(request.user, number)
    line = access.get_bar(case, user_id)
    form = LiftBarForm(posted(request))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def deed() -> None:
            operations.lift_bar(case, line.user, reason=reason, by=request.user)

        if "voorproef" in request.POST:
            tried = preview(deed, [line.user], case=case)
            return _show(request, LIFT, case, form, [], line=line, preview=tried)
        obstacles = attempt(request, deed)
        if not obstacles:
            messages.success(request, f"De uitsluiting van {line.user} is opgeheven.")
            return redirect(BACK, number)
    return _show(request, LIFT, case, form, obstacles, line=line)


def _show(
    request: HttpRequest,
    template: str,
    case: Case,
    form: BarForm | LiftBarForm,
    obstacles: list[Obstacle],
    **more: object,
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="uitsluiting")
    dossier = Dossier(case, request.user, BACK)
    context = {"dossier": dossier, "form": form, "obstacles": obstacles, **more}
    status = 200 if "preview" in more else status_of(form, obstacles)
    return render(request, template, context, status=status)
