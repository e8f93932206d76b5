"""Beside the tablet: the conversation about the plan, and a plan that was signed on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.offer import PaperForm, TalkForm
from maatwerkplan.models import Maatwerkplan
from maatwerkplan.presenters.offer import agreed_before
from maatwerkplan.presenters.plan import latest_plan
from maatwerkplan.views.offer import TAB, offered_plan
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.formats import long_date
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_factor


@page_methods
@with_persons
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """Plan the conversation about the plan, or another one when the client wants to think."""
    plan = latest_plan(access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None or (request.method != "POST" and plan.status not in rules.TALKED_OVER):
        return redirect("maatwerkplan:offer", number)
    form = TalkForm(posted(request), initial=agreed_before(plan))
    refused = []
    if form.is_valid():
        about = form.cleaned_data
        refused = attempt(request, lambda: operations.plan_talk(plan, by=request.user, **about))
        if not refused:
            day = long_date(about["on"])
            messages.success(request, f"Het gesprek over het plan is op {day}.")
            return redirect("maatwerkplan:offer", number)
    return _page(request, "maatwerkplan/talk.html", plan, form=form, obstacles=refused)


@page_methods
@with_persons
@fresh_factor
def paper_signed(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the plan was signed with a pen, on a print of what was offered."""
    plan = offered_plan(request, access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None:
        return redirect("maatwerkplan:offer", number)
    form, refused = PaperForm(posted(request), initial={"tekst": plan.text.sha256}), []
    if form.is_valid():
        given: dict[str, Any] = {"paper": form.paper, "shown_sha256": form.cleaned_data["tekst"]}
        refused = attempt(request, lambda: operations.sign_on_paper(plan, by=request.user, **given))
        if not refused:
            messages.success(request, "Het getekende plan is vastgelegd. De startklok loopt.")
            return redirect("maatwerkplan:start", number)
    signers = rules.signers_of(plan, request.user)
    more = {"form": form, "obstacles": refused, "signers": signers}
    return _page(request, "maatwerkplan/paper_signed.html", plan, **more)


def _page(request: HttpRequest, name: str, plan: Maatwerkplan, **more: Any) -> HttpResponse:
    accesslog.look(request, "inzien", [plan.case.number], scope=Scope.LEAD_CASE)
    context = {"dossier": Dossier(plan.case, request.user, TAB), "plan": plan, **more}
    return render(request, name, context, status=status_of(more["form"], more["obstacles"]))
