"""The register of partners: who sits at the table, under which law, and where it is reached."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partners import operations, presenters
from partners.access import for_roles, office_only
from partners.forms import ContactPointForm
from partners.models import PERSON_ROLES, ContactPoint, Organisation, Role
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_factor

at_the_table = for_roles(*PERSON_ROLES, Role.STUURGROEP)


@require_safe
@at_the_table
def organisations(request: HttpRequest) -> HttpResponse:
    """The partners of the covenant and the other parties, with their contact points."""
    return render(request, "partners/organisations.html", {"groups": presenters.register()})


@require_safe
@at_the_table
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: its place in the law, its contact points, its people."""
    found = get_object_or_404(Organisation, slug=slug)
    context = {
        "organisation": found,
        "places": presenters.places_of(found),
        "people": presenters.people_of(found),
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
    if form.is_valid():
        attempt(request, lambda: _set(request, found, place.kind, form))
        messages.success(request, f"Het contactpunt van {found.short_name} is opgeslagen.")
        return redirect("partners:organisation", slug)
    context = {"organisation": found, "place": place, "form": form}
    return render(request, "partners/contact_point.html", context, status=status_of(form, []))


def _set(
    request: HttpRequest, found: Organisation, kind: ContactPoint.Kind, form: ContactPointForm
) -> None:
    operations.set_contact_point(found, kind, by=request.user, **form.cleaned_data)
    accesslog.look(request, "wijzigen", [f"contactpunt {found.slug}"], outcome="gedaan")
