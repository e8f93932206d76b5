"""A small paper to put a seal on, drawn as the house draws them."""

from functools import cache

from veiligheidshuis import pdf

DATA = '{"tekst": "wat is afgesproken"}'


@cache
def drawn(title: str = "Een plan") -> bytes:
    """A page without a seal, with data in it."""
    html = f"<html lang=nl><title>{title}</title><h1>{title}</h1><p>Wat is afgesproken.</p></html>"
    return pdf.print_html(html, {"plan.json": DATA})
