"""Reads the seal of a PDF that anybody may have made. Runs in a closed room; knows no Django.

Genuine is: one signature, by a certificate of ours, over the whole file from its first byte to its
last, that allows no change, and nothing came after it. `intact and valid` is not enough: both stay
true when somebody adds a layer of changes (veiligheid.md UPL-09). And the signature itself, which
it cannot cover, stands there letter by letter as the house writes it.
"""

import asyncio
import base64
import io
import json
from datetime import datetime
from typing import Any

import pikepdf
import pyhanko.pdf_utils.filters  # noqa: F401 - pyHanko takes it when it needs it: then too late
from asn1crypto import cms, x509
from cryptography.hazmat.backends.openssl import backend  # noqa: F401 - likewise
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

FILES = LARGEST = 0  # it opens nothing and writes nothing


def get_ready() -> None:
    """Before the room shuts: the clockwork of the library needs a connection with itself."""
    asyncio.set_event_loop(asyncio.new_event_loop())


def done(given: bytes) -> bytes:
    """Of {"pdf", "certificates"} (base64, DER): when it was sealed and what lies in it, or null."""
    asked = json.loads(given)
    ours = [x509.Certificate.load(base64.b64decode(each)) for each in asked["certificates"]]
    return json.dumps(read(base64.b64decode(asked["pdf"]), ours)).encode()


def read(pdf: bytes, ours: list[x509.Certificate]) -> dict[str, Any] | None:
    """What stands under a genuine seal; None for everything else, whatever is the matter."""
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(signatures) != 1:
        return None
    (signature,) = signatures
    own = [each for each in ours if is_same(each, signature.signer_cert) and not each.ca]
    sealed_at = signature.self_reported_timestamp
    if not own or sealed_at is None or not is_as_we_write(pdf, signature, ours):
        return None
    if not is_genuine(status_of(signature, own, sealed_at)):
        return None
    return {"sealed_at": sealed_at.isoformat(), "attached": attachments(pdf)}


def status_of(
    signature: EmbeddedPdfSignature, own: list[x509.Certificate], sealed_at: datetime
) -> PdfSignatureStatus:
    """Weighed on the day of the seal: a certificate that has run out since sealed well then."""
    context = ValidationContext(
        trust_roots=own, allow_fetching=False, moment=sealed_at, best_signature_time=sealed_at
    )
    weighed = async_validate_pdf_signature(signature, context)
    return asyncio.get_event_loop().run_until_complete(weighed)


def is_genuine(status: PdfSignatureStatus) -> bool:
    return (
        status.bottom_line
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and bool(status.docmdp_ok)
    )


def is_as_we_write(
    pdf: bytes, signature: EmbeddedPdfSignature, ours: list[x509.Certificate]
) -> bool:
    """No other letters, filling, certificates or remarks than the house puts into a signature."""
    _, start, end, _ = (int(number) for number in signature.byte_range)
    written = pdf[start:end].removeprefix(b"<").removesuffix(b">")
    message = cms.ContentInfo.load(bytes.fromhex(written.decode()))
    bare = message.dump(force=True).hex().upper().encode().ljust(len(written), b"0")
    (signer,) = message["content"]["signer_infos"]
    carried = [each.chosen for each in message["content"]["certificates"]]
    return (
        bare == written
        and not signer["unsigned_attrs"]
        and all(any(is_same(each, known) for known in ours) for each in carried)
    )


def is_same(one: x509.Certificate, other: x509.Certificate) -> bool:
    return one.dump() == other.dump()


def attachments(pdf: bytes) -> dict[str, str]:
    """The files that lie in it, by name, as text."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            name: each.get_file().read_bytes().decode()
            for name, each in document.attachments.items()
        }
