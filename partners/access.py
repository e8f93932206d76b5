"""Who comes in, and pages that belong to a role: for everybody else they are not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.backends import ModelBackend
from django.http import Http404, HttpRequest, HttpResponse

from partners.models import User

View = Callable[..., HttpResponse]


class Backend(ModelBackend):
    """Finds whose session it is, with all that a page asks of him, in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.with_standing().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


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
