"""Who is away and who stands in, over the whole house; kept by the bedrijfsbureau."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partners import operations, presenters
from partners.access import office_only
from partners.forms import AnyonesAbsenceForm
from partners.views import tries
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_only
@fresh_to_send
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away now and later, and a form to note it."""
    form = AnyonesAbsenceForm(posted(request), people=presenters.colleagues())
    obstacles: list[Obstacle] = []
    tried: list[object] = []
    if form.is_valid() and tries.is_asked(request):
        tried = _try(request, form)
    elif form.is_valid():
        obstacles = _record(request, form)
        if not obstacles:
            person = form.cleaned_data["user"]
            messages.success(request, f"De afwezigheid van {person} staat genoteerd.")
            return redirect("partners:absences")
    context = {"form": form, "obstacles": obstacles, "today": timezone.localdate()}
    context |= {"absences": presenters.absences(), "previews": tried}
    status = 200 if tried else status_of(form, obstacles)
    return render(request, "partners/absences.html", context, status=status)


def _try(request: HttpRequest, form: AnyonesAbsenceForm) -> list[object]:
    """What who stands in would lead and read on the first day."""
    data = form.cleaned_data

    def deed() -> None:
        operations.record_absence(by=request.user, **data)

    return tries.try_out(request, deed, data["user"], data["stand_in"], on=data["start_date"])


def _record(request: HttpRequest, form: AnyonesAbsenceForm) -> list[Obstacle]:
    data = form.cleaned_data
    obstacles = attempt(request, lambda: operations.record_absence(by=request.user, **data))
    outcome = "geweigerd" if obstacles else "gedaan"  # a stand-in leads the clients meanwhile
    accesslog.look(request, "wijzigen", [f"account {data['user'].username}"], outcome=outcome)
    return obstacles
