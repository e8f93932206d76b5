"""The only room that makes PDF: archivable (PDF/A-3a) and accessible (PDF/UA-1) at once.

It is drawn in a closed room (cell/printer.py). WeasyPrint needs three system libraries that no
wheel carries. Without them the house runs, and whoever needs a PDF is told why there is none.
"""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from veiligheidshuis import cell

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
SECONDS_TO_DRAW = 60


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


def render_pdf(
    template: str, context: dict[str, Any], attached: dict[str, str] | None = None
) -> bytes:
    """Draw a template as PDF. Raises cell.NoAnswer, also on a machine without the libraries.

    `attached` are texts that lie in it as files, by name: what the paper says, for a computer.
    """
    return print_html(render_to_string(template, context), attached or {})


def print_html(html: str, attached: dict[str, str]) -> bytes:
    """Draw a page of HTML, in a process that sees our static files and nothing else."""
    homes = [str(settings.STATIC_ROOT), str(settings.ROOT / "static")]
    asked = {"html": html, "attached": attached, "static": homes}
    return cell.ask("printer", json.dumps(asked).encode(), seconds=SECONDS_TO_DRAW)
