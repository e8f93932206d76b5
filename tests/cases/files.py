"""Files as people bring them, and as nobody should: real bytes, made here."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from maatwerkplan.documents.drawing import DATA

# What every scanner knows as a test, and does no harm (eicar.org). In two parts, or this very
# module would be put in quarantine.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/{kind}" Target="{to}" TargetMode="External"/>'
    "</Relationships>"
)
ODT = "application/vnd.oasis.opendocument.text"


def packed(parts: dict[str, bytes | str], *, deflate: bool = True) -> bytes:
    out = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            moment = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(moment, content, how)
    return out.getvalue()


def a_docx(text: str = "Geachte heer", **more: bytes | str) -> bytes:
    """A text of Word; `more` are other parts, or other content of these, by their name."""
    document = f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>'
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": document, **more})


def an_odt(text: str = "Geachte heer", **more: bytes | str) -> bytes:
    content = f"<office:document-content>{text}</office:document-content>"
    return packed({"mimetype": ODT, "content.xml": content, **more}, deflate=False)


def a_pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None, **saved: Any) -> bytes:
    """One empty page, changed before it is saved."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **saved)
    return out.getvalue()


def an_image(kind: str = "PNG", size: tuple[int, int] = (30, 20), **saved: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind, **saved)
    return out.getvalue()


def a_photograph() -> bytes:
    """Held on its side, and it says where it was taken."""
    image = Image.new("RGB", (30, 20), "orange")
    about = image.getexif()
    about[0x0112], about[0x010E] = 6, "Kerkstraat 12"
    about.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=about)
    return out.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_hidden_script(pdf: pikepdf.Pdf) -> None:
    """Under a link on the page, deep inside, and packed when it is saved."""
    deed = Dictionary(Type=Name.Action, S=Name.URI, URI=String("https://huis.example"))
    deed.Next = Array([Dictionary(S=Name.Launch, F=String("calc.exe"))])
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=deed)
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def with_link(pdf: pikepdf.Pdf) -> None:
    deed = Dictionary(Type=Name.Action, S=Name.URI, URI=String("https://huis.example"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=deed)
    pdf.pages[0].Annots = Array([link])


def with_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["kwaad.exe"] = b"MZ"


def with_plan_data(pdf: pikepdf.Pdf) -> None:
    """As every plan of this house has it."""
    pdf.attachments[DATA] = b"{}"


def with_claim(archive: bytes, size: int) -> bytes:
    """The first part says in both places that it unpacks to so much."""
    changed = bytearray(archive)
    local, central = 22, archive.index(b"PK\x01\x02") + 24
    for at in (local, central):
        changed[at : at + 4] = size.to_bytes(4, "little")
    return bytes(changed)


def as_link(name: str, to: str) -> bytes:
    """A docx in which one part is a way to another place on the disk."""
    out = io.BytesIO(a_docx())
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, to)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """The same archive that says of its first part that there is a password on it."""
    changed = bytearray(archive)
    changed[6] |= 1
    changed[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)
