"""Linking a colleague with his organisation before he ever logged in: two people do it. AUTH-13."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partners import operations, presenters, rules
from partners.access import office_only
from partners.forms import SubjectForm
from partners.models import IdentityProvider, SignOnProposal, User
from veiligheidshuis import accesslog
from veiligheidshuis.door import account_of
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send


@page_methods
@office_only
@fresh_to_send
def link_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """Who somebody is at his organisation: what was proposed, and a form to propose it."""
    person, provider = _person(user_id)
    form = SubjectForm(posted(request))
    obstacles = _propose(request, person, provider, form) if form.is_valid() else []
    if form.is_valid() and not obstacles:
        messages.success(request, "Je voorstel staat klaar. Vraag een collega het te bekijken.")
        return redirect("partners:link_of", user_id)
    return _show(request, person, provider, form, obstacles)


@require_POST
@office_only
@fresh_to_send
def link_decide(request: HttpRequest, user_id: int, proposal_id: int) -> HttpResponse:
    """The second pair of eyes: this is who he is there, or it is not."""
    person, provider = _person(user_id)
    proposal = get_object_or_404(person.sign_on_proposals, pk=proposal_id)
    approve = request.POST.get("oordeel") == "goed"
    obstacles = _decide(request, proposal, approve=approve)
    if obstacles:
        return _show(request, person, provider, SubjectForm(), obstacles)
    said = f"{person} is gekoppeld." if approve else "Het voorstel is afgewezen."
    messages.success(request, said)
    return redirect("partners:link_of", user_id)


def _person(user_id: int) -> tuple[User, IdentityProvider]:
    """Somebody of an organisation with a login service; for others there is no such page."""
    linkable = User.objects.filter(organisation__identity_provider__is_on=True)
    people = linkable.select_related("organisation__identity_provider")
    person = get_object_or_404(people, pk=user_id)
    return person, person.organisation.identity_provider


def _propose(
    request: HttpRequest, person: User, provider: IdentityProvider, form: SubjectForm
) -> list[Obstacle]:
    me, subject = request.user, form.cleaned_data["subject"]
    obstacles = attempt(
        request, lambda: operations.propose_sign_on(person, provider, subject, by=me)
    )
    _note(request, person, "koppeling voorgesteld", obstacles)
    return obstacles


def _decide(request: HttpRequest, proposal: SignOnProposal, *, approve: bool) -> list[Obstacle]:
    obstacles = attempt(
        request, lambda: operations.decide_sign_on(proposal, approve=approve, by=request.user)
    )
    why = "koppeling goedgekeurd" if approve else "koppeling afgewezen"
    _note(request, proposal.user, why, obstacles)
    return obstacles


def _note(request: HttpRequest, person: User, why: str, obstacles: list[Obstacle]) -> None:
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", [account_of(person)], ground=why, outcome=outcome)


def _show(
    request: HttpRequest,
    person: User,
    provider: IdentityProvider,
    form: SubjectForm,
    obstacles: list[Obstacle],
) -> HttpResponse:
    proposals = list(presenters.proposals_of(person))
    waiting = next((each for each in proposals if each.decided_at is None), None)
    context = {
        "person": person,
        "provider": provider,
        "form": form,
        "obstacles": obstacles,
        "waiting": waiting,
        "decided": [each for each in proposals if each.decided_at],
        "not_by_me": rules.obstacles_to_approving(waiting, request.user) if waiting else [],
    }
    status = status_of(form, obstacles)
    return render(request, "partners/link_of.html", context, status=status)
