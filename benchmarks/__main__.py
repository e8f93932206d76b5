"""`./run bench N` comes here: build the house, measure, write it down, and say what failed."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")
django.setup()

import psycopg  # noqa: E402 - the house must be set up before its functions are there
from django.db import connections  # noqa: E402

from benchmarks import gates, growth, report, results  # noqa: E402
from benchmarks.house import house_of  # noqa: E402
from benchmarks.pages import Page, pages  # noqa: E402
from benchmarks.viewers import viewers  # noqa: E402
from tests import databases  # noqa: E402
from veiligheidshuis import accesslog  # noqa: E402

SMALLEST = 1_000


def main(size: int, *, write: bool) -> int:
    """The exit code: 1 when a gate fails."""
    smaller = growth.smaller_than(size)
    before = measure(smaller)[0] if smaller else []
    cells, visited = measure(size)
    grown = list(growth.between(before, cells)) if smaller else []
    broken = gates.broken(size, cells, visited, grown)
    text = report.as_text(size, cells, visited, broken, grown)
    print(text)
    print(f"De plannen staan in {report.keep_plans(size, cells)}.")
    if write:
        report.page_of(size).write_text(text)
    return 1 if broken else 0


def measure(size: int) -> tuple[list[results.Cell], list[Page]]:
    """All questions and pages in a house of this size."""
    print(f"Ik maak een huis met {size} dossiers (of neem dat van de vorige keer) ...", flush=True)
    name = house_of(size)
    connections["default"].settings_dict["NAME"] = name
    with psycopg.connect(databases.with_name(databases.OWNER_URL, name), autocommit=True) as owner:
        people = list(viewers(owner))
        cells = list(results.cells(owner, people))
    visited = pages(people)
    accesslog.close()
    connections.close_all()
    return cells, visited


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    if wanted < SMALLEST:
        sys.exit(f"Neem een huis van ten minste {SMALLEST} dossiers.")
    sys.exit(main(wanted, write="--schrijf" in sys.argv))
