"""What the buurtregisseur does with reports: give them to a party, note the outcome, answer."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beheerscommissie import access, operations, presenters, rules
from beheerscommissie.forms import AssignForm, FeedbackForm, HandleForm, StepForm
from beheerscommissie.models import Area, Overlastmelding
from beheerscommissie.states import ReportStatus
from partners.access import for_roles
from veiligheidshuis import accesslog
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt

PER_PAGE = 25
GROUND = "Afhandeling van een overlastmelding (S4, 4.7)"
STEP_FORMS: dict[str, type[StepForm]] = {
    ReportStatus.GEMELD: AssignForm,
    ReportStatus.TOEGEWEZEN: HandleForm,
    ReportStatus.AFGEHANDELD: FeedbackForm,
}


@require_safe
@for_roles(*access.HANDLERS)
def reports(request: HttpRequest) -> HttpResponse:
    """Reports that ask something, the oldest on top; or all, the newest on top. No person here."""
    everything = request.GET.get("toon") == "alle"
    found = Overlastmelding.objects.visible_to(request.user).select_related("place", "party")
    if everything:
        found = found.order_by("-reported_at", "pk")
    else:
        found = found.open().order_by("reported_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    rows = presenters.report_rows(page)
    context = {"rows": rows, "page_obj": page, "everything": everything}
    return render(request, "beheerscommissie/reports.html", context | {"areas": Area.objects.all()})


@require_safe
@for_roles(*access.HANDLERS)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report, with the form of its next step."""
    return _report_page(request, access.get_report(request.user, pk))


@require_POST
@for_roles(*access.HANDLERS)
def assign_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it to a party."""
    done = "De melding ligt nu bij {melding.party}. Daar gaat geen mail heen: bel of mail hen zelf."
    return _step(request, pk, AssignForm, operations.assign_report, done)


@require_POST
@for_roles(*access.HANDLERS)
def handle_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what was done."""
    done = "De melding is afgehandeld. De melder wacht nog op antwoord."
    return _step(request, pk, HandleForm, operations.handle_report, done)


@require_POST
@for_roles(*access.HANDLERS)
def give_feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what the melder was told."""
    done = "De terugkoppeling is vastgelegd. De melding is klaar."
    return _step(request, pk, FeedbackForm, operations.give_feedback, done)


def _step(
    request: HttpRequest,
    pk: UUID,
    form_class: type[StepForm],
    operation: Callable[..., Overlastmelding],
    done: str,
) -> HttpResponse:
    """Take one step with a report: its form, its operation, and what to say when it is done."""
    melding = access.get_report(request.user, pk)
    form = form_class(request.POST, melding=melding)
    if not form.is_valid():
        gone = rules.obstacles_to_step(form.step, melding)
        status = 409 if gone else 422
        return _report_page(request, melding, form, gone, status=status)
    answers = dict(form.cleaned_data)
    seen = answers.pop("version")
    obstacles = attempt(request, lambda: operation(melding, **answers, by=request.user, seen=seen))
    melding = access.get_report(request.user, pk)
    if obstacles:
        return _report_page(request, melding, form.renewed(melding), obstacles, status=409)
    accesslog.look(request, "wijzigen", [f"melding {melding.pk}"], ground=GROUND)
    messages.success(request, done.format(melding=melding))
    return redirect("beheerscommissie:report", pk=melding.pk)


def _report_page(
    request: HttpRequest,
    melding: Overlastmelding,
    form: StepForm | None = None,
    obstacles: list[Obstacle] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of a report; it shows who reported and what, so it is a look. Of a step that a
    colleague took in the meantime it shows what was typed, and the form of the step that is next.
    """
    accesslog.look(request, "inzien", [f"melding {melding.pk}"], ground=GROUND)
    next_form = STEP_FORMS.get(melding.status)
    late = form if form and rules.obstacles_to_step(form.step, melding) else None
    page = presenters.report_page(melding) | {
        "late_form": late,
        "form": (form if form and not late else None)
        or (next_form(melding=melding) if next_form else None),
        "onward_form": AssignForm(melding=melding, auto_id="door_%s"),
        "obstacles": obstacles or [],
    }
    return render(request, "beheerscommissie/report.html", page, status=status)
