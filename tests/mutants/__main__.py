"""./run mutants: spoil the house on purpose and see whether the tests notice."""

import logging
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")
django.setup()

import psycopg  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from demo.people import seat_people  # noqa: E402
from tests import databases  # noqa: E402
from tests.attempts.house import House, make_house  # noqa: E402
from tests.conftest import go_to  # noqa: E402
from tests.mutants import report  # noqa: E402
from tests.mutants.database import Mutant, all_mutants  # noqa: E402
from tests.mutants.net import Net  # noqa: E402
from tests.mutants.pages_net import PagesNet, catch_all  # noqa: E402
from tests.mutants.source import Spoiled, all_spoiled  # noqa: E402

SEED = 20060907  # 7 September 2006: the covenant
SAMPLE = 200


@contextmanager
def house_of_its_own() -> Iterator[House]:
    """A furnished house that may be spoiled; gone afterwards."""
    name = f"vh_mutants_{os.getpid()}"
    databases.copy(name)
    go_to(name)
    seat_people()
    owner_url = databases.with_name(databases.OWNER_URL, name)
    app_url = databases.with_name(os.environ["DATABASE_URL"], name)
    try:
        with (
            psycopg.connect(owner_url, autocommit=True) as owner,
            psycopg.connect(app_url, autocommit=True) as app,
        ):
            owner.execute("SELECT show_limit()")  # loads pg_trgm: a function names its setting
            yield make_house(name, owner, app)
    finally:
        go_to("postgres")
        databases.drop(name)


def chosen(mutants: Sequence[Any], number: int) -> list[Any]:
    """So many, of every kind in turn; always the same ones."""
    by_kind: dict[str, list[Mutant | Spoiled]] = defaultdict(list)
    for mutant in mutants:
        by_kind[mutant.kind].append(mutant)
    for some in by_kind.values():
        random.Random(SEED).shuffle(some)
    in_turn = chain.from_iterable(zip_longest(*by_kind.values()))
    return [mutant for mutant in in_turn if mutant][:number]


def spoil_the_wall(house: House, number: int) -> Iterator[report.Outcome]:
    """Every chosen mutant of the database, caught or not."""
    net = Net(house, SEED)
    for mutant in chosen(all_mutants(house.owner), number):
        yield said("database", mutant, net.catches(mutant))


def spoil_the_pages(house: House, number: int) -> Iterator[report.Outcome]:
    """Every chosen mutant of the code, with the wall down, caught or not."""
    for spoiled, betrayed in catch_all(PagesNet(house), chosen(all_spoiled(), number)):
        yield said("pagina's", spoiled, betrayed)


def said(layer: str, mutant: Mutant | Spoiled, betrayed: str) -> report.Outcome:
    print(f"{'gevonden' if betrayed else 'NIET    '}  {mutant.name}", flush=True)  # noqa: T201
    return report.Outcome(layer, mutant.kind, mutant.name, betrayed)


def main(arguments: Sequence[str]) -> int:
    """Spoil, count, write the page; 1 when a net has holes."""
    number = int(arguments[0]) if arguments else SAMPLE
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    with house_of_its_own() as house:
        outcomes = [*spoil_the_wall(house, number), *spoil_the_pages(house, number)]
    report.PAGE.write_text(report.as_page(outcomes))
    return 0 if report.good_enough(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
