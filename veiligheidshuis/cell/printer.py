"""Draws a page of HTML as PDF: archivable (PDF/A-3a) and accessible (PDF/UA-1). Knows no Django.

It reads the house's own static files and nothing else of the machine, and asks nothing of the
network: a drawing may hold what somebody typed (veiligheid.md INJ-05). Letters pass through a
folder of its own, because the library that draws them reads files only.
"""

import io
import json
import mimetypes
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import weasyprint
from lxml import etree
from weasyprint.urls import URLFetcher, URLFetcherResponse

FILES = 64  # open at a time: letters, styles and modules
LARGEST = 50 * 1024 * 1024

# Where a document's addresses lead: nowhere but to the house's own static files (static_file).
HOUSE = "https://huis.invalid/"

UA_EXTENSION = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""

XMP_PACKET = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n%b\n<?xpacket end="r"?>'
)


def get_ready() -> None:
    """Nothing to do before the room shuts."""


def done(given: bytes) -> bytes:
    """Of {"html", "attached", "static"}: the PDF. `static` are the folders of the static files."""
    asked = json.loads(given)
    homes = [Path(each).resolve() for each in asked["static"]]
    keep_to([*homes, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()])
    files = [
        weasyprint.Attachment(string=text, name=name, relationship="Source")
        for name, text in asked["attached"].items()
    ]
    document = weasyprint.HTML(string=asked["html"], url_fetcher=fetcher(homes), base_url=HOUSE)
    return claim_ua(document.write_pdf(pdf_variant="pdf/a-3a", attachments=files))


def keep_to(homes: list[Path]) -> None:
    """From here on Python opens no connection and starts no program, reads in these folders only,
    and writes in a folder of its own. What is let in once cannot be let out again."""
    own = Path(tempfile.gettempdir()).resolve()

    def watch(event: str, about: tuple[Any, ...]) -> None:
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.fork")):
            raise PermissionError(f"de tekenkamer doet geen {event}")
        if event == "open" and isinstance(about[0], str | bytes | Path):
            path = Path(about[0] if not isinstance(about[0], bytes) else about[0].decode())
            writes = isinstance(about[1], str) and set(about[1]) & set("wax+")
            allowed = [own] if writes else [own, *homes]
            if not any(path.resolve().is_relative_to(home) for home in allowed):
                raise PermissionError(f"de tekenkamer opent {path} niet")

    sys.addaudithook(watch)


def fetcher(homes: list[Path]) -> URLFetcher:
    """Only the house's static files. What is missing stops the drawing: a document without its
    letters is no document."""

    class StaticFetcher(URLFetcher):
        """Takes what a document needs from the house itself, and nothing from outside."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            content = static_file(url, homes).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return StaticFetcher(fail_on_errors=True)


def static_file(url: str, homes: list[Path]) -> Path:
    """The file behind an address of a static file; raises ValueError for any other address."""
    prefix = f"{HOUSE}static/"
    if not url.startswith(prefix):
        raise ValueError(f"{url} hoort niet in een document van het huis")
    name = unquote(url.removeprefix(prefix).split("?")[0].split("#")[0])
    for home in homes:
        wanted = (home / name).resolve()
        if wanted.is_relative_to(home) and wanted.is_file():
            return wanted
    raise ValueError(f"{url} ligt niet in static/")


def claim_ua(drawn: bytes) -> bytes:
    """Say in the metadata that the tagged PDF/A is PDF/UA-1 too (WeasyPrint can say one)."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        tree = etree.fromstring(pdf.Root.Metadata.read_bytes())
        rdf = tree.find("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF")
        for description in etree.fromstring(UA_EXTENSION):
            rdf.append(description)
        stream = pikepdf.Stream(pdf, XMP_PACKET % etree.tostring(tree))
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = pdf.make_indirect(stream)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()
