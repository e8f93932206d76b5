"""The door: which cases and lists somebody finds, and what each ground to take part gives."""

from datetime import date
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from cases.models import LEEFGEBIED_SCOPES, Basis, Case, Holder, Prioriteitenlijst, Scope
from partners.models import User
from veiligheidshuis.kept import Blank, Kept

# What there is to read of a case, but for who he is in numbers (BSN), whom he hurt (victims) and an
# address that is secret. These three the interventiemanager has himself, and not who stands in for
# him or breaks the glass.
CONTENT = (
    Scope.VIEW_REPORT,
    Scope.VIEW_CONTACT,
    Scope.VIEW_JUSTICE,
    Scope.VIEW_PLAN,
    *LEEFGEBIED_SCOPES,
)

# What each basis grants, whatever the one who grants holds himself. By hand (Basis.HAND) nobody
# grants what he does not hold. The database has the same table: vh.basis_scopes.
GRANTS: dict[str, tuple[Scope, ...]] = {
    Basis.AANDRAGEN: (Scope.KNOW_CASE,),
    Basis.WEGING: (Scope.KNOW_CASE, Scope.VIEW_REPORT),
    Basis.SELECTIE: (Scope.KNOW_CASE, Scope.VIEW_JUSTICE),
    Basis.TOEWIJZING: (
        Scope.KNOW_CASE,
        Scope.LEAD_CASE,
        Scope.VIEW_BSN,
        Scope.VIEW_SECRET_ADDRESS,
        Scope.VIEW_VICTIM,
        *CONTENT,
    ),
    Basis.LEVERINGSVRAAG: (Scope.KNOW_CASE,),
    Basis.UITVOERING: (Scope.KNOW_CASE,),
    Basis.NOTULIST: (Scope.KNOW_CASE, Scope.MINUTES),
    Basis.WAARNEMING: (Scope.KNOW_CASE, Scope.LEAD_CASE, *CONTENT),
    Basis.OVERDRACHT: (Scope.KNOW_CASE, *CONTENT),
    Basis.NOODTOEGANG: (Scope.KNOW_CASE, *CONTENT),
    Basis.SLACHTOFFER: (Scope.KNOW_CASE, Scope.VIEW_VICTIM),  # because of one victim, until a day
}
# Who has work in a case and may come to support a victim of it. In the database: vh.has_part.
WITH_A_ROLE = (Basis.HAND, Basis.UITVOERING, Basis.WAARNEMING)


def may(user: User, scope: str, case: Case) -> bool:
    """Whether this user holds this scope on this case today; a bar beats every grant."""
    return Case.objects.visible_to(user, scope).filter(pk=case.pk).exists()


def require(user: User, scope: str, case: Case) -> None:
    """Raise PermissionDenied when the user does not hold this scope."""
    if not may(user, scope, case):
        raise PermissionDenied(f"Hiervoor is nodig: {Scope(scope).label}.")


def get_case(user: User, number: str, scope: str = Scope.KNOW_CASE, *, along: str = "") -> Case:
    """The case with this number, for a user who holds this scope. Otherwise there is no such case.

    Hidden is absent: one query, one Http404, whether the case exists or not. Who may know it, the
    wall says while it looks up the number (CaseQuerySet.numbered); what he holds comes with it,
    and `along`: another row, of which the wall decides whether he sees it.
    """
    holder = Holder(tuple(user.principal_ids), tuple(user.regimes))
    # What PostgreSQL cannot read is no number; the question is asked all the same.
    found = _dossier(holder, along, timezone.localdate()).ask(number.replace("\x00", ""))
    if not found:
        raise Http404
    (case,) = found
    if scope != Scope.KNOW_CASE and scope not in case.held:
        raise Http404
    return case


@lru_cache(maxsize=2000)
def _dossier(holder: Holder, along: str, day: date) -> Kept[Case]:
    """The question of every page of a dossier: for who holds so much, put together once a day."""
    asked = Case.objects.numbered(Blank()).with_people().with_scopes_of(holder, day)
    return Kept(asked.select_related(along) if along else asked)


def get_list(user: User, code: str) -> Prioriteitenlijst:
    """The prioriteitenlijst with this mark, for who may see it. Otherwise there is no such list."""
    ranked = Prioriteitenlijst.objects.visible_to(user).filter(code=code).first()
    if ranked is None:
        raise Http404
    return ranked
