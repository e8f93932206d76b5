"""Who comes in, and pages that belong to a role: for everybody else they are not there."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import BigAutoField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from partners.models import PERSON_ROLES, IdentityProvider, Organisation, Role, User, UserQuerySet
from veiligheidshuis.kept import Blank, Kept

View = Callable[..., HttpResponse]


class Backend(ModelBackend):
    """Finds whose session it is, with all that a page asks of him, in one query.

    Nobody comes in, or stays in, whose organisation is no partner yet or any more. GOV-03.
    """

    def user_can_authenticate(self, user: User | None) -> bool:  # type: ignore[override]
        return super().user_can_authenticate(user) and user is not None and user.sits

    def get_user(self, user_id: int) -> User | None:
        found = _somebody_with_standing(timezone.localdate()).ask(user_id)
        user = found[0] if found else None
        return user if user and self.user_can_authenticate(user) else None


@lru_cache(maxsize=1)
def _somebody_with_standing(day: date) -> Kept[User]:
    """The question of every page, put together once a day."""
    asked = Blank(output_field=BigAutoField())
    return Kept(User.objects.with_standing(day).filter(pk=asked))


def for_roles(*roles: str) -> Callable[[View], View]:
    """View decorator: only who has one of these roles today finds this page.

    A 404 and no refusal: what somebody has no business with does not exist for him.
    """

    def keep(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.has_role(*roles):  # type: ignore[union-attr]
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return keep


def require_office(by: User) -> None:
    """What the bedrijfsbureau alone does: meetings, lists, accounts, who sits at the table."""
    if not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Dit doet alleen het bedrijfsbureau.")


def require_office_or_manager(by: User) -> None:
    """What the bedrijfsbureau does, and the manager as well: he stands beside it as the second."""
    if not by.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER):
        raise PermissionDenied("Dit doen alleen het bedrijfsbureau en de manager.")


def keeps_accounts_at(organisation: Organisation, by: User) -> bool:
    """Whether somebody keeps the accounts of this organisation; the database asks it as well."""
    own = by.has_role(Role.PARTNERBEHEERDER) and by.organisation_id == organisation.pk
    return own or by.has_role(Role.BEDRIJFSBUREAU)


def people_kept_by(user: User) -> UserQuerySet:
    """Everybody for the bedrijfsbureau; his own people for the administrator of a partner."""
    everybody = User.objects.all()
    if user.has_role(Role.BEDRIJFSBUREAU):
        return everybody
    return everybody.filter(organisation=user.organisation_id)


def invited(token_hash: str) -> User | None:
    """Whose link this is, as long as it works; else nobody. The database decides (vh.invited)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.invited(%s)", [token_hash])
        (found,) = cursor.fetchone()
    return User.objects.get(pk=found) if found else None


def who_signs_on(provider: IdentityProvider, subject: str) -> User | None:
    """Whose account this subject of the login service is, when he may come in; else nobody.

    An account that is off, without a role today, or of another organisation is nobody as well: the
    database decides that (vh.signs_on).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.signs_on(%s, %s)", [provider.pk, subject])
        (found,) = cursor.fetchone()
    return User.objects.get(pk=found) if found else None


# The doors that most pages have.
office_only = for_roles(Role.BEDRIJFSBUREAU)
account_keepers = for_roles(Role.BEDRIJFSBUREAU, Role.PARTNERBEHEERDER)
second_lookers = for_roles(Role.BEDRIJFSBUREAU, Role.MANAGER, Role.PARTNERBEHEERDER)
office_or_manager = for_roles(Role.BEDRIJFSBUREAU, Role.MANAGER)
with_persons = for_roles(*PERSON_ROLES)
