"""The pages of the joint agenda."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agenda import operations, presenters, rules
from agenda.documents import invitation
from agenda.forms import ItemForm, MinutesForm, PlanForm
from agenda.models import AgendaItem, Casusoverleg, Minutes
from agenda.states import OverlegStatus
from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from partners.access import for_roles
from partners.models import PERSON_ROLES, Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, renew, status_of

page_methods = require_http_methods(["GET", "HEAD", "POST"])
office_only = for_roles(Role.BEDRIJFSBUREAU)
with_persons = for_roles(*PERSON_ROLES)


@require_safe
@office_only
def today(request: HttpRequest) -> HttpResponse:
    """The home of the bedrijfsbureau."""
    context = presenters.today_page(request.user)
    numbers = [case.number for case in context["to_plan"]]
    numbers += [p.content_object.number for p in context["ending_access"]]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="vandaag")
    return render(request, "agenda/today.html", context)


@require_safe
@with_persons
def agenda(request: HttpRequest) -> HttpResponse:
    """The casusoverleggen of this reader, by week."""
    mine = Casusoverleg.objects.visible_to(request.user).select_related("note_taker")
    day = timezone.localdate()
    context = {
        "weeks": presenters.weeks(mine.coming(day)),
        "past": list(mine.filter(on__lt=day).order_by("-on", "pk")[:20]),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    return render(request, "agenda/agenda.html", context)


@page_methods
@office_only
def overleg_new(request: HttpRequest) -> HttpResponse:
    """Plan a casusoverleg."""
    note_takers = User.objects.in_role(Role.BEDRIJFSBUREAU).by_name()
    form = PlanForm(
        posted(request), note_takers=note_takers, initial={"note_taker": request.user.pk}
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(
            request, lambda: operations.plan_overleg(**form.cleaned_data, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Het overleg staat in de agenda. Zet er nu dossiers op.")
            return redirect("agenda:agenda")
    context = {"form": form, "obstacles": obstacles}
    return render(request, "agenda/overleg_new.html", context, status=status_of(form, obstacles))


def _overleg(request: HttpRequest, overleg_id: UUID) -> Casusoverleg:
    mine = Casusoverleg.objects.visible_to(request.user).select_related("note_taker")
    return get_object_or_404(mine, pk=overleg_id)


@require_safe
@with_persons
def overleg(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """One casusoverleg: when, where, and the points of this reader."""
    return _show(request, _overleg(request, overleg_id))


def _show(
    request: HttpRequest, found: Casusoverleg, obstacles: list[Obstacle] | None = None
) -> HttpResponse:
    shown = presenters.points(found)
    numbers = [point.item.case.number for point in shown if point.item]
    if numbers:
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="casusoverleg")
    context = {
        "overleg": found,
        "points": shown,
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
        "takes_notes": request.user == found.note_taker,
        "is_planned": found.status == OverlegStatus.GEPLAND,
        "is_held": found.status == OverlegStatus.GEHOUDEN,
        "obstacles": obstacles or [],
    }
    return render(request, "agenda/overleg.html", context, status=409 if obstacles else 200)


@page_methods
@office_only
def item_new(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Put a case on the agenda: first which, then the question and who comes."""
    found = _overleg(request, overleg_id)
    number = request.GET.get("dossier", request.POST.get("dossier", ""))
    if not number:
        return _choose_case(request, found)
    case = access.get_case(request.user, number[:14])
    form = ItemForm(posted(request), case=case, with_role=list(rules.people_with_a_role(case)))
    obstacles = rules.obstacles_to_agenda(found, case)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _put_on(found, form, request.user))
        if not obstacles:
            messages.success(request, "Het dossier staat op de agenda. De uitnodigingen gaan uit.")
            return redirect("agenda:overleg", overleg_id)
    return _item_page(request, found, form, obstacles)


def _put_on(found: Casusoverleg, form: ItemForm, by: User) -> None:
    question = form.cleaned_data["question"]
    operations.put_on_agenda(found, form.case, question=question, people=form.chosen, by=by)


def _item_page(
    request: HttpRequest, found: Casusoverleg, form: ItemForm, obstacles: list[Obstacle]
) -> HttpResponse:
    case = form.case
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="agenda")
    context = {"overleg": found, "case": case, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles) if form.is_bound else 200
    return render(request, "agenda/item_new.html", context, status=status)


def _choose_case(request: HttpRequest, found: Casusoverleg) -> HttpResponse:
    on_it = found.items.values("case_id")
    in_hand = Case.objects.visible_to(request.user).filter(status__in=presenters.IN_HAND)
    cases = list(in_hand.exclude(pk__in=on_it).with_people().by_name()[:200])
    if cases:
        numbers = [case.number for case in cases]
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="agenda")
    return render(request, "agenda/item_choose.html", {"overleg": found, "cases": cases})


@page_methods
@office_only
def overleg_hold(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Say that the meeting took place."""
    found = _overleg(request, overleg_id)
    if request.method != "POST":
        return redirect("agenda:overleg", overleg_id)
    obstacles = attempt(request, lambda: operations.hold(found, by=request.user))
    if obstacles:
        return _show(request, found, obstacles)
    messages.success(request, "Het overleg is gehouden. Maak nu de notulen af.")
    return redirect("agenda:overleg", overleg_id)


@page_methods
@with_persons
def minutes(request: HttpRequest, overleg_id: UUID, position: int) -> HttpResponse:
    """Write the minutes of one point; for the named note-taker."""
    item = _item(request, overleg_id, position)
    kept = Minutes.objects.filter(item=item).first()
    form = MinutesForm(posted(request), initial=_as_typed(kept))
    obstacles = rules.obstacles_to_writing(item.overleg)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: _write(item, form, request.user))
        if not obstacles:
            messages.success(request, f"De notulen van punt {position} zijn bewaard.")
            return redirect("agenda:overleg", overleg_id)
        renew(form, "version", kept.version if kept else 0)
    accesslog.look(request, "inzien", [item.case.number], scope=Scope.MINUTES)
    context = {"overleg": item.overleg, "item": item, "form": form, "obstacles": obstacles}
    context["kept"] = kept if any(each.code == "stale" for each in obstacles) else None
    status = status_of(form, obstacles) if form.is_bound else 200
    return render(request, "agenda/minutes.html", context, status=status)


def _item(request: HttpRequest, overleg_id: UUID, position: int) -> AgendaItem:
    """A point of which this reader writes the minutes; otherwise there is none."""
    items = AgendaItem.objects.select_related("case__client", "overleg")
    found = _overleg(request, overleg_id)
    item = get_object_or_404(items, overleg=found, position=position)
    # Scope `minutes` alone may come from another meeting about the same case.
    if request.user != found.note_taker or not access.may(request.user, Scope.MINUTES, item.case):
        raise Http404
    return item


def _write(item: AgendaItem, form: MinutesForm, by: User) -> None:
    data = dict(form.cleaned_data)
    operations.write_minutes(item, seen=data.pop("version"), by=by, **data)


def _as_typed(written: Minutes | None) -> dict[str, object]:
    if written is None:
        return {"version": 0}
    names = ("discussed", "decision", "tasks", "version")
    return {name: getattr(written, name) for name in names}


@page_methods
@with_persons
def minutes_adopt(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Adopt the minutes, after a pause that says what it means."""
    found = _overleg(request, overleg_id)
    if request.user != found.note_taker:
        raise Http404
    obstacles = rules.obstacles_to_adopt_minutes(found)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.adopt_minutes(found, by=request.user))
        if not obstacles:
            messages.success(request, "De notulen zijn vastgesteld.")
            return redirect("agenda:overleg", overleg_id)
    context = {"overleg": found, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/minutes_adopt.html", context, status=status)


@require_safe
@with_persons
def ics(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """The invitation for one's own calendar; holds no name and no number."""
    found = _overleg(request, overleg_id)
    accesslog.look(request, "exporteren", [str(found.pk)], ground="uitnodiging")
    headers = {"Content-Disposition": 'attachment; filename="casusoverleg.ics"'}
    return HttpResponse(invitation(found), "text/calendar; charset=utf-8", headers=headers)


@require_safe
@with_persons
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The casusoverleggen about one case, as far as this reader was there."""
    case = access.get_case(request.user, number)
    dossier = Dossier(case, request.user, "agenda:of_case")
    items = AgendaItem.objects.filter(case=case).select_related("overleg", "minutes")
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="overleggen")
    context = {"dossier": dossier, "items": items.order_by("-overleg__on", "pk")}
    return render(request, "agenda/of_case.html", context)
