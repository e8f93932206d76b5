"""Reads a file that somebody brings for a dossier: what it is, and whether it can do anything.

Runs in a closed room; knows no Django. A name says nothing here: a file is what its content is, of
a short list, and whole: nothing before it, nothing after it, nothing in it that runs, opens or
fetches something. An image is drawn anew, so that neither a hidden file nor the place where a
photograph was taken comes along. veiligheid.md UPL-02, UPL-05 and UPL-06.
"""

import base64
import codecs
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from defusedxml import ElementTree
from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401 - taken in when needed

FILES = LARGEST = 0  # it opens nothing and writes nothing

MOST_PIXELS = 40_000_000  # a page of A4 at 600 dots to the inch is 35 million
MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
PACKED = b"PK\x03\x04"
MARKED_UP = re.compile(rb"<(?:script|html|svg|!doctype|iframe|object)\b", re.I)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What a PDF may not hold: what runs, what is sent off, what lies in it as a file.
PDF_KEYS = {"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
PDF_DEEDS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"),
    *("/Movie", "/Sound", "/RichMediaExecute"),
}
PDF_MARKS = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/3D", "/FileAttachment"}
# What a text may be packed with: words, styles, letters and pictures, by the end of the name.
PARTS = {
    *("xml", "rels", "rdf", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf"),
    *("odttf", "mimetype", "layout-cache"),
}
RUNS = re.compile(r"(^|/)(basic|scripts|activex|embeddings|macros|vba\w*|object \d+)(/|\.|$)", re.I)
WORD_IS = b"wordprocessingml.document.main+xml"
ODT_IS = b"application/vnd.oasis.opendocument.text"
FETCHES = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|plugin|applet|floating-frame)|text:section-source)\b"
    rb"""[^>]*xlink:href=["']?\s*[a-z]+:""",
    re.I,
)


# The plan as data, that lies in every plan of this house: to say what it is, not to let it in.
OWN_DATA = "plan.json"


class Unfit(Exception):
    """Why this file is not taken: a word that `uploads` has a sentence for."""


def get_ready() -> None:
    """Before the room shuts: kinds of image and of letters are taken in when they are needed."""
    Image.preinit()
    for letters in ("utf-8-sig", "cp437"):
        codecs.lookup(letters)


def done(given: bytes) -> bytes:
    """Of the bytes of a file: {"kind", "content" (base64)} as it may be kept, or {"unfit"}."""
    try:
        kind, content = read(given)
    except Unfit as why:
        return json.dumps({"unfit": str(why)}).encode()
    return json.dumps({"kind": kind, "content": base64.b64encode(content).decode()}).encode()


def read(given: bytes) -> tuple[str, bytes]:
    """What kind of file it is and what is kept of it. Raises Unfit."""
    if given.startswith(b"%PDF-"):
        return "pdf", as_pdf(given)
    if given.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", as_image(given, "PNG")
    if given.startswith(b"\xff\xd8\xff"):
        return "jpeg", as_image(given, "JPEG")
    if given.startswith(PACKED):
        return as_packed(given)
    return "txt", as_text(given)


def as_text(given: bytes) -> bytes:
    """Words and nothing else: no page for a browser, and no file that calls itself a text."""
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as other:
        raise Unfit("unknown") from other
    if CONTROL.search(text):
        raise Unfit("unknown")
    if text.lstrip().startswith("<") or MARKED_UP.search(given):
        raise Unfit("active")
    return given


def as_image(given: bytes, kind: str) -> bytes:
    """The picture that can be seen, drawn anew: upright, and without anything that came along."""
    try:
        with Image.open(io.BytesIO(given), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit("too_many_pixels")
            image.load()
            upright = ImageOps.exif_transpose(image)
    except Image.DecompressionBombError as bomb:
        raise Unfit("too_many_pixels") from bomb
    except (OSError, SyntaxError, ValueError) as broken:
        raise Unfit("broken") from broken
    if "transparency" in upright.info:
        upright = upright.convert("RGBA")
    upright.info = {}
    out = io.BytesIO()
    more: dict[str, Any] = {"quality": 90} if kind == "JPEG" else {}
    upright.save(out, format=kind, **more)
    return out.getvalue()


# --- PDF ------------------------------------------------------------------------------------------


def as_pdf(given: bytes) -> bytes:
    """A paper that only shows: one file from its first byte to its last, without a lock on it."""
    if b"%%EOF" not in given:  # it was cut off on its way
        raise Unfit("broken")
    if not given.rstrip(b"\x00\r\n\t ").endswith(b"%%EOF"):
        raise Unfit("more_than_one")
    if zipfile.is_zipfile(io.BytesIO(given)) or MARKED_UP.search(given):
        raise Unfit("more_than_one")
    if b"/Encrypt" in given:  # to open it, even without a password, takes more than there is here
        raise Unfit("locked")
    try:
        with pikepdf.open(io.BytesIO(given), attempt_recovery=False) as pdf:
            if any(acts(each) for each in dictionaries(pdf)):
                raise Unfit("own_plan" if OWN_DATA in pdf.attachments else "active")
    except (pikepdf.PdfError, RecursionError) as broken:
        raise Unfit("broken") from broken
    return given


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the paper, also one that lies within another."""
    waiting = [*pdf.objects, pdf.trailer]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            inside = list(each.values())
        else:
            inside = list(each) if isinstance(each, pikepdf.Array) else []
        waiting += [one for one in inside if not getattr(one, "is_indirect", False)]


def acts(each: Any) -> bool:
    """Whether this does something when the paper is opened or touched, or is a file of its own."""
    return bool(
        PDF_KEYS & set(each.keys())
        or str(each.get("/S", "")) in PDF_DEEDS
        or str(each.get("/Subtype", "")) in PDF_MARKS
        or str(each.get("/Type", "")) == "/EmbeddedFile"
    )


# --- DOCX and ODT ---------------------------------------------------------------------------------


def as_packed(given: bytes) -> tuple[str, bytes]:
    """A text of Word or LibreOffice. Nothing is unpacked to anywhere; it is counted, and read."""
    try:
        with zipfile.ZipFile(io.BytesIO(given)) as packed:
            weigh_cover(given, packed)
            parts = unpacked(packed)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as broken:
        raise Unfit("broken") from broken
    except RuntimeError as locked:  # a password
        raise Unfit("locked") from locked
    if parts.get("mimetype", b"").strip() == ODT_IS:
        return "odt", as_odt(given, parts)
    return "docx", as_docx(given, parts)


def weigh_cover(given: bytes, packed: zipfile.ZipFile) -> None:
    """Before anything is unpacked: how much it says that it holds, under which names."""
    about = packed.infolist()
    if len(about) > MOST_PARTS or sum(each.file_size for each in about) > MOST_UNPACKED:
        raise Unfit("too_much_inside")
    if given[-22:-18] != b"PK\x05\x06" or min((each.header_offset for each in about), default=1):
        raise Unfit("more_than_one")
    if len({each.filename for each in about}) < len(about):
        raise Unfit("broken")
    for each in about:
        if each.flag_bits & 1:
            raise Unfit("locked")
        if leads_away(each) or RUNS.search(each.filename) or not is_part(each.filename):
            raise Unfit("active")


def leads_away(each: zipfile.ZipInfo) -> bool:
    """A name that would come down outside the folder, or a way to another place."""
    name = each.orig_filename
    steps = name.replace("\\", "/").split("/")
    is_link = (each.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or "\\" in name or ":" in name or ".." in steps


def is_part(name: str) -> bool:
    last = name.rsplit("/", 1)[-1].lower()
    return not last or last.rsplit(".", 1)[-1] in PARTS


def unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """Every part, as far as what was said of its size is true; none is a file of its own."""
    parts, left = {}, MOST_UNPACKED
    for each in packed.infolist():
        with packed.open(each) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unfit("too_much_inside")
        if content.startswith((PACKED, b"MZ", b"%PDF-", b"\x7fELF")):
            raise Unfit("active")
        parts[each.filename] = content
    return parts


def as_docx(given: bytes, parts: dict[str, bytes]) -> bytes:
    """A text without macros, that takes nothing from elsewhere when it is opened."""
    kinds = parts.get("[Content_Types].xml", b"")
    if WORD_IS not in kinds or "word/document.xml" not in parts:
        raise Unfit("unknown")
    if b"macroenabled" in kinds.lower():
        raise Unfit("active")
    for name, content in parts.items():
        if name.lower().endswith(".rels") and fetches(content):
            raise Unfit("active")
    return given


def fetches(relations: bytes) -> bool:
    """Whether it brings in anything from outside; a link that somebody clicks on is none."""
    try:
        tree = ElementTree.fromstring(relations)
    except (ElementTree.ParseError, ValueError) as broken:  # also what defusedxml refuses
        raise Unfit("broken") from broken
    return any(
        each.get("TargetMode", "").lower() == "external"
        and not each.get("Type", "").endswith("/hyperlink")
        for each in tree.iter()
    )


def as_odt(given: bytes, parts: dict[str, bytes]) -> bytes:
    if "content.xml" not in parts:
        raise Unfit("unknown")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unfit("locked")
    if any(FETCHES.search(content) for content in parts.values()):
        raise Unfit("active")
    return given
