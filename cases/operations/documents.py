"""A document comes in, is looked at, and can be opened; or its file goes again. DOS-17; ADR 0038.

In the timeline stands that there is a document, never how it is called; for who may see it.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases import access, rules
from cases.models import CATEGORY_SCOPES, Case, Document, Scope, TimelineKind
from cases.operations.moves import locked
from cases.operations.timeline import record
from cases.states import DOCUMENT_FLOW
from partners.models import Organisation, User
from veiligheidshuis import cipher
from veiligheidshuis.celery import after_commit
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.outbox import post
from veiligheidshuis.scanner import Verdict
from veiligheidshuis.uploads import Fit


@dataclass(frozen=True)
class AboutDocument:
    """What it is, what it is about, from whom and on what ground, and until when it is kept."""

    title: str
    category: str
    ground: str
    keep_until: date
    supplier: Organisation | None = None


@transaction.atomic
def add_document(case: Case, about: AboutDocument, file: Fit, *, by: User) -> Document:
    """Bring in a file that was examined; the worker has it looked at before anybody can open it.

    Raises PermissionDenied and Refused.
    """
    scope = CATEGORY_SCOPES[about.category]
    case = _kept(case, scope, by=by)
    refuse_if(
        rules.obstacles_to_document(
            case,
            ground=about.ground,
            supplier=about.supplier,
            keep_until=about.keep_until,
            by=by,
        )
    )
    # Not asdict: it would copy the organisation.
    said = {name: getattr(about, name) for name in about.__dataclass_fields__}
    document = Document(
        case=case,
        scope=scope,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        sealed_file=cipher.seal(file.content),
        recorded_by=by,
        **said,
    )
    document.save(force_insert=True)
    _tell(document, "toegevoegd", by=by)
    after_commit("cases.scan_document", document.pk, as_user=by.pk)
    return document


@transaction.atomic
def ask_scan(document: Document, *, by: User) -> None:
    """Have a document looked at that still waits: the first question came to nobody.

    Raises PermissionDenied and Refused.
    """
    _kept(document.case, document.scope, by=by)
    refuse_if(rules.obstacles_to_clear_document(document))
    after_commit("cases.scan_document", document.pk, as_user=by.pk)


@transaction.atomic
def clear_document(document: Document, verdict: Verdict, *, by: User) -> Document:
    """Nothing was found in it: it can be opened. Raises PermissionDenied and Refused."""
    document = _held(document, by=by)
    refuse_if(rules.obstacles_to_clear_document(document))
    document.status = DOCUMENT_FLOW.end("clear_document", document.status)
    document.checked_by = verdict.by
    document.save(update_fields=["status", "checked_by"])
    return document


@transaction.atomic
def refuse_document(document: Document, verdict: Verdict, *, by: User) -> Document:
    """It does harm: its file is gone at once, and whoever brought it hears. UPL-04.

    Raises PermissionDenied and Refused.
    """
    document = _held(document, by=by)
    refuse_if(rules.obstacles_to_refuse_document(document))
    document.status = DOCUMENT_FLOW.end("refuse_document", document.status)
    document.sealed_file = b""
    document.checked_by, document.found = verdict.by, verdict.found
    document.save(update_fields=["status", "sealed_file", "checked_by", "found"])
    _tell(document, "geweigerd: het bestand was niet veilig", by=by)
    post("stuk_geweigerd", to=document.recorded_by_id)
    return document


@transaction.atomic
def take_back_document(document: Document, *, because: str, by: User) -> Document:
    """It should not have been here: its file is gone, and that it was here stays. DOS-10.

    Raises PermissionDenied and Refused.
    """
    document = _held(document, by=by)
    refuse_if(rules.obstacles_to_take_back_document(document))
    document.status = DOCUMENT_FLOW.end("take_back_document", document.status)
    document.sealed_file = b""
    document.taken_back_because = because
    document.save(update_fields=["status", "sealed_file", "taken_back_because"])
    _tell(document, "teruggenomen", by=by)
    return document


def open_document(document: Document) -> bytes:
    """What stands in the file. Raises ValueError when these are not the bytes that came in."""
    content = cipher.unseal(bytes(document.sealed_file))
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"{document.in_log} is niet wat er is binnengekomen")
    return content


def _kept(case: Case, scope: str, *, by: User) -> Case:
    """The case, held, for who leads it and sees such documents. Raises PermissionDenied."""
    access.require(by, Scope.LEAD_CASE, case)
    access.require(by, scope, case)
    return locked(case)


def _held(document: Document, *, by: User) -> Document:
    """The document, held until the transaction ends; after the case."""
    case = _kept(document.case, document.scope, by=by)
    held = Document.objects.select_for_update(of=("self",)).without_file().get(pk=document.pk)
    held.case = case
    return held


def _tell(document: Document, done: str, *, by: User) -> None:
    record(document.case, TimelineKind.STUK, f"Stuk {done}", scope=document.scope, by=by)
