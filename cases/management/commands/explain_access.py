"""./run manage explain_access USER (CASE | --any-case) [--at DATE] [--scope S] [--as USER]."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from cases import access
from cases.models import Scope
from cases.presenters.explanation import in_words, moment_of, what_is_needed
from partners.models import User
from veiligheidshuis import accesslog, needtoknow
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """In the demo house, without --as, the person himself is the one who asks."""

    help = "Zegt ja of nee op ‘mag deze persoon dit zien?’, en welke regel dat bepaalt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gebruiker")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("dossier", nargs="?", metavar="DOSSIERNUMMER")
        which.add_argument("--any-case", action="store_true", help="welk dossier dan ook")
        parser.add_argument("--at", type=moment, metavar="DATUM", help="bijvoorbeeld 2026-11-22")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.KNOW_CASE)
        parser.add_argument("--as", dest="asker", metavar="GEBRUIKER", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["asker"] or settings.DEMO):
            raise CommandError("Zeg namens wie je het vraagt: --as GEBRUIKER.")
        user = person(options["gebruiker"])
        asker = person(options["asker"]) if options["asker"] else None
        at = options["at"] or timezone.now()
        number = None if options["any_case"] else options["dossier"].upper()
        self.log(asker, user, number, options["scope"])
        try:
            with needtoknow.acting_as((asker or user).pk), transaction.atomic():
                answer = access.explain(user, number, options["scope"], at)
                said = [in_words(answer, user), what_is_needed(answer, options["scope"])]
        except ProgrammingError as error:
            raise CommandError(f"{asker} mag dit niet vragen.") from error
        self.stdout.write(" ".join(["ja" if answer.allowed else "nee", *filter(None, said)]))

    def log(self, asker: User | None, user: User, number: str | None, scope: str) -> None:
        """The question in the access log, before it is answered."""
        about = [number or "elk dossier", f"account {user.username}"]
        ground = accesslog.BY_COMMAND
        look = accesslog.Look("uitleg vragen", about, scope=scope, ground=ground)
        by = asker.pk if asker else needtoknow.ANONYMOUS
        accesslog.write(by, [look], route="explain_access")


def person(username: str) -> User:
    """Somebody by login name, also when his account is off."""
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        user = User.objects.select_related("organisation").filter(username=username).first()
    if user is None:
        raise CommandError(f"Er is geen gebruiker {username}.")
    return user


def moment(text: str) -> datetime:
    """A day, or a day and a time in Heerlen; a day that has passed means the end of it."""
    try:
        if len(text) == len("2026-11-22"):
            return moment_of(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is geen datum. Schrijf hem als 2026-11-22.") from None
    return at if timezone.is_aware(at) else timezone.make_aware(at)
