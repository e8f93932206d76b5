"""`./run bench N` comes here: build the house, measure, write it down, and say what failed."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")
django.setup()

import psycopg  # noqa: E402 - the house must be set up before its functions are there
from django.db import connections  # noqa: E402

from benchmarks import gates, report, results  # noqa: E402
from benchmarks.house import house_of  # noqa: E402
from benchmarks.pages import pages  # noqa: E402
from benchmarks.viewers import viewers  # noqa: E402
from tests import databases  # noqa: E402
from veiligheidshuis import accesslog  # noqa: E402

SMALLEST = 1_000


def main(size: int, *, write: bool) -> int:
    """The exit code: 1 when a gate fails."""
    print(f"Ik maak een huis met {size} dossiers (of neem dat van de vorige keer) ...", flush=True)
    name = house_of(size)
    connections["default"].settings_dict["NAME"] = name
    with psycopg.connect(databases.with_name(databases.OWNER_URL, name), autocommit=True) as owner:
        people = list(viewers(owner))
        cells = list(results.cells(owner, people))
    visited = pages(people)
    accesslog.close()
    connections.close_all()
    broken = gates.broken(size, cells, visited)
    text = report.as_text(size, cells, visited, broken)
    print(text)
    print(f"De plannen staan in {report.keep_plans(size, cells)}.")
    if write:
        report.TABLE.write_text(text)
    return 1 if broken else 0


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    if wanted < SMALLEST:
        sys.exit(f"Neem een huis van ten minste {SMALLEST} dossiers.")
    sys.exit(main(wanted, write="--schrijf" in sys.argv))
