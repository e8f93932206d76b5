"""Core participants weigh a report; and the weekly screening of domestic violence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases import access, operations, rules
from cases.forms.weighing import AskWeighingForm, DeclineForm, ScreeningForm, WeighForm
from cases.models import Basis, Case, Scope, Weging
from cases.presenters import report as presenters
from partners.access import office_or_manager, with_persons
from partners.models import PERSON_ROLES, Organisation, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_or_manager
@fresh_to_send
def ask_weighing(request: HttpRequest, number: str) -> HttpResponse:
    """Ask people of core participants to weigh a report."""
    case = access.get_case(request.user, number)
    asked = access.people_in(case, Basis.WEGING)
    form = AskWeighingForm(posted(request), people=_core_people(case, request.user, asked))
    obstacles = rules.obstacles_to_being_weighed(case)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.ask_weighing(case, form.chosen, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Wie je koos, kan de aanmelding nu wegen.")
            return redirect("cases:ask_weighing", number)
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE)
    weging = Weging.objects.filter(case=case).first()
    context = {"case": case, "asked": asked, "weging": weging, "form": form, "obstacles": obstacles}
    context |= _way_back(request.user)
    status = status_when_sent(form, obstacles)
    return render(request, "cases/ask_weighing.html", context, status=status)


def _way_back(user: User) -> dict[str, str]:
    """Where whoever keeps the weighings comes from: the manager has no page of candidates."""
    if user.has_role(Role.BEDRIJFSBUREAU):
        return {"from_page": "Kandidaten", "back": reverse("cases:candidates")}
    return {"from_page": "Prioriteitenlijst", "back": reverse("cases:lists")}


def _core_people(case: Case, user: User, asked: list[User]) -> list[User]:
    """Who can weigh under its regime and was not asked yet, by organisation; not oneself."""
    people = User.objects.in_role(*PERSON_ROLES).exclude(pk__in=[user.pk, *(a.pk for a in asked)])
    of_core = people.under(case.regime).filter(organisation__in=Organisation.objects.core())
    return list(of_core.select_related("organisation").order_by("organisation__name", "last_name"))


@require_safe
@with_persons
def weighings(request: HttpRequest) -> HttpResponse:
    """What this person is asked to weigh."""
    waiting = presenters.weighings(request.user)
    if waiting:
        numbers = [weging.case.number for weging in waiting]
        accesslog.look(request, "inzien", numbers, scope=Scope.VIEW_REPORT)
    return render(request, "cases/weighings.html", {"weighings": waiting})


def get_weging(request: HttpRequest, number: str) -> Weging:
    """The weighing in which this person takes part. Otherwise there is none: one question, whether
    the report exists or not."""
    mine = Case.objects.visible_to(request.user, Scope.VIEW_REPORT).numbered(number)
    found = Weging.objects.open().filter(case__in=mine)
    weging = found.select_related("case__client", "case__source").first()
    if weging is None or not request.user.organisation.is_core:
        raise Http404
    return weging


@page_methods
@with_persons
def weigh(request: HttpRequest, number: str) -> HttpResponse:
    """What was reported, and what one finds of each criterion."""
    weging = get_weging(request, number)
    form = WeighForm(posted(request), initial=presenters.typed_before(weging, request.user))
    obstacles = []
    if request.method == "POST" and form.is_valid():
        verdicts = form.verdicts
        obstacles = attempt(request, lambda: operations.weigh(weging, verdicts, by=request.user))
        if not obstacles:
            messages.success(request, "Uw oordeel is vastgelegd.")
            return redirect("cases:weigh", number)
    return _show(request, weging, form, obstacles, status_of(form, obstacles))


def _show(
    request: HttpRequest, weging: Weging, form: WeighForm, obstacles: list[Obstacle], status: int
) -> HttpResponse:
    case = weging.case
    accesslog.look(request, "inzien", [case.number], scope=Scope.VIEW_REPORT)
    context = {
        "case": case,
        "weging": weging,
        "form": form,
        "obstacles": obstacles,
        "report": presenters.report_of(case),
        "judged": presenters.judgements(weging),
        "unheard": weging.count_unheard(),
        "against_admitting": rules.obstacles_to_admit(weging),
        "against_declining": rules.obstacles_to_decline(weging),
    }
    return render(request, "cases/weigh.html", context, status=status)


@require_POST
@with_persons
def admit(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that the core participants admit somebody."""
    weging = get_weging(request, number)
    obstacles = attempt(request, lambda: operations.admit(weging, by=request.user))
    if obstacles:
        form = WeighForm(initial=presenters.typed_before(weging, request.user))
        return _show(request, weging, form, obstacles, 409)
    messages.success(request, "De persoon is toegelaten. Wie hem aandroeg, krijgt bericht.")
    return redirect("cases:weighings")


@page_methods
@with_persons
def decline(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that somebody is not for this house, with advice to whoever reported him."""
    weging = get_weging(request, number)
    form = DeclineForm(posted(request))
    obstacles = rules.obstacles_to_decline(weging)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        obstacles = attempt(request, lambda: operations.decline(weging, **said, by=request.user))
        if not obstacles:
            messages.success(request, "Vastgelegd. Wie de persoon aandroeg, krijgt bericht.")
            return redirect("cases:weighings")
    accesslog.look(request, "inzien", [number], scope=Scope.VIEW_REPORT)
    context = {"case": weging.case, "form": form, "obstacles": obstacles}
    return render(request, "cases/decline.html", context, status=status_when_sent(form, obstacles))


@require_safe
@office_or_manager
def screenings(request: HttpRequest) -> HttpResponse:
    """Every report of domestic violence that was not screened yet."""
    return _screenings(request)


def _screenings(
    request: HttpRequest, obstacles: list[Obstacle] | None = None, status: int = 200
) -> HttpResponse:
    waiting = presenters.unscreened(request.user)
    if waiting:
        numbers = [each.case.number for each in waiting]
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE)
    context = {"waiting": waiting, "form": ScreeningForm(), "obstacles": obstacles}
    context |= _way_back(request.user)
    return render(request, "cases/screenings.html", context, status=status)


@require_POST
@office_or_manager
def screen(request: HttpRequest, number: str) -> HttpResponse:
    """What the screening made of one report."""
    case = access.get_case(request.user, number)
    form = ScreeningForm(request.POST)
    if not form.is_valid():
        missing = Obstacle("no_outcome", f"Kies bij {number} een uitkomst.")
        return _screenings(request, [missing], 422)
    outcome = form.cleaned_data["outcome"]
    obstacles = attempt(request, lambda: operations.screen(case, outcome, by=request.user))
    if obstacles:
        return _screenings(request, obstacles, 409)
    messages.success(request, f"De uitkomst van {number} is vastgelegd.")
    return redirect("cases:screenings")
