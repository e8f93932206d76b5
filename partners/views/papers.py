"""The papers without which nobody works with persons; kept by the bedrijfsbureau."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partners import operations, presenters
from partners.access import office_only
from partners.forms import ClearanceForm
from partners.models import User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@require_safe
@office_only
def papers(request: HttpRequest) -> HttpResponse:
    """Everybody with his papers, whose access ends first on top."""
    return render(request, "partners/papers.html", {"holders": presenters.holders()})


@page_methods
@office_only
@fresh_to_send
def papers_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """The papers of one person, and a form for one that was just seen."""
    person = get_object_or_404(User.objects.select_related("organisation"), pk=user_id)
    form = ClearanceForm(posted(request))
    obstacles = _record(request, person, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        messages.success(request, f"Het papier van {person} staat genoteerd.")
        return redirect("partners:papers_of", user_id)
    context = {"person": person, "papers": presenters.papers_of(person)}
    context |= {"form": form, "obstacles": obstacles}
    status = status_of(form, obstacles)
    return render(request, "partners/papers_of.html", context, status=status)


def _record(request: HttpRequest, person: User, form: ClearanceForm) -> list[Obstacle]:
    data = form.cleaned_data
    obstacles = attempt(
        request, lambda: operations.record_clearance(person, by=request.user, **data)
    )
    outcome = "geweigerd" if obstacles else "gedaan"
    about = [f"papieren van {person.username}"]
    accesslog.look(request, "wijzigen", about, ground=data["kind"], outcome=outcome)
    return obstacles
