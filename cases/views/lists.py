"""The prioriteitenlijst: opened by the office, ranked by people, adopted by the manager."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cases import access, operations, rules
from cases.forms.lists import (
    FORMER,
    AdoptForm,
    CandidatesForm,
    ListForm,
    MoveForm,
    PlaceForm,
    TakeOffForm,
    next_code,
)
from cases.models import Case, Doelgroep, Prioriteitenlijst, Regime, Scope, name_key
from cases.presenters import assignment as caseload_presenters
from cases.presenters import lists as presenters
from cases.presenters.adoption import adoption, renewal
from cases.presenters.search import alike
from cases.states import CaseStatus, ListStatus
from partners.access import for_roles, office_or_manager, with_persons
from partners.models import PERSON_ROLES, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_to_send
from veiligheidshuis.werkafspraken import number

MOST_CANDIDATES = 200
REASON_MISSING = "reason_missing"


@require_safe
@with_persons
def lists(request: HttpRequest) -> HttpResponse:
    """The lists this person may see: all for the office, his own for a member."""
    shown = Prioriteitenlijst.objects.visible_to(request.user).newest_first()
    is_office = request.user.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
    context = {
        "lists": [(ranked, presenters.subtitle(ranked)) for ranked in shown],
        "is_office": is_office,
        "renewal": renewal() if is_office else None,
    }
    return render(request, "cases/lists.html", context)


@page_methods
@office_or_manager
@fresh_to_send
def list_new(request: HttpRequest) -> HttpResponse:
    """Open a list: its mark, its meeting, who weighs and where it starts."""
    taken = Prioriteitenlijst.objects.values_list("code", flat=True)
    code = next_code(timezone.localdate(), taken)
    initial = {"code": code, "start_from": FORMER, "regime": Regime.WGS}
    form = ListForm(posted(request), initial=initial, members=_possible_members())
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _open_list(request, form))
        if not obstacles:
            code = form.cleaned_data["code"]
            messages.success(request, f"Prioriteitenlijst {code} staat open voor het overleg.")
            return redirect("cases:list", code)
    context = {"form": form, "obstacles": obstacles}
    return render(request, "cases/list_new.html", context, status=status_of(form, obstacles))


def _open_list(request: HttpRequest, form: ListForm) -> Prioriteitenlijst:
    data = form.cleaned_data
    former = None
    if data["start_from"] == FORMER:
        adopted = Prioriteitenlijst.objects.filter(status=ListStatus.VASTGESTELD)
        former = adopted.filter(regime=data["regime"]).first()
    return operations.open_list(
        data["code"],
        meeting_on=data["meeting_on"],
        members=_possible_members().filter(pk__in=data["members"]),
        start_from=former,
        regime=data["regime"],
        by=request.user,
    )


def _possible_members() -> QuerySet[User]:
    """Everybody who works with persons, by organisation."""
    people = User.objects.in_role(*PERSON_ROLES).select_related("organisation")
    return people.order_by("organisation__name", "last_name", "first_name", "pk")


@require_safe
@with_persons
def ranked_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list in its order, fifty at a time; a place that is typed leads to its page."""
    ranked = access.get_list(request.user, code)
    if "plaats" in request.GET:
        return _jump(request, ranked)
    asked = presenters.Asked(
        doelgroep=_doelgroep(request),
        name=request.GET.get("q", ""),
        page=request.GET.get("pagina", ""),
    )
    page = presenters.list_page(ranked, request.user, asked)
    _log(request, page)
    context = {"ranked": ranked, "page": page, "asked": asked}
    context |= _faces(request.user, ranked)
    return render(request, "cases/list.html", context)


def _jump(request: HttpRequest, ranked: Prioriteitenlijst) -> HttpResponse:
    """To the page on which the typed place stands; to the first one when it is none."""
    place = PlaceForm(request.GET)
    if place.is_valid():
        return redirect(at_place(request, ranked, place.cleaned_data["plaats"]))
    messages.warning(request, place.errors["plaats"][0])
    return redirect("cases:list", ranked.code)


def _doelgroep(request: HttpRequest) -> str:
    asked = request.GET.get("doelgroep", "")
    return asked if asked in Doelgroep.values else ""


def at_place(request: HttpRequest, ranked: Prioriteitenlijst, place: int) -> str:
    """The address of a place on the list: the page on which it stands, and the row there."""
    page = presenters.page_with(ranked, request.user, place)
    return f"{reverse('cases:list', args=[ranked.code])}?pagina={page}#plaats-{place}"


def _faces(user: User, ranked: Prioriteitenlijst) -> dict[str, object]:
    """What stands round the list; office and manager find more there than a member."""
    is_manager = user.has_role(Role.MANAGER)
    return {
        "subtitle": presenters.subtitle(ranked),
        "big_move": number("big_move"),
        "is_office": is_manager or user.has_role(Role.BEDRIJFSBUREAU),
        "is_manager": is_manager,
        "caseloads": caseload_presenters.caseload_counts() if is_manager else [],
        "adoption": None if ranked.is_open else adoption(ranked),
    }


def _log(request: HttpRequest, page: presenters.ListPage) -> None:
    if page.numbers:
        accesslog.look(request, "inzien", page.numbers, scope="know_case")
    judged = [row.case.number for row in page.rows if row.offences]
    if judged:
        accesslog.look(request, "inzien", judged, scope="view_justice")


@page_methods
@office_or_manager
def list_add(request: HttpRequest, code: str) -> HttpResponse:
    """The office puts candidates on a list that is discussed."""
    ranked = access.get_list(request.user, code)
    query = request.GET.get("q", "")
    form = CandidatesForm(posted(request), candidates=_candidates(ranked, request.user, query))
    obstacles = rules.obstacles_to_changing_list(ranked)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.add_candidates(ranked, form.chosen, by=request.user)
        )
        if not obstacles:
            messages.success(request, _added_sentence(len(form.chosen)))
            return redirect("cases:list", code)
    return _show_candidates(request, ranked, form, query, obstacles)


def _show_candidates(
    request: HttpRequest,
    ranked: Prioriteitenlijst,
    form: CandidatesForm,
    query: str,
    obstacles: list[Obstacle],
) -> HttpResponse:
    if form.by_number:
        accesslog.look(request, "inzien", form.by_number, scope="know_case")
    context = {
        "ranked": ranked,
        "form": form,
        "candidates": form.by_number.values(),
        "chosen": form.data.getlist("candidates") if form.is_bound else [],
        "query": query,
        "is_cut_off": len(form.by_number) == MOST_CANDIDATES,
        "obstacles": obstacles,
    }
    status = status_when_sent(form, obstacles)
    return render(request, "cases/list_add.html", context, status=status)


def _candidates(ranked: Prioriteitenlijst, user: User, query: str) -> QuerySet[Case]:
    """Who can still be put on this list: of its regime the newly put forward and who is on the
    present list."""
    cases = Case.objects.visible_to(user).filter(
        Q(status=CaseStatus.AANGEMELD) | Q(priority__isnull=False), regime=ranked.regime
    )
    cases = cases.exclude(pk__in=ranked.plaatsen.values("case_id"))
    found = cases
    for word in name_key(query[:80]).split():
        found = found.filter(client__sort_name__contains=word)
    if query and not found.exists():  # nobody is called so: who is called almost so
        found = cases.filter(pk__in=alike(query))
    return found.with_people().order_by("client__sort_name", "pk")[:MOST_CANDIDATES]


def _added_sentence(number: int) -> str:
    if number == 1:
        return "1 kandidaat staat nu onderaan de lijst."
    return f"{number} kandidaten staan nu onderaan de lijst."


@page_methods
@with_persons
def list_move(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Move one candidate: at once when it is a small step, with a reason when it is a big one."""
    ranked = access.get_list(request.user, code)
    now = presenters.place_of(ranked, request.user, number)
    case = _listed_case(ranked, request.user, number)
    if request.method != "POST":
        asked = {"plaats": request.GET.get("plaats", now), "versie": ranked.version}
        fresh, fixed = (
            MoveForm(initial=asked, asks_reason=True),
            rules.obstacles_to_changing_list(ranked),
        )
        return _show_move(request, ranked, case, now, fresh, fixed)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show_move(request, ranked, case, now, form)
    return _move(request, ranked, case, now, form)


def _move(
    request: HttpRequest, ranked: Prioriteitenlijst, case: Case, now: int, form: MoveForm
) -> HttpResponse:
    to_place = form.to_place(now)
    reason, seen = form.cleaned_data["reden"], form.cleaned_data["versie"]

    def move() -> None:
        operations.move_candidate(
            ranked, case, to_place=to_place, reason=reason, seen=seen, by=request.user
        )

    obstacles = attempt(request, move)
    if not obstacles:
        return _moved(request, ranked, case, to_place)
    codes = [obstacle.code for obstacle in obstacles]
    if "reden" not in request.POST and codes == [REASON_MISSING]:
        return _ask_reason(ranked, case, to_place)
    if request.htmx:  # the list is loaded again and shows this; a page here would use it up
        messages.warning(request, obstacles[0].message)
        return HttpResponse(status=409)
    typed = {"plaats": to_place, "reden": reason, "versie": _version(ranked)}
    again = MoveForm(typed, asks_reason=REASON_MISSING in codes)
    return _show_move(request, ranked, case, now, again, obstacles)


def _ask_reason(ranked: Prioriteitenlijst, case: Case, to_place: int) -> HttpResponse:
    address = reverse("cases:list_move", args=[ranked.code, case.number])
    return redirect(f"{address}?{urlencode({'plaats': to_place})}")


def _moved(
    request: HttpRequest, ranked: Prioriteitenlijst, case: Case, to_place: int
) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"X-Versie": str(_version(ranked))})
    messages.success(request, f"{case.client} staat nu op plaats {to_place}.")
    return redirect(at_place(request, ranked, to_place))


def _version(ranked: Prioriteitenlijst) -> int:
    ranked.refresh_from_db(fields=["version"])
    return ranked.version


def _show_move(
    request: HttpRequest,
    ranked: Prioriteitenlijst,
    case: Case,
    now: int,
    form: MoveForm,
    obstacles: Sequence[Obstacle] = (),
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope="know_case")
    context = {
        "ranked": ranked,
        "case": case,
        "now": now,
        "form": form,
        "obstacles": obstacles,
        "big_move": number("big_move"),
    }
    status = status_when_sent(form, obstacles)
    return render(request, "cases/list_move.html", context, status=status)


@page_methods
@office_or_manager
def list_take_off(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Somebody need not be on this list any more: why, and then he is off it at once."""
    ranked = access.get_list(request.user, code)
    case = _listed_case(ranked, request.user, number)
    form = TakeOffForm(posted(request))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request,
            lambda: operations.take_off_list(ranked, case, **form.cleaned_data, by=request.user),
        )
        if not obstacles:
            messages.success(request, f"{case.client} staat niet meer op lijst {code}.")
            return redirect("cases:list", code)
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE)
    context = {"ranked": ranked, "case": case, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles)
    return render(request, "cases/list_take_off.html", context, status=status)


def _listed_case(ranked: Prioriteitenlijst, user: User, number: str) -> Case:
    """Somebody on this list whom this user may know; otherwise there is no such page."""
    places = ranked.plaatsen.visible_to(user).with_people()
    return get_object_or_404(places, case__in=Case.objects.numbered(number)).case


@page_methods
@for_roles(Role.MANAGER)
def list_adopt(request: HttpRequest, code: str) -> HttpResponse:
    """A pause before the manager adopts the list: its order, what it means, and who weighed."""
    ranked = access.get_list(request.user, code)
    form = AdoptForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        obstacles = rules.obstacles_to_adopt_list(ranked)
        return _show_adoption(request, ranked, obstacles, status=422 if form.is_bound else 200)
    seen = form.cleaned_data["versie"]
    obstacles = attempt(request, lambda: operations.adopt_list(ranked, by=request.user, seen=seen))
    if obstacles:
        return _show_adoption(request, ranked, obstacles, status=409)
    messages.success(request, f"Prioriteitenlijst {code} is vastgesteld.")
    return redirect("cases:list", code)


def _show_adoption(
    request: HttpRequest,
    ranked: Prioriteitenlijst,
    obstacles: Sequence[Obstacle],
    status: int = 200,
) -> HttpResponse:
    version = _version(ranked)  # before the order: who moved somebody in between is not overlooked
    asked = presenters.Asked(page=request.GET.get("pagina", ""))
    page = presenters.list_page(ranked, request.user, asked)
    _log(request, page)
    context = {
        "ranked": ranked,
        "form": AdoptForm(initial={"versie": version}),
        "obstacles": obstacles,
        "can_adopt": not rules.obstacles_to_adopt_list(ranked),
        "members": ranked.selectieleden.by_name(),
        "page": page,
    }
    return render(request, "cases/list_adopt.html", context, status=status)
