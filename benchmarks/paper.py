"""`./run bench papier` comes here: what a sealed plan of four pages costs, and checking it.

Measured in the process in which the work is done: the closed room. Reported, no gate: the clock of
a machine that does other things as well says little, what its processor did says more.
"""

import io
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")
django.setup()

import pikepdf  # noqa: E402 - the house must be set up before its functions are there
from django.conf import settings  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.utils import timezone  # noqa: E402

from maatwerkplan.models import Party, Signature  # noqa: E402
from stack.sealing import seal_certificate, seal_key  # noqa: E402
from veiligheidshuis import cell, formats, pdf, seal  # noqa: E402

TIMES = 10
PAGES = 4
WANTED_MS, WANTED_MB = 1500, 250  # issue 5, Measured
PAGE = settings.ROOT / "docs" / "benchmarks-papier.md"
PART = {
    "leefgebied": "Huisvesting",
    "wat": "Begeleid wonen, met elke week een gesprek over geld, werk en gezondheid.",
    "wie": "Leger des Heils",
    "vanaf": "maandag 4 januari 2027",
    "tot_en_met": "vrijdag 2 juli 2027",
    "kader": "Dit is vrijwillig.",
    "begeleiding": "Dit is trajectbegeleiding: zo staat u er niet alleen voor bij dit plan.",
    "voorwaarde": "",
}


class Cost(NamedTuple):
    """What one piece of work cost: the clock, the processor, and the most memory it held."""

    what: str
    clock_ms: float
    work_ms: float
    megabytes: float


def plan_of(parts: int) -> str:
    """The page of a plan with so many actions."""
    content = {
        "titel": "Plan van An Prins",
        "dossier": "VH-2026-0001",
        "volgnummer": 1,
        "interventiemanager": "Samira Haddou",
        "inleiding": "Samen met drie organisaties hebben we een plan voor u gemaakt.",
        "onderdelen": [PART] * parts,
        "afspraken_client": ["U doet mee aan de onderdelen van dit plan."],
        "afspraken_huis": ["Alles begint op tijd."],
    }
    now = timezone.now()
    signatures = [
        {"given": Signature(party=party, name="An Prins", signed_at=now)} for party in Party
    ]
    context = {"plan": content, "sha256": "0" * 64, "signatures": signatures}
    return render_to_string("maatwerkplan/pdf.html", context)


def four_pages() -> str:
    """As many actions as fill four pages."""
    for parts in range(10, 60, 2):
        page = plan_of(parts)
        with pikepdf.open(io.BytesIO(pdf.print_html(page, {}))) as drawn:
            if len(drawn.pages) >= PAGES:
                return page
    raise SystemExit("Zo veel acties passen er niet op vier bladzijden.")


def measured(what: str, deed: Callable[[], object]) -> Cost:
    """The middle of ten times, with its part of the work of the closed rooms and their keeper."""
    clock, before = [], _worked()
    for _ in range(TIMES):
        begin = time.perf_counter()
        deed()
        clock.append((time.perf_counter() - begin) * 1000)
    cell.leave()  # what a room worked counts when its keeper has come back
    work = (_worked() - before) * 1000 / TIMES
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Cost(what, statistics.median(clock), work, most)


def _worked() -> float:
    """What processors did for us and for the rooms that ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def report(costs: list[Cost]) -> str:
    lines = [
        "# Wat een verzegeld plan kost",
        "",
        f"Gemaakt door `./run bench papier` op {formats.long_date(timezone.localdate())}: een",
        f"plan van {PAGES} bladzijden (PDF/A-3a, PDF/UA-1), in een eigen proces zonder netwerk, de",
        f"middelste van {TIMES} keer. *Klok* hangt af van wat de machine verder doet; *gewerkt*",
        f"is alles bij elkaar gedeeld door {TIMES}, met het klaarzetten van de kamer.",
        f"Het streven is {WANTED_MS} ms en {WANTED_MB} MB voor maken en verzegelen samen; het is",
        "geen poort. Geheugen is het meeste dat een proces tot dan toe nam.",
        "",
        "| wat | klok (ms) | gewerkt (ms) | geheugen (MB) |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {each.what} | {each.clock_ms:.0f} | {each.work_ms:.0f} | {each.megabytes:.0f} |"
        for each in costs
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, say it, and write it down."""
    settings.SEAL_KEY = seal_key()
    settings.SEAL_CERTIFICATE = seal_certificate(settings.SEAL_KEY)
    page = four_pages()
    sealed = seal.seal(pdf.print_html(page, {"plan.json": "{}"}))
    cell.leave()
    text = report(
        [
            measured("maken", lambda: pdf.print_html(page, {"plan.json": "{}"})),
            measured(
                "maken en verzegelen",
                lambda: seal.seal(pdf.print_html(page, {"plan.json": "{}"})),
            ),
            measured("controleren", lambda: seal.examine(sealed)),
        ]
    )
    print(text)
    if "--schrijf" in sys.argv:
        PAGE.write_text(text)


if __name__ == "__main__":
    main()
