"""The points of a casusoverleg: which dossiers, and who comes to each."""

from uuid import UUID

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from agenda import access as seats
from agenda import operations, presenters, rules
from agenda.forms import (
    ItemForm,
    PeopleForm,
)
from agenda.models import AgendaItem, Casusoverleg, Invitation
from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from partners.access import office_only, with_persons
from partners.models import User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_only
@fresh_to_send
def item_new(request: HttpRequest, overleg_id: UUID) -> HttpResponse:
    """Put a case on the agenda: first which, then the question and who comes."""
    found = seats.get_overleg(request.user, overleg_id)
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
    fixed = rules.obstacles_to_filling(found)
    query = request.GET.get("q", "")
    choice = None if fixed else presenters.to_choose(found, request.user, query)
    if choice and choice.cases:
        numbers = [case.number for case in choice.cases]
        accesslog.look(request, "inzien", numbers, scope=Scope.KNOW_CASE, ground="agenda")
    context = {"overleg": found, "choice": choice, "obstacles": fixed}
    return render(request, "agenda/item_choose.html", context)


@page_methods
@office_only
@fresh_to_send
def item_people(request: HttpRequest, overleg_id: UUID, position: int) -> HttpResponse:
    """Who comes to a point: ask more people, or find the way to withdraw."""
    item = seats.get_point(request.user, overleg_id, position)
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
    gone = asked - {each.pk for each in with_role}
    context = {"item": item, "coming": coming, "gone": gone, "others": others}
    return _show_people(request, context, form, obstacles)


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
@fresh_to_send
def item_take_off(request: HttpRequest, overleg_id: UUID, position: int) -> HttpResponse:
    """A case leaves the agenda before the meeting, after asking once more."""
    item = seats.get_point(request.user, overleg_id, position)
    obstacles = rules.obstacles_to_take_off(item)
    if request.method == "POST":
        obstacles = attempt(request, lambda: operations.take_off_agenda(item, by=request.user))
        if not obstacles:
            text = "Het dossier is van de agenda. Wie was uitgenodigd krijgt een mail."
            messages.success(request, text)
            return redirect("agenda:overleg", overleg_id)
    number = item.case.number
    accesslog.look(request, "inzien", [number], scope=Scope.KNOW_CASE, ground="agenda")
    context = {"item": item, "obstacles": obstacles}
    status = 409 if request.method == "POST" else 200
    return render(request, "agenda/item_take_off.html", context, status=status)


@page_methods
@office_only
@fresh_to_send
def invitation_withdraw(
    request: HttpRequest, overleg_id: UUID, invitation_id: UUID
) -> HttpResponse:
    """Somebody need not come after all, after asking once more."""
    asked = Invitation.objects.select_related("item__case__client", "user__organisation")
    found = get_object_or_404(
        asked, overleg=seats.get_overleg(request.user, overleg_id), pk=invitation_id
    )
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


@require_safe
@with_persons
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The casusoverleggen about one case, as far as this reader was there."""
    case = access.get_case(request.user, number)
    dossier = Dossier(case, request.user, "agenda:of_case")
    items = AgendaItem.objects.filter(case=case).select_related("overleg", "minutes")
    accesslog.look(request, "inzien", [case.number], scope=Scope.KNOW_CASE, ground="overleggen")
    context = {"dossier": dossier, "items": items.order_by("-overleg__on", "pk")}
    context["seen_by"] = presenters.seers_of_a_point(dossier.seen_by)
    return render(request, "agenda/of_case.html", context)
