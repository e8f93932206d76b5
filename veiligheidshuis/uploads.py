"""A file that comes in: held in memory, no larger than was agreed, and what it says it is.

Django writes a large file to a folder before anybody has looked at it. Here nothing of a dossier
stands on a disk outside the database: what is too large is let go while it comes in (UPL-08), and a
file is judged by its content in a closed room (cell/file_reader.py). UPL-02, UPL-05 to UPL-07.
"""

import base64
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from veiligheidshuis import cell

SECONDS_TO_READ = 30
LONGEST_NAME = 120
MEGABYTES = settings.UPLOAD_MAX_BYTES // 1024**2
# No part of a name on any system: what parts folders, and what a program could take for a command.
NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True)
class Kind:
    """A kind of file that the house keeps."""

    label: str
    endings: tuple[str, ...]
    content_type: str


KINDS = {
    "pdf": Kind("pdf", (".pdf",), "application/pdf"),
    "png": Kind("afbeelding (PNG)", (".png",), "image/png"),
    "jpeg": Kind("foto (JPEG)", (".jpg", ".jpeg"), "image/jpeg"),
    "docx": Kind(
        "Word",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "odt": Kind("OpenDocument", (".odt",), "application/vnd.oasis.opendocument.text"),
    "txt": Kind("tekst", (".txt",), "text/plain; charset=utf-8"),
}
ENDINGS = tuple(ending for kind in KINDS.values() for ending in kind.endings)

NAMED = "pdf, Word (.docx), OpenDocument (.odt), foto (.jpg of .png) of tekst (.txt)"
UNFIT = {
    "unknown": f"Dit soort bestand bewaren we niet. Kies een van deze soorten: {NAMED}.",
    "other_ending": (
        "De naam van het bestand zegt iets anders dan wat erin zit. Open het, kies ‘Opslaan als’ "
        "en kies het juiste soort bestand."
    ),
    "active": (
        "In dit bestand zit iets dat vanzelf iets kan doen: een macro, een script, een bijlage of "
        "iets dat van buiten wordt gehaald. Maak er een gewone pdf van en kies die."
    ),
    "own_plan": (
        "Dit is een getekend plan van dit huis. Het staat al in het dossier, bij het maatwerkplan: "
        "voeg het niet nog eens toe."
    ),
    "locked": "Dit bestand is beveiligd met een wachtwoord. Haal dat eraf en kies het opnieuw.",
    "broken": "Dit bestand is beschadigd. Open het, sla het opnieuw op en kies het dan nog eens.",
    "more_than_one": (
        "In dit bestand zit nog een ander bestand. Open het, druk het af naar een nieuwe pdf en "
        "kies die."
    ),
    "too_much_inside": "Uitgepakt is dit bestand te groot. Maak er een gewone pdf van.",
    "too_many_pixels": "Deze afbeelding is te groot. Maak haar kleiner en kies opnieuw.",
    "too_large": (
        f"Dit bestand is te groot. Een bestand is hooguit {MEGABYTES} MB. "
        "Maak het kleiner of splits het."
    ),
    "unread": "Dit bestand konden we niet lezen. Maak er een gewone pdf van en kies die.",
}


class Unfit(Exception):
    """This file is not taken; says why, for whoever brought it."""


@dataclass(frozen=True)
class Fit:
    """A file that may be kept: its name without a path, what it is, and its bytes."""

    name: str
    kind: str
    content: bytes


def examine(name: str, content: bytes) -> Fit:
    """The file as it may be kept: of a kind that we know, that does nothing. Raises Unfit."""
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise Unfit(UNFIT["too_large"])
    try:
        found = json.loads(cell.ask("file_reader", content, seconds=SECONDS_TO_READ))
    except cell.NoAnswer as none:
        raise Unfit(UNFIT["unread"]) from none
    if "unfit" in found:
        raise Unfit(UNFIT[found["unfit"]])
    kept = plain_name(name)
    if not kept.lower().endswith(KINDS[found["kind"]].endings):
        raise Unfit(UNFIT["other_ending" if kept.lower().endswith(ENDINGS) else "unknown"])
    return Fit(kept, found["kind"], base64.b64decode(found["content"]))


def plain_name(name: str) -> str:
    """The name as it can be shown: the last step of a path, no invisible signs, not too long.

    It is never the name of anything on a disk of ours. UPL-07.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = NOT_IN_A_NAME.sub("_", "".join(sign for sign in last if sign.isprintable())).strip()
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[-LONGEST_NAME:]


class HeldInMemory(FileUploadHandler):
    """Takes what is sent into memory, and of what is too large no more than says that it is.

    All the files of one request together are no larger than one may be.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.left = settings.UPLOAD_MAX_BYTES + 1

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """None: no other handler need see it."""
        self.held.write(raw_data[: self.left])
        self.left -= min(len(raw_data), self.left)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
