"""./run manage verify_plan FILE [--as USER]: is this plan really ours? Exit code 0 only then."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from maatwerkplan.documents import Paper, paper_of
from maatwerkplan.management.asking import person
from veiligheidshuis import accesslog, needtoknow, seal
from veiligheidshuis.commands import HouseCommand
from veiligheidshuis.seal import Judgement

# What a script reads: only 0 is genuine.
CODES = {Judgement.GEWIJZIGD: 1, Judgement.ONBEKEND: 2}
UNREADABLE = 3


class Command(HouseCommand):
    """Says what the seal says; with --as, also what that user may know of the dossier."""

    help = "Zegt echt, gewijzigd of onbekend van een pdf; de uitgang is alleen 0 als hij echt is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--as", dest="username", metavar="GEBRUIKER", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if why := seal.missing():
            raise CommandError(why, returncode=UNREADABLE)
        file = self.read(options["bestand"])
        paper = self.weigh(file, options["username"]) if options["username"] else paper_of(file)
        said = f"{paper.judgement}. {paper.meaning} {paper.standing}".rstrip()
        if not paper.is_genuine:
            raise CommandError(said, returncode=CODES[paper.judgement])
        self.stdout.write(said)

    def read(self, path: Path) -> bytes:
        """The file, or one sentence why not."""
        try:
            if path.stat().st_size > seal.MAX_BYTES:
                raise CommandError(f"{path} is groter dan een plan ooit is.", returncode=UNREADABLE)
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} is niet te openen.", returncode=UNREADABLE) from error

    def weigh(self, file: bytes, username: str) -> Paper:
        """As that user would see it on the page, and written in the access log as there."""
        user = person(username)
        with needtoknow.acting_as(user.pk):
            paper = paper_of(file, user)
        about = [paper.number] if paper.number else []
        look = accesslog.Look("papier controleren", about, ground=accesslog.BY_COMMAND)
        accesslog.write(user.pk, [look], route="verify_plan")
        return paper
