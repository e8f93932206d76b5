"""The documents of a dossier as they are shown, each for who may see it. DOS-17."""

from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.models import Document, DocumentQuerySet
from cases.presenters.dossier import Dossier
from veiligheidshuis import scanner
from veiligheidshuis.headers import SANDBOX
from veiligheidshuis.uploads import KINDS


@dataclass
class Documents:
    """What this reader finds on the page: what can be opened, what waits, and what went."""

    to_open: list[Document] = field(default_factory=list)
    waiting: list[Document] = field(default_factory=list)
    gone: list[Document] = field(default_factory=list)

    @property
    def waits_for_nobody(self) -> bool:
        """There is no scanner: what comes in goes on waiting, and the page says so."""
        return not scanner.is_there()


def documents_of(dossier: Dossier) -> Documents:
    """The documents that this reader may see; who leads also sees what waits and what went."""
    found = Documents()
    for document in _readable(dossier).without_file().with_people().newest_first():
        if document.can_be_opened:
            found.to_open.append(document)
        elif dossier.leads:
            (found.waiting if document.waits else found.gone).append(document)
    return found


def get_document(dossier: Dossier, document_id: UUID) -> Document:
    """One document, without its file, for who leads. Raises Http404."""
    if not dossier.leads:
        raise Http404
    readable = _readable(dossier).without_file().with_people().select_related("case")
    return get_object_or_404(readable, pk=document_id)


def get_file(dossier: Dossier, document_id: UUID) -> Document:
    """One document that can be opened, with its file. Raises Http404."""
    return get_object_or_404(_readable(dossier).to_open(), pk=document_id)


def headers_of(document: Document) -> dict[str, str]:
    """How a file leaves: to be kept and not shown, as what it is, and shut in. UPL-03."""
    name = f"{document.case.number} {document.name}"
    return {
        "Content-Type": KINDS[document.kind].content_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }


def _readable(dossier: Dossier) -> DocumentQuerySet:
    return Document.objects.filter(case=dossier.case).readable_with(dossier.scopes)
