"""./run manage export_plan (NUMBER | --any) FILE [--as USER]: a signed plan as a sealed PDF."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cases.models import Case, Scope
from maatwerkplan import documents, rules, tasks
from maatwerkplan.management.asking import person
from maatwerkplan.models import Maatwerkplan, PlanDocument
from partners.models import Role, User
from veiligheidshuis import accesslog, needtoknow, seal
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Under the need-to-know of who it is for. In the demo house, without --as, an
    interventiemanager asks who leads the case."""

    help = "Schrijft de verzegelde pdf van een getekend plan, namens iemand die het mag lezen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wat", nargs="+", metavar="[DOSSIERNUMMER] BESTAND")
        parser.add_argument("--any", action="store_true", help="welk getekend plan dan ook")
        parser.add_argument("--as", dest="username", metavar="GEBRUIKER", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        *numbers, file = options["wat"]
        if len(numbers) != (0 if options["any"] else 1):
            raise CommandError("Noem één dossiernummer en een bestand, of --any en een bestand.")
        number = "".join(numbers).upper()
        for user in self.askers(options["username"]):
            with needtoknow.acting_as(user.pk):
                plan = signed_plan(user, number)
                if plan is not None:
                    return self.write(Path(file), plan, user)
        raise CommandError(f"Er is geen getekend plan van {number or 'welk dossier dan ook'}.")

    def askers(self, username: str) -> Iterable[User]:
        """Who asks: whoever was named; in the demo house each interventiemanager in turn."""
        if username:
            return [person(username)]
        if not settings.DEMO:
            raise CommandError("Zeg namens wie je het plan meeneemt: --as GEBRUIKER.")
        with needtoknow.acting_as(needtoknow.ANONYMOUS):
            return list(User.objects.in_role(Role.INTERVENTIEMANAGER))

    def write(self, path: Path, plan: Maatwerkplan, user: User) -> None:
        """The paper, logged before it leaves, as when somebody takes it along from the page."""
        content = document_of(plan, user)
        about, by = [plan.case.number], accesslog.BY_COMMAND
        look = accesslog.Look("exporteren", about, scope=Scope.VIEW_PLAN, ground=by)
        accesslog.write(user.pk, [look], route="export_plan")
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven.") from error
        self.stdout.write(f"Plan van dossier {plan.case.number} staat in {path}.")


def signed_plan(user: User, number: str) -> Maatwerkplan | None:
    """The last plan that was signed, of this case or of any, that this user may read."""
    cases = Case.objects.visible_to(user, Scope.VIEW_PLAN)
    if number:
        cases = cases.numbered(number)
    plans = Maatwerkplan.objects.select_related("case").filter(
        case__in=cases, signed_at__isnull=False
    )
    return plans.order_by("-signed_at", "pk").first()


def document_of(plan: Maatwerkplan, user: User) -> bytes:
    """The PDF as the worker made it; where he did not come round to it yet, it is made now."""
    kept = PlanDocument.objects.filter(plan=plan)
    if not kept and (obstacles := rules.obstacles_to_document(plan)):
        raise CommandError(" ".join(each.message for each in obstacles))
    try:
        if not kept and not tasks.draw_plan(str(plan.pk), as_user=user.pk):
            raise CommandError("De pdf is nog niet gemaakt. Dat kan wie het dossier leidt.")
    except (seal.NoSeal, documents.TextTampered) as error:
        raise CommandError(str(error)) from error
    return bytes(kept.get().pdf)
