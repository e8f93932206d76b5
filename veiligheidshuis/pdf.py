"""The only room that draws PDF: archivable (PDF/A-3a) and accessible (PDF/UA-1) at once.

WeasyPrint needs three system libraries that no wheel carries. Without them the house runs, and
whoever needs a PDF is told why there is none.
"""

import io
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.template.loader import render_to_string

# Where a document's addresses lead: nowhere but to our own static files (static_file).
HOUSE = "https://huis.invalid/"

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

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


@cache
def unavailable() -> str:
    """Why this machine cannot draw a PDF, in words for the user; empty when it can."""
    try:
        import weasyprint  # noqa: F401 - may fail on a bare machine
    except OSError:
        return (
            "Op deze computer kan geen pdf worden gemaakt. "
            f"Vraag de beheerder om dit uit te voeren: apt-get install {LIBRARIES}"
        )
    return ""


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Draw a template as PDF. Raises OSError on a machine without the libraries."""
    import weasyprint

    html = render_to_string(template, context)
    document = weasyprint.HTML(string=html, url_fetcher=_locked_fetcher(), base_url=HOUSE)
    return _claim_ua(document.write_pdf(pdf_variant="pdf/a-3a"))


def _locked_fetcher() -> Any:
    """Only our own static files, never the network or another file of the machine.

    What is missing stops the drawing: a document without its letters is no document.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        """Takes what a document needs from the house itself, and nothing from outside."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, static_file(url).read_bytes(), {"Content-Type": kind})

    return StaticFetcher(fail_on_errors=True)


def static_file(url: str) -> Path:
    """The file behind an address of a static file; raises ValueError for any other address."""
    prefix = f"{HOUSE}{settings.STATIC_URL.lstrip('/')}"
    if not url.startswith(prefix):
        raise ValueError(f"{url} hoort niet in een document van het huis")
    name = unquote(url.removeprefix(prefix).split("?")[0].split("#")[0])
    for home in (Path(settings.STATIC_ROOT), settings.ROOT / "static"):
        wanted = (home / name).resolve()
        if wanted.is_relative_to(home.resolve()) and wanted.is_file():
            return wanted
    raise ValueError(f"{url} ligt niet in static/")


def _claim_ua(drawn: bytes) -> bytes:
    """Say in the metadata that the tagged PDF/A is PDF/UA-1 too (WeasyPrint can say one)."""
    import pikepdf
    from lxml import etree

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
