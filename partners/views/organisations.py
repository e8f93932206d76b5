"""The register of partners: who sits at the table, under which law, and where it is reached."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partners import operations, presenters
from partners.access import for_roles, office_only
from partners.forms import ContactPointForm
from partners.models import PERSON_ROLES, Organisation, Role
from partners.views import tries
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_factor

at_the_table = for_roles(*PERSON_ROLES, Role.STUURGROEP, Role.FG)


@require_safe
@at_the_table
def organisations(request: HttpRequest) -> HttpResponse:
    """The partners of the covenant and the other parties, with their contact points."""
    context = {
        "groups": presenters.register(),
        "on_the_way": presenters.on_the_way(),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    return render(request, "partners/organisations.html", context)


@require_safe
@at_the_table
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: its place in the law, its contact points, its people."""
    found = get_object_or_404(Organisation.objects.with_places(), slug=slug)
    context = {
        "organisation": found,
        "places": presenters.places_of(found),
        "people": presenters.people_of(found),
        "mandaten": presenters.mandaten_of(found),
        "toetreding": presenters.toetreding_of(found),
        "is_office": request.user.has_role(Role.BEDRIJFSBUREAU),
    }
    return render(request, "partners/organisation.html", context)


@page_methods
@office_only
@fresh_factor
def contact_point(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The office names the first contact point of a partner, or its deputy."""
    found = get_object_or_404(Organisation, slug=slug)
    place = presenters.place_of(found, kind)
    if place is None:
        raise Http404
    people = presenters.people_of(found)
    form = ContactPointForm(posted(request), initial=place.as_typed, people=people)
    tried = []
    if form.is_valid():
        named = form.cleaned_data

        def deed() -> None:
            operations.set_contact_point(found, place.kind, by=request.user, **named)

        if not tries.is_asked(request):
            return _name(request, found, deed)
        accesslog.look(request, "voorproef", [f"contactpunt {found.slug}"])
        tried = presenters.try_contact_point(place, deed, named["user"])
    context = {"organisation": found, "place": place, "form": form, "previews": tried}
    status = 200 if tried else status_of(form, [])
    return render(request, "partners/contact_point.html", context, status=status)


def _name(request: HttpRequest, found: Organisation, deed: Callable[[], None]) -> HttpResponse:
    attempt(request, deed)
    accesslog.look(request, "wijzigen", [f"contactpunt {found.slug}"], outcome="gedaan")
    messages.success(request, f"Het contactpunt van {found.short_name} is opgeslagen.")
    return redirect("partners:organisation", found.slug)
