"""The offer: preview, signing, taking it back, and the plan on paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.offer import SignForm, WithdrawForm
from maatwerkplan.models import Maatwerkplan, OfferTalk, PlanDocument, PlanText
from maatwerkplan.presenters.offer import fingerprint, not_now, shown, taken_on
from maatwerkplan.presenters.plan import latest_plan, plan_in_force
from maatwerkplan.presenters.pressure import track_of
from maatwerkplan.presenters.ways import led
from maatwerkplan.states import PlanStatus
from partners.access import with_persons
from veiligheidshuis import accesslog, tablet
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of, status_when_sent
from veiligheidshuis.stepup import fresh_factor, fresh_to_take_along

TAB = "maatwerkplan:plan"


def text_of(plan: Maatwerkplan) -> PlanText:
    """What the client was shown; of a plan in the making, what he would be shown today."""
    if plan.status != PlanStatus.CONCEPT:
        return plan.text
    wording = operations.wording(plan, rules.actions_of(plan), offered_on=timezone.localdate())
    return PlanText.of(plan, wording)


def offered_plan(request: HttpRequest, case: Case) -> Maatwerkplan | None:
    """The plan that lies before the client; a form that is sent twice still finds it."""
    plan = latest_plan(case)
    if plan is None or plan.status == PlanStatus.CONCEPT:
        return None
    return plan if request.method == "POST" or plan.status == PlanStatus.AANGEBODEN else None


@page_methods
@with_persons
def offer(request: HttpRequest, number: str) -> HttpResponse:
    """The plan exactly as the client will read it, what still stands in the way, and the offer."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    plan = latest_plan(case)
    if plan is None:
        return redirect("maatwerkplan:plan", number)
    if request.method != "POST":
        return _offer_page(request, plan)
    sha256 = request.POST.get("voorbeeld", "")
    refused = attempt(request, lambda: operations.offer(plan, by=request.user, shown_sha256=sha256))
    if refused:
        return _offer_page(request, plan, refused)
    messages.success(request, "Het plan is aangeboden. Vanaf nu ligt het vast.")
    return redirect("maatwerkplan:offer", number)


def _offer_page(
    request: HttpRequest, plan: Maatwerkplan, refused: list[Obstacle] | None = None
) -> HttpResponse:
    text, still = text_of(plan), _still_to_do(plan)
    context = {
        "dossier": Dossier(plan.case, request.user, TAB),
        "plan": plan,
        "text": shown(text.content),
        "sha256": text.sha256,
        "fingerprint": fingerprint(text.sha256),
        "obstacles": led(refused or still, plan.case.number),
        "talk": OfferTalk.objects.latest_of(plan),
        "track": track_of(plan),
        "may_go_on": not still,
    }
    accesslog.look(request, "inzien", [plan.case.number], scope=Scope.LEAD_CASE)
    return render(request, "maatwerkplan/offer.html", context, status=409 if refused else 200)


def _still_to_do(plan: Maatwerkplan) -> list[Obstacle]:
    """What stands in the way of the step that comes now."""
    if plan.status == PlanStatus.CONCEPT:
        return rules.obstacles_to_offer(plan)
    return rules.obstacles_to_sign(plan) if plan.status == PlanStatus.AANGEBODEN else []


@page_methods
@with_persons
@fresh_factor
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The client reads, chooses and signs on the tablet; the interventiemanager signs too."""
    plan = offered_plan(request, access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None:
        held = tablet.shows(request)
        return redirect("tablet_thanks") if held else redirect("maatwerkplan:offer", number)
    form = SignForm(posted(request), signers=rules.signers_of(plan, request.user))
    if not form.is_valid():
        missing = [] if form.is_bound else rules.obstacles_to_sign(plan)
        return _sign_page(request, plan, form, missing)
    if not form.takes_part:
        return tablet.thank(request, **not_now(number, thinks=form.thinks))
    refused = attempt(request, lambda: operations.sign(plan, by=request.user, **form.signatures))
    if refused:
        return _sign_page(request, plan, form, refused)
    messages.success(request, "Het plan is getekend. De startklok loopt.")
    return tablet.thank(request, **taken_on(number))


def _sign_page(
    request: HttpRequest, plan: Maatwerkplan, form: SignForm, obstacles: list[Obstacle]
) -> HttpResponse:
    context = {
        "plan": shown(plan.text.content),
        "sha256": plan.text.sha256,
        "form": form,
        "obstacles": obstacles,
    }
    accesslog.look(request, "inzien", [plan.case.number], scope=Scope.LEAD_CASE)
    tablet.hand_over(request, on=reverse("maatwerkplan:offer", args=[plan.case.number]))
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/sign.html", context, status=status)


@page_methods
@with_persons
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take back the offer that lies before the client, and say why."""
    plan = offered_plan(request, access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None:
        return redirect("maatwerkplan:offer", number)
    form = WithdrawForm(posted(request))
    refused: list[Obstacle] = []
    if form.is_valid():
        why = form.cleaned_data["reason"]
        refused = attempt(request, lambda: operations.withdraw(plan, by=request.user, reason=why))
        if not refused:
            messages.success(request, "Het aanbod is ingetrokken.")
            return redirect("maatwerkplan:plan", number)
    dossier = Dossier(plan.case, request.user, TAB)
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE)
    context = {"dossier": dossier, "plan": plan, "form": form, "obstacles": refused}
    status = status_of(form, refused)
    return render(request, "maatwerkplan/withdraw.html", context, status=status)


@page_methods
@with_persons
@fresh_to_take_along
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The signed plan as PDF; while it is not there, a page that says so and asks for it again."""
    case = access.get_case(request.user, number, Scope.VIEW_PLAN)
    plan = plan_in_force(case) or latest_plan(case)
    if plan is None:
        raise Http404
    kept = PlanDocument.objects.filter(plan=plan).first()
    if kept is None:
        return _not_drawn_yet(request, plan)
    accesslog.look(request, "exporteren", [case.number], scope=Scope.VIEW_PLAN)
    name = f'attachment; filename="plan-{case.number}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(bytes(kept.pdf), content_type="application/pdf", headers=headers)


def _not_drawn_yet(request: HttpRequest, plan: Maatwerkplan) -> HttpResponse:
    asked = request.method == "POST"
    may_ask = access.may(request.user, Scope.LEAD_CASE, plan.case)
    obstacles = rules.obstacles_to_document(plan)
    if asked:
        obstacles = attempt(request, lambda: operations.ask_for_document(plan, by=request.user))
        if not obstacles:
            messages.success(request, "De pdf wordt gemaakt. Kijk over een minuut opnieuw.")
            return redirect("maatwerkplan:pdf", plan.case.number)
    accesslog.look(request, "inzien", [plan.case.number], scope=Scope.VIEW_PLAN)
    context = {
        "dossier": Dossier(plan.case, request.user, TAB),
        "plan": plan,
        "obstacles": obstacles,
        "may_ask": may_ask,
    }
    return render(request, "maatwerkplan/pdf_waiting.html", context, status=409 if asked else 200)
