"""The pages of the joint agenda."""

from uuid import UUID

from django.contrib import messages
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateformat import time_format
from django.views.decorators.http import require_safe

from agenda import operations, presenters, rules
from agenda.documents import invitation
from agenda.forms import (
    ItemForm,
    MinutesForm,
    NoteTakerForm,
    PeopleForm,
    PlanForm,
    RescheduleForm,
)
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from agenda.states import CLOSED, OverlegStatus
from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from partners.access import office_only, with_persons
from partners.models import Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, renew, status_of, status_when_sent


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
    """The casusoverleggen of this reader, by week; for a corner of another page the first alone."""
    mine = Casusoverleg.objects.visible_to(request.user).select_related("note_taker")
    day = timezone.localdate()
    context = {
        "weeks": presenters.weeks(mine.coming(day)),
        "past": list(mine.filter(on__lt=day).order_by("-on", "pk")[:20]),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    template = "agenda/_soon.html" if request.htmx else "agenda/agenda.html"
    return render(request, template, context)


@page_methods
@office_only
def overleg_new(request: HttpRequest) -> HttpResponse:
    """Plan a casusoverleg."""
    form = PlanForm(
        posted(request),
        note_takers=rules.possible_note_takers(),
        initial={"note_taker": request.user.pk},
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        made: list[Casusoverleg] = []
        about = form.cleaned_data
        obstacles = attempt(
            request, lambda: made.append(operations.plan_overleg(**about, by=request.user))
        )
        if not obstacles:
            messages.success(request, "Het overleg staat in de agenda. Zet er nu dossiers op.")
            return redirect("agenda:overleg", made[0].pk) if made else redirect("agenda:agenda")
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
        "can_hold": not rules.obstacles_to_hold(found),
        "is_held": found.status == OverlegStatus.GEHOUDEN,
        "is_closed": found.status in CLOSED,
        "is_called_off": found.status == OverlegStatus.AFGEZEGD,
        "obstacles": obstacles or [],
    }
    return render(request, "agenda/overleg.html", context, status=409 if obstacles else 200)


@page_methods
@office_only
def item_new(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Put a case on the agenda: first which, then the question and who comes."""
    found = _overleg(request, overleg_id)
    number = request.GET.get("dossier", request.POST.get("dossier", ""))
    if not slug_re.fullmatch(number):  # nothing chosen, or not something that a number can be
        return _choose_case(request, found)
    case = access.get_case(request.user, number)
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
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/item_new.html", context, status=status)


def _choose_case(request: HttpRequest, found: Casusoverleg) -> HttpResponse:
    fixed = rules.obstacles_to_changing_who_comes(found)
    on_it = found.items.values("case_id")
    in_hand = Case.objects.visible_to(request.user).filter(status__in=presenters.IN_HAND)
    cases = [] if fixed else list(in_hand.exclude(pk__in=on_it).with_people().by_name()[:200])
    if cases:
        numbers = [case.number for case in cases]
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="agenda")
    context = {"overleg": found, "cases": cases, "obstacles": fixed}
    return render(request, "agenda/item_choose.html", context)


@page_methods
@office_only
def item_people(request: HttpRequest, overleg_id: UUID, position: int) -> HttpResponse:
    """Who comes to a point: ask more people, or find the way to withdraw."""
    item = _point(request, overleg_id, position)
    coming = list(item.invitations.select_related("user__organisation").order_by("user__last_name"))
    asked = {invitation.user_id for invitation in coming}
    with_role = list(rules.people_with_a_role(item.case))
    others = [each for each in with_role if each.pk not in asked]
    # A form that is sent twice names people who meanwhile were asked: that is no mistake.
    choices = with_role if request.method == "POST" else others
    form = PeopleForm(posted(request), case=item.case, with_role=choices)
    obstacles = rules.obstacles_to_changing_who_comes(item.overleg)
    if request.method == "POST" and form.is_valid():
        obstacles = attempt(request, lambda: operations.invite(item, form.chosen, by=request.user))
        if not obstacles:
            messages.success(request, "De uitnodigingen gaan uit.")
            return redirect("agenda:item_people", overleg_id, position)
    context = {"item": item, "coming": coming, "others": others}
    return _show_people(request, context, form, obstacles)


def _point(request: HttpRequest, overleg_id: UUID, position: int) -> AgendaItem:
    """A point that this reader may see; otherwise there is none."""
    items = AgendaItem.objects.select_related("case__client", "overleg")
    return get_object_or_404(items, overleg=_overleg(request, overleg_id), position=position)


def _show_people(
    request: HttpRequest,
    context: dict[str, object],
    form: PeopleForm,
    obstacles: list[Obstacle],
) -> HttpResponse:
    accesslog.look(request, "inzien", [form.case.number], scope=Scope.KNOW_CASE, ground="agenda")
    context |= {"form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/item_people.html", context, status=status)


@page_methods
@office_only
def invitation_withdraw(
    request: HttpRequest, overleg_id: UUID, invitation_id: UUID
) -> HttpResponse:
    """Somebody need not come after all, after asking once more."""
    asked = Invitation.objects.select_related("item__case__client", "user__organisation")
    found = get_object_or_404(asked, overleg=_overleg(request, overleg_id), pk=invitation_id)
    obstacles = rules.obstacles_to_changing_who_comes(found.overleg)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.withdraw_invitation(found, by=request.user))
        if not obstacles:
            messages.success(request, f"{found.user} hoeft niet te komen.")
            return redirect("agenda:item_people", overleg_id, found.item.position)
    case = found.item.case
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="agenda")
    context = {"invitation": found, "item": found.item, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/invitation_withdraw.html", context, status=status)


@page_methods
@office_only
def note_taker(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Let somebody else take the notes."""
    found = _overleg(request, overleg_id)
    others = rules.possible_note_takers().exclude(pk=found.note_taker_id)
    form = NoteTakerForm(posted(request), note_takers=others)
    obstacles = rules.obstacles_to_writing(found)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["note_taker"]
        obstacles = attempt(request, lambda: operations.hand_over_notes(found, to, by=request.user))
        if not obstacles:
            messages.success(request, f"{to} notuleert dit overleg.")
            return redirect("agenda:overleg", overleg_id)
    context = {"overleg": found, "form": form, "others": others, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/note_taker.html", context, status=status)


@page_methods
@office_only
def overleg_move(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Move the meeting to another moment or room."""
    found = _overleg(request, overleg_id)
    form = RescheduleForm(posted(request), initial=_moment(found))
    obstacles = rules.obstacles_to_call_off(found)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("version")
        obstacles = attempt(
            request, lambda: operations.reschedule(found, **data, seen=seen, by=request.user)
        )
        if not obstacles:
            messages.success(request, "Het overleg is verzet. Wie komt, krijgt een mail.")
            return redirect("agenda:overleg", overleg_id)
        found.refresh_from_db()
        renew(form, "version", found.version)
    context = {"overleg": found, "form": form, "obstacles": obstacles}
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/overleg_move.html", context, status=status)


def _moment(found: Casusoverleg) -> dict[str, object]:
    """When and where it is now, as somebody would type it."""
    return {
        "on": found.on,
        "starts": time_format(found.starts, "G.i"),
        "ends": time_format(found.ends, "G.i"),
        "place": found.place,
        "version": found.version,
    }


@page_methods
@office_only
def overleg_call_off(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Call the meeting off, after a pause that says what it means."""
    found = _overleg(request, overleg_id)
    obstacles = rules.obstacles_to_call_off(found)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.call_off(found, by=request.user))
        if not obstacles:
            messages.success(request, "Het overleg is afgezegd. Wie zou komen, krijgt een mail.")
            return redirect("agenda:agenda")
    context = {"overleg": found, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/overleg_call_off.html", context, status=status)


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
    status = status_when_sent(form, obstacles)
    return render(request, "agenda/minutes.html", context, status=status)


def _item(request: HttpRequest, overleg_id: UUID, position: int) -> AgendaItem:
    """A point of which this reader writes the minutes; otherwise there is none."""
    item = _point(request, overleg_id, position)
    # Scope `minutes` alone may come from another meeting about the same case.
    if request.user.pk != item.overleg.note_taker_id or not access.may(
        request.user, Scope.MINUTES, item.case
    ):
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
