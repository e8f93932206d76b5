"""./run mutants: spoil the house on purpose and see whether the tests notice."""

import logging
import os
import random
import sys
from argparse import ArgumentParser
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
SAMPLE = {"database": 300, "pagina's": 250}  # in less than an hour; --all makes all of them


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


def spoil_the_wall(house: House, mutants: Sequence[Mutant]) -> Iterator[report.Outcome]:
    """Every mutant of the database, caught or not."""
    net = Net(house, SEED)
    for mutant in mutants:
        yield said("database", mutant, net.catches(mutant))


def spoil_the_pages(house: House, spoiled: Sequence[Spoiled]) -> Iterator[report.Outcome]:
    """Every mutant of the code, with the wall down, caught or not."""
    for each, betrayed in catch_all(PagesNet(house), list(spoiled)):
        yield said("pagina's", each, betrayed)


def said(layer: str, mutant: Mutant | Spoiled, betrayed: str) -> report.Outcome:
    print(f"{'gevonden' if betrayed else 'NIET    '}  {mutant.name}", flush=True)  # noqa: T201
    return report.Outcome(layer, mutant.kind, mutant.name, betrayed, mutant.changes_nothing)


def main(arguments: Sequence[str]) -> int:
    """Spoil, count, write the page; 1 when a net has holes."""
    asked = ArgumentParser(prog="./run mutants")
    asked.add_argument("--all", action="store_true", help="alle mutanten, en geen keuze")
    everything = asked.parse_args(arguments).all
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    with house_of_its_own() as house:
        mutants = {"database": all_mutants(house.owner), "pagina's": all_spoiled()}
        there = {layer: len(some) for layer, some in mutants.items()}
        made = {
            layer: chosen(some, there[layer] if everything else SAMPLE[layer])
            for layer, some in mutants.items()
        }
        outcomes = [
            *spoil_the_wall(house, made["database"]),
            *spoil_the_pages(house, made["pagina's"]),
        ]
    report.PAGE.write_text(report.as_page(outcomes, there))
    return 0 if report.good_enough(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
