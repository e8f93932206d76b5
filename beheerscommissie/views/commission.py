"""What the commission sees: places and counts, the plan, and its meetings. Never a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beheerscommissie import access, operations, presenters
from beheerscommissie.forms import RoutesForm, VergaderingForm
from beheerscommissie.models import Area, Route
from partners.access import for_roles
from veiligheidshuis.formats import long_date
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of


@require_safe
@for_roles(*access.COMMISSION)
def areas(request: HttpRequest) -> HttpResponse:
    """The areas; while there is one, that one."""
    found = list(Area.objects.order_by("name"))
    if len(found) == 1:
        return redirect("beheerscommissie:area", slug=found[0].slug)
    return render(request, "beheerscommissie/areas.html", {"areas": found})


@require_safe
@for_roles(*access.COMMISSION)
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """Where there is nuisance, who does what about it, whom to call, and when we meet."""
    chosen = presenters.Filter.of(request.GET.dict())
    page = presenters.overview(request.user, access.get_area(slug), chosen)
    page["handles"] = access.handles_reports(request.user)
    return render(request, "beheerscommissie/area.html", page)


@page_methods
@for_roles(*access.HANDLERS)
def plan_vergadering(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair calls the commission together."""
    area = access.get_area(slug)
    form, obstacles = VergaderingForm(posted(request)), []
    if form.is_valid():
        deed = {"by": request.user, **form.cleaned_data}
        obstacles = attempt(request, lambda: operations.plan_vergadering(area, **deed))
        if not obstacles:
            day = long_date(form.cleaned_data["on"])
            messages.success(request, f"De vergadering van {day} staat gepland.")
            return redirect("beheerscommissie:area", slug=area.slug)
    status = 409 if obstacles else 422 if form.is_bound else 200
    page = {"area": area, "form": form, "obstacles": obstacles}
    return render(request, "beheerscommissie/plan_vergadering.html", page, status=status)


@page_methods
@for_roles(*access.HANDLERS)
def routes(request: HttpRequest, slug: str) -> HttpResponse:
    """To which party each kind of nuisance is proposed."""
    area = access.get_area(slug)
    found = list(Route.objects.of_area(area))
    form, obstacles = RoutesForm(posted(request), routes=found), []
    if form.is_valid():
        parties = dict(form.cleaned_data)
        deed = {"by": request.user, "seen": parties.pop("version")}
        obstacles = attempt(request, lambda: operations.reroute(area, parties, **deed))
        if not obstacles:
            messages.success(request, "De routes zijn bewaard. Nieuwe meldingen volgen deze.")
            return redirect("beheerscommissie:reports")
        form = form.renewed(list(Route.objects.of_area(area)))
    page = {"area": area, "form": form, "obstacles": obstacles}
    status = status_of(form, obstacles)
    return render(request, "beheerscommissie/routes.html", page, status=status)
