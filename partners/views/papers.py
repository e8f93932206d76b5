"""The papers without which nobody works with persons; seen by the bedrijfsbureau or the manager."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partners import operations, presenters, rules
from partners.access import office_or_manager
from partners.forms import ClearanceForm
from partners.models import Role, User
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_when_sent
from veiligheidshuis.stepup import fresh_to_send


@require_safe
@office_or_manager
def papers(request: HttpRequest) -> HttpResponse:
    """Everybody with his papers, whose access ends first on top."""
    context = {"holders": presenters.holders(), "is_office": _is_office(request)}
    return render(request, "partners/papers.html", context)


@page_methods
@office_or_manager
@fresh_to_send
def papers_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """The papers of one person, and a form for one that was just seen."""
    person = get_object_or_404(User.objects.select_related("organisation"), pk=user_id)
    form = ClearanceForm(posted(request))
    obstacles = [] if form.is_bound else rules.obstacles_to_seeing_papers(person, request.user)
    if form.is_valid() and not (obstacles := _record(request, person, form)):
        messages.success(request, f"Het papier van {person} staat genoteerd.")
        return redirect("partners:papers_of", user_id)
    context = {"person": person, "papers": presenters.papers_of(person)}
    context |= {"form": form, "obstacles": obstacles, "is_office": _is_office(request)}
    status = status_when_sent(form, obstacles)
    return render(request, "partners/papers_of.html", context, status=status)


def _is_office(request: HttpRequest) -> bool:
    """The manager looks along, and keeps no accounts."""
    return bool(request.user.has_role(Role.BEDRIJFSBUREAU))


def _record(request: HttpRequest, person: User, form: ClearanceForm) -> list[Obstacle]:
    data = form.cleaned_data
    obstacles = attempt(
        request, lambda: operations.record_clearance(person, by=request.user, **data)
    )
    outcome = "geweigerd" if obstacles else "gedaan"
    about = [f"papieren van {person.username}"]
    accesslog.look(request, "wijzigen", about, ground=data["kind"], outcome=outcome)
    return obstacles
