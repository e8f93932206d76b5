"""Who may see what in the whole house, for the bedrijfsbureau. SEC-06; BIO2 5.18."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.forms.who_may import WhoMayForm
from cases.presenters import who_may as presenter
from partners.access import office_only
from veiligheidshuis import accesslog


@require_safe
@office_only
def who_may(request: HttpRequest) -> HttpResponse:
    """Every holder with what he holds and of how many dossiers; first of one organisation."""
    form = WhoMayForm(request.GET or {"organisatie": request.user.organisation_id})
    context = {"form": form, "by_role": presenter.by_their_role()}
    if form.is_valid():
        asked = form.cleaned_data
        rows = presenter.holdings(asked["organisatie"], asked["wie"], asked["deel"])
        context["page"] = presenter.page_of(rows, request.GET.get("pagina", ""))
        accesslog.look(request, "inzien", ["overzicht van toegang"])
    status = 200 if form.is_valid() else 422
    return render(request, "cases/who_may.html", context, status=status)
