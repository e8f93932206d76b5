"""On whose behalf a command asks."""

from django.core.management.base import CommandError

from partners.models import User
from veiligheidshuis import needtoknow


def person(username: str) -> User:
    """Somebody who may come in, by login name."""
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        user = User.objects.select_related("organisation").filter(username=username).first()
        if user is None or not user.is_active or not user.sits:
            raise CommandError(f"{username} is geen gebruiker die kan inloggen.")
    return user
