"""The outcome: a page for docs/, also on the terminal, and the plans beside it in a file."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks import growth
from benchmarks.gates import (
    FROM,
    MOST_BEYOND_RAW,
    MOST_GROWTH,
    MOST_QUERIES,
    MOST_RATIO,
    asks_ratio,
)
from benchmarks.growth import SEES_AS_MUCH, Growth
from benchmarks.pages import Page
from benchmarks.questions import PROFILES
from benchmarks.results import Cell

DOCS = Path(__file__).resolve().parent.parent / "docs"
INTRODUCTION = """# Wat de muur kost

Gemaakt door `./run bench {size}` op {day}; zie `benchmarks/` en
[ADR 0018](adr/0018-measured-walls.md). Een huis met {size} dossiers, twintig keer zoveel regels in
de tijdlijnen, vier deelnames per dossier en 500 mensen. *Wij* is wat de pagina's vragen, door de
sloten heen; *kaal* is voorbereide SQL die vooraf weet wie wat mag zien en door geen slot gaat. Tijd
is plannen en uitvoeren in de database, in milliseconden, van de middelste van drie mensen, zonder
het inzagelogboek. *Kaal* plant de vraag net als wij; met *plan bewaard* hoeft dat niet meer.
Guardian staat ernaast ter vergelijking: zonder muur, datums en uitsluitingen. Alleen verhoudingen,
plannen en aantallen vragen zijn poorten.

"""
COLUMNS = (
    "vraag", "wie", "wij", "kaal", "keer", "poort", "kaal, plan bewaard", "bladen wij",
    "bladen kaal", "guardian generic", "guardian direct",
)  # fmt: skip
ALL_WELL = "Alle poorten zijn gehaald."
PAGES = """Een hele pagina, in het proces van de webserver: *ms* is de klok, *gewerkt* is wat
processors eraan deden (die van de pagina, en die van PostgreSQL met het inzagelogboek), ook in
milliseconden. Heeft de machine meer te doen, dan loopt de klok door en het werk niet. Het streven
voor de lijst is {list_ms} ms.

"""
PAGE_COLUMNS = ("pagina", "wie", "vragen", "poort", "vragen rondom", "ms", "gewerkt")
GROWTH = """Hoeveel keer zo duur als in een huis met {smaller} dossiers, in dezelfde meting. Er is
een poort voor wie daar evenveel ziet.

"""
LARGER = """De verhouding tot kale SQL is een poort in een huis van {most} dossiers. In dit grotere
huis staat zij erbij en is de groei de poort; zie gates.py."""
GROWTH_COLUMNS = ("vraag", "wie", "wij", "poort", "kaal", "wij boven kaal", "poort")
LIST_MS = 20


def page_of(size: int) -> Path:
    """Where the outcome is kept; what only the night measures has a page of its own."""
    return DOCS / ("benchmarks.md" if size <= FROM else f"benchmarks-{size}.md")


def as_text(
    size: int,
    cells: Sequence[Cell],
    pages: Sequence[Page],
    broken: list[str],
    grown: Sequence[Growth] = (),
) -> str:
    """The whole page."""
    day = date.today().isoformat()  # noqa: DTZ011 - the day on this machine
    parts = [
        INTRODUCTION.format(size=_number(size), day=day),
        *_table(COLUMNS, _rows(size, cells)),
        "",
    ]
    parts += [PAGES.format(list_ms=LIST_MS), *_table(PAGE_COLUMNS, _page_rows(pages)), ""]
    if grown:
        about = GROWTH.format(smaller=_number(growth.smaller_than(size) or 0))
        parts += [about, *_table(GROWTH_COLUMNS, map(_growth_row, grown)), ""]
    if size < FROM:
        parts += [f"De verhoudingen zijn poorten vanaf {_number(FROM)} dossiers; zie gates.py.", ""]
    if not asks_ratio(size):
        parts += [LARGER.format(most=_number(FROM)), ""]
    parts += ["Niet gehaald:", "", *[f"- {gate}" for gate in broken]] if broken else [ALL_WELL]
    return "\n".join(parts) + "\n"


def _table(columns: Sequence[str], rows: Iterable[str]) -> list[str]:
    return [_row(*columns), "|---" * len(columns) + "|", *rows]


def _rows(size: int, cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        beside = [
            _ms(cell.guardians[k]) if k in cell.guardians else "–" for k in ("generic", "direct")
        ]
        yield _row(
            cell.question,
            PROFILES[cell.profile],
            _ms(cell.ours.ms),
            _ms(cell.raw.ms),
            _times(cell.ratio),
            str(MOST_RATIO[cell.code]) if asks_ratio(size) else "–",
            _ms(cell.kept.ms),
            _number(cell.ours.buffers),
            _number(cell.raw.buffers),
            *beside,
        )


def _page_rows(pages: Sequence[Page]) -> Iterator[str]:
    for page in pages:
        numbers = (str(page.queries), str(MOST_QUERIES[page.label]), str(page.round_about))
        worked = _ms(page.worked) if page.worked is not None else "–"
        yield _row(page.label, PROFILES[page.profile], *numbers, _ms(page.ms), worked)


def _growth_row(each: Growth) -> str:
    def gate(most: Mapping[str, float]) -> str:
        known = each.after.profile in SEES_AS_MUCH and each.after.code in most
        return _times(most[each.after.code]) if known else "–"

    who = PROFILES[each.after.profile]
    ours = (_times(each.ours), gate(MOST_GROWTH))
    beside = (_times(each.raw), _times(each.beyond_raw), gate(MOST_BEYOND_RAW))
    return _row(each.after.question, who, *ours, *beside)


def _row(*values: str) -> str:
    return "| " + " | ".join(values) + " |"


def _ms(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _times(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def keep_plans(size: int, cells: Sequence[Cell]) -> Path:
    """Every plan of ours and of raw SQL, to look at when a gate fails."""
    path = Path(os.environ["VH_VAR"]) / f"bench-{size}-plans.json"
    plans = {
        f"{cell.question}, {cell.profile}": {"wij": cell.ours.plans, "kaal": cell.raw.plans}
        for cell in cells
    }
    path.write_text(json.dumps(plans, indent=1))
    return path
