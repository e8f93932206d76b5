"""The pages about who looked: the whole log for the FG, one case for who leads it.

And for the privacyfunctionaris of a partner what his own people did.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Case, Scope
from cases.presenters.dossier import Dossier
from partners.access import for_roles
from partners.models import PERSON_ROLES, Role
from privacy import access, documents, presenters
from privacy.access import SUPERVISORS
from privacy.forms import LogForm, OwnPeopleForm
from veiligheidshuis import accesslog, pdf
from veiligheidshuis.models import READING_THE_LOG, LogPurpose
from veiligheidshuis.stepup import fresh_to_take_along

supervisors_only = for_roles(*SUPERVISORS)
about_a_case = for_roles(*PERSON_ROLES, *SUPERVISORS)
TAB = "cases:access"
of_own_people = for_roles(Role.PRIVACYFUNCTIONARIS)


@require_safe
@supervisors_only
def log(request: HttpRequest) -> HttpResponse:
    """The whole log, for who says why he reads it. The reading is a line as well."""
    form = LogForm(request.GET or None)
    page = None
    if form.is_valid():
        wanted = form.wanted()
        page = presenters.rows(access.read_log(wanted, _before(request)))
        about = [wanted.number] if wanted.number else []
        doel = form.cleaned_data["doel"]
        accesslog.look(request, READING_THE_LOG, about, purpose=doel, ground=form.in_words())
    status = 422 if form.is_bound and page is None else 200
    return render(request, "privacy/log.html", {"form": form, "page": page}, status=status)


@require_safe
@of_own_people
def own_people(request: HttpRequest) -> HttpResponse:
    """What the people of your organisation did here, for who says why he reads it. AUD-14."""
    organisation = request.user.organisation
    form = OwnPeopleForm(request.GET or None, organisation=organisation)
    page = None
    if form.is_valid():
        page = presenters.rows(access.read_own_people(form.wanted(), _before(request)))
        doel = form.cleaned_data["doel"]
        accesslog.look(request, READING_THE_LOG, purpose=doel, ground=form.in_words())
    context = {"form": form, "page": page, "organisation": organisation}
    status = 422 if form.is_bound and page is None else 200
    return render(request, "privacy/own_people.html", context, status=status)


@require_safe
@about_a_case
def looks(request: HttpRequest, number: str) -> HttpResponse:
    """Who looked into one dossier, the last look first."""
    case = access.get_looked_at(request.user, number)
    page = presenters.rows(access.looks_at(number, _before(request)))
    _look(request, case, number, "wie keek")
    return render(request, "privacy/looks.html", _context(request, case, number) | {"page": page})


@require_safe
@about_a_case
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """For the client: the organisations that looked, without names."""
    case = access.get_looked_at(request.user, number)
    found = access.onlookers(number)
    _look(request, case, number, "overzicht voor de cliënt")
    context = {"onlookers": found, "no_pdf": pdf.unavailable()}
    return render(request, "privacy/overview.html", _context(request, case, number) | context)


@require_safe
@about_a_case
@fresh_to_take_along
def overview_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The same on paper."""
    access.get_looked_at(request.user, number)
    found = access.onlookers(number)
    _look(request, None, number, "overzicht voor de cliënt, pdf")
    headers = {"Content-Disposition": f'attachment; filename="inzage-{number}.pdf"'}
    drawn = documents.draw_overview(number, found)
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)


def _look(request: HttpRequest, case: Case | None, number: str, ground: str) -> None:
    """Reading who looked is reading the log; who leads also sees whose dossier it is."""
    why = LogPurpose.RECHTMATIGHEID
    accesslog.look(request, READING_THE_LOG, [number], purpose=why, ground=ground)
    if case:
        accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE, ground=ground)


def _context(request: HttpRequest, case: Case | None, number: str) -> dict[str, object]:
    """The head of the dossier for who leads it; for the FG its number alone."""
    dossier = Dossier(case, request.user, TAB) if case else None
    return {"dossier": dossier, "number": number}


def _before(request: HttpRequest) -> int | None:
    """Where this page of the log begins; the newest line when nobody says."""
    typed = request.GET.get("voor", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
