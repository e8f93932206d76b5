"""By a link in a mail somebody chooses his own password; for who lost his, two people see to it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from partners import operations, presenters, rules
from partners.access import account_keepers, invited, people_kept_by, second_lookers
from partners.forms import ChosenPasswordForm
from partners.models import AccountInvitation
from veiligheidshuis import accesslog, door, stepup
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_of
from veiligheidshuis.stepup import fresh_to_send

STEPS = {
    "goedkeuren": (operations.approve_invitation, "De link is onderweg."),
    "intrekken": (operations.withdraw_invitation, "De link werkt niet meer."),
}


@login_not_required
@never_cache
@sensitive_post_parameters()
@page_methods
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses his password, and goes on to the second step."""
    user = invited(operations.fingerprint(token))
    if user is None:
        return render(request, "partners/link_dead.html", status=404)
    form = ChosenPasswordForm(user, posted(request))
    if form.is_valid():
        chosen = form.cleaned_data["new"]
        if attempt(request, lambda: operations.choose_password(token, chosen)):
            return render(request, "partners/link_dead.html", status=404)
        user.refresh_from_db(fields=["password"])
        door.arrive(request, user, stepup.wanted(request))
        about = [door.account_of(user)]
        accesslog.look(request, "wijzigen", about, ground="eigen wachtwoord", outcome="gedaan")
        return redirect("second_step")
    context = {"form": form, "person": user, "token": token}
    status = status_of(form, [])
    return render(request, "partners/choose_password.html", context, status=status)


@require_POST
@account_keepers
@fresh_to_send
def invite(request: HttpRequest, user_id: int) -> HttpResponse:
    """Mail somebody a link; of who had a password already, a second person looks along first."""
    kept = people_kept_by(request.user).select_related("organisation")
    person = get_object_or_404(kept, pk=user_id)
    obstacles = attempt(request, lambda: operations.invite(person, by=request.user))
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, _said(presenters.invitation_of(person)))
    outcome = "geweigerd" if obstacles else "gedaan"
    about = [door.account_of(person)]
    accesslog.look(request, "wijzigen", about, ground="link gevraagd", outcome=outcome)
    return redirect("partners:user", user_id)


def _said(invitation: AccountInvitation | None) -> str:
    if invitation and invitation.approved_at:
        return f"De link voor {invitation.user} is onderweg."
    return "De aanvraag staat klaar. Een ander kijkt mee; daarna vertrekt de link."


@require_safe
@second_lookers
def invitations(request: HttpRequest) -> HttpResponse:
    """Who lost his password, and waits for a second person."""
    rows = [
        (each, rules.obstacles_to_approve_invitation(each, request.user))
        for each in presenters.invitations_waiting()
    ]
    return render(request, "partners/invitations.html", {"rows": rows})


@require_POST
@second_lookers
@fresh_to_send
def invitation_step(request: HttpRequest, invitation_id: UUID, step: str) -> HttpResponse:
    """The second person says that the link may leave, or that it must not."""
    found = AccountInvitation.objects.newest_first().filter(pk=invitation_id).first()
    if found is None or step not in STEPS:
        raise Http404
    deed, said = STEPS[step]
    obstacles = attempt(request, lambda: deed(found, by=request.user))
    for obstacle in obstacles:
        messages.error(request, obstacle.message)
    if not obstacles:
        messages.success(request, said)
    outcome = "geweigerd" if obstacles else "gedaan"
    about = [door.account_of(found.user)]
    accesslog.look(request, "wijzigen", about, ground=f"link {step}", outcome=outcome)
    return redirect("partners:invitations")
