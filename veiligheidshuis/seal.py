"""The seal of the house on a PDF: who receives it can see that nobody changed it. ADR 0027.

PAdES (ETSI EN 319 142), level B-B. The key is with the worker alone; whoever checks a seal needs
the certificates only.
"""

import base64
import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db.models import TextChoices

from veiligheidshuis import cell

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Zegel"
SAID = "Zegel van het Zorg- en Veiligheidshuis"
NO_SEAL = (
    "Het huis heeft geen zegel: zet SEAL_KEY_FILE en SEAL_CERTIFICATE_FILE op de sleutel en het "
    "certificaat van het huis. Zie docs/productie.md."
)
MAX_BYTES = 5 * 1024 * 1024
SECONDS_TO_READ = 30


class NoSeal(Exception):
    """This house has no seal, or not the whole of it; nothing leaves without one."""


class Judgement(TextChoices):
    """What the house says of a file that somebody brings."""

    ECHT = "echt", "echt"
    GEWIJZIGD = "gewijzigd", "gewijzigd"
    ONBEKEND = "onbekend", "onbekend"


@dataclass(frozen=True)
class Reading:
    """What the seal of a file says, and what lies in the file when the seal is genuine."""

    judgement: Judgement
    sealed_at: datetime | None = None
    attached: dict[str, str] | None = None


def missing() -> str:
    """Why no paper of this house can be checked, in words; empty when it can."""
    return "" if settings.SEAL_CERTIFICATE else NO_SEAL


def unavailable() -> str:
    """Why this program cannot seal, in words for whoever runs it; empty when it can."""
    try:
        _signer()
    except (NoSeal, ValueError) as why:
        return str(why)
    return ""


def seal(pdf: bytes) -> bytes:
    """The same PDF, sealed: no byte of it can change unnoticed. Raises NoSeal."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=SAID,
    )
    sealed = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(_with_field(pdf))),
        about,
        signer=_signer(),
        existing_fields_only=True,
    )
    return sealed.getvalue()


def examine(file: bytes) -> Reading:
    """Whether a file that somebody brings bears our seal, and bears it rightly.

    Read in a closed room: whoever made the file may have made it to break what reads it.
    """
    ours = _certificates(settings.SEAL_CERTIFICATE) + _certificates(settings.SEAL_FORMER)
    encoded = [base64.b64encode(each.dump()).decode() for each in ours]
    given = {"pdf": base64.b64encode(file).decode(), "certificates": encoded}
    try:
        answer = cell.ask("seal_reader", json.dumps(given).encode(), seconds=SECONDS_TO_READ)
        found = json.loads(answer)
    except cell.NoAnswer:
        found = None
    if found:
        sealed_at = datetime.fromisoformat(found["sealed_at"])
        return Reading(Judgement.ECHT, sealed_at, found["attached"])
    return Reading(Judgement.GEWIJZIGD if _bears_a_trace(file, ours) else Judgement.ONBEKEND)


def _bears_a_trace(file: bytes, ours: "list[Certificate]") -> bool:
    """One of our public keys stands in it, as in every seal: this was, or pretends to be, ours.

    Looked for letter by letter, so that a file that nobody can read any more still tells it.
    """
    letters = file.lower()
    own = (each for each in ours if not each.ca)
    return any(each.public_key.dump().hex().encode() in letters for each in own)


def _with_field(pdf: bytes) -> bytes:
    """A place for the seal that is part of the tag tree, or PDF/UA would be broken (7.18)."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    with pikepdf.open(io.BytesIO(pdf)) as document:
        page, tree = document.pages[0], document.Root.StructTreeRoot
        above = tree.K[0] if isinstance(tree.K, Array) else tree.K
        number = _next_in_parent_tree(document)
        place: dict[str, Any] = {"P": page.obj, "Rect": Array([0, 0, 0, 0]), "F": 132}
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(SAID),
                StructParent=number,
                **place,
            )
        )
        element = document.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=above,
                Pg=page.obj,
                Alt=String(SAID),
                K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj),
            )
        )
        _append(above, "/K", element)
        _append(page.obj, "/Annots", field)
        page.obj.Tabs = Name.S
        tree.ParentTree.Nums.extend(Array([number, element]))
        tree.ParentTreeNextKey = number + 1
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=[field], SigFlags=3))
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _append(holder: Any, key: str, item: Any) -> None:
    """Add to a list of the PDF that may not be there yet, or be one thing and no list."""
    import pikepdf

    there = holder.get(key, pikepdf.Array())
    if not isinstance(there, pikepdf.Array):
        there = pikepdf.Array([there])
    there.append(item)
    holder[key] = there


def _next_in_parent_tree(document: Any) -> int:
    """The first number under which nothing is tagged yet."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    taken = [int(numbers[n]) for n in range(0, len(numbers), 2)]
    taken += [int(page.get("/StructParents", -1)) for page in document.pages]
    return max(taken, default=-1) + 1


def _certificates(text: str) -> "list[Certificate]":
    """The certificates in a text, in their order; none in an empty one."""
    from asn1crypto import pem, x509

    if not text:
        return []
    return [
        x509.Certificate.load(der)
        for kind, _, der in pem.unarmor(text.encode(), multiple=True)
        if kind == "CERTIFICATE"
    ]


def _signer() -> "SimpleSigner":
    """Who seals: the key with its certificate, which is the first; above it who vouches for it."""
    if not (settings.SEAL_KEY and settings.SEAL_CERTIFICATE):
        raise NoSeal(NO_SEAL)
    return _signer_with(settings.SEAL_KEY, settings.SEAL_CERTIFICATE)


@cache
def _signer_with(key: str, certificate: str) -> "SimpleSigner":
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *chain = _certificates(certificate)
    half = load_pem_private_key(key.encode(), password=None).public_key()
    if half.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != own.public_key.dump():
        raise NoSeal("De sleutel van het zegel hoort niet bij het certificaat. " + NO_SEAL)
    private = load_private_key_from_pemder_data(key.encode(), passphrase=None)
    registry = SimpleCertificateStore()
    registry.register_multiple(chain)
    return SimpleSigner(signing_cert=own, signing_key=private, cert_registry=registry)
