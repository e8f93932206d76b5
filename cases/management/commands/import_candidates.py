"""./run manage import_candidates FILE [--as USER]: reads a list of the police in, at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cases import documents, operations
from cases.models import ImportBatch, Indeling, RowOutcome
from partners.models import Organisation, Role, User
from veiligheidshuis import accesslog, needtoknow
from veiligheidshuis.commands import HouseCommand

DEMO_OFFICE = "bureau"


class Command(HouseCommand):
    """Reads a list of the police in, on behalf of somebody of the office."""

    help = "Leest een lijst van de politie in (CSV of Excel) en zegt van elke regel wat ermee is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--as", dest="username", metavar="GEBRUIKER", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        content = self.read(options["bestand"])
        office = self.reader(options["username"])
        with needtoknow.acting_as(office.pk):
            rows = self.rows(content)
            batch = operations.receive_import(options["bestand"].name, rows, by=office)
            tally = operations.confirm_import(batch, by=office)
            self.log(batch, office)
            self.report(batch)
        self.stdout.write(str(tally))

    def read(self, path: Path) -> bytes:
        """What stands in the file, or one sentence why it cannot be read."""
        try:
            if path.stat().st_size > documents.MAX_BYTES:
                raise CommandError(documents.TOO_LARGE)
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"Het bestand {path} is niet te openen.") from error

    def rows(self, content: bytes) -> list[operations.ReadRow]:
        """The rows of the list, its columns as they were remembered for the police."""
        indeling = Indeling.of(Organisation.objects.get(slug=operations.SUPPLIER))
        try:
            return documents.read_list(content, indeling.columns, indeling.doelgroep)
        except documents.Unreadable as error:
            raise CommandError(str(error)) from error

    def reader(self, username: str) -> User:
        """Who reads the list in: whoever was named; in the demo house the bedrijfsbureau."""
        if not username and not settings.DEMO:
            raise CommandError("Zeg namens wie je de lijst inleest: --as GEBRUIKER.")
        with needtoknow.acting_as(needtoknow.ANONYMOUS):
            users = User.objects.select_related("organisation")
            user = users.filter(username=username or DEMO_OFFICE).first()
            if user is None or not user.has_role(Role.BEDRIJFSBUREAU):
                raise CommandError(
                    f"{username or DEMO_OFFICE} is geen gebruiker van het bedrijfsbureau. "
                    "Alleen het bedrijfsbureau leest lijsten in."
                )
        return user

    def log(self, batch: ImportBatch, office: User) -> None:
        """The deed in the access log, with everybody it touched, before anything is said of it."""
        about = [batch.in_log, *batch.rows.numbers()]
        look = accesslog.Look("importeren", about, ground=accesslog.BY_COMMAND)
        accesslog.write(office.pk, [look], route="import_candidates")

    def report(self, batch: ImportBatch) -> None:
        """Every row that a person has to look at, by its number."""
        looked_at = [RowOutcome.AFGEWEZEN, RowOutcome.TWIJFELACHTIG]
        for row in batch.rows.filter(outcome__in=looked_at).in_order():
            self.stdout.write(f"regel {row.line}, {row.outcome}: {row.reason}")
