"""./run mutants: spoil the house on purpose and see whether the tests notice."""

import logging
import os
import random
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veiligheidshuis.settings")
django.setup()

import psycopg  # noqa: E402
from django.db import connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from demo.people import seat_people  # noqa: E402
from tests import databases  # noqa: E402
from tests.attempts.house import House, make_house  # noqa: E402
from tests.conftest import go_to  # noqa: E402
from tests.mutants import kept, report  # noqa: E402
from tests.mutants.database import Mutant, all_mutants  # noqa: E402
from tests.mutants.net import Net  # noqa: E402
from tests.mutants.pages_net import PagesNet, catch_all  # noqa: E402
from tests.mutants.source import Spoiled, all_spoiled  # noqa: E402
from veiligheidshuis import accesslog  # noqa: E402

SEED = 20060907  # 7 September 2006: the covenant
SAMPLE = {"database": 300}  # of the wall; of the pages, and with --all of both, every one is made


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
        connections.close_all()
        accesslog.close()
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
    if betrayed:
        kept.keep(mutant.name, betrayed)
    print(f"{'gevonden' if betrayed else 'NIET    '}  {mutant.name}", flush=True)  # noqa: T201
    return report.Outcome(layer, mutant.kind, mutant.name, betrayed, mutant.changes_nothing)


LAYERS = {"database": spoil_the_wall, "pagina's": spoil_the_pages}  # in this order


def main(arguments: Sequence[str]) -> int:
    """Spoil, count, write the page; 1 when a net has holes."""
    asked = ArgumentParser(prog="./run mutants")
    asked.add_argument("--all", action="store_true", help="alle mutanten, en geen keuze")
    asked.add_argument("--laag", choices=LAYERS, help="deze laag alleen; dan geen bladzijde")
    asked.add_argument("--naam", default="", help="die dit in hun naam hebben; geen bladzijde")
    asked.add_argument("--hervat", action="store_true", help="alleen wat nog niet gevonden is")
    said_so = asked.parse_args(arguments)
    before = kept.found_before() if said_so.hervat else {}
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    with house_of_its_own() as house:
        there = {"database": all_mutants(house.owner), "pagina's": all_spoiled()}
        for layer, some in there.items():
            there[layer] = [mutant for mutant in some if said_so.naam in mutant.name]
        outcomes = []
        for layer in [said_so.laag] if said_so.laag else LAYERS:
            number = len(there[layer]) if said_so.all else SAMPLE.get(layer, len(there[layer]))
            outcomes += outcomes_of(layer, house, chosen(there[layer], number), before)
    if not (said_so.laag or said_so.naam):
        numbers = {layer: len(some) for layer, some in there.items()}
        report.PAGE.write_text(report.as_page(outcomes, numbers))
    return 0 if report.good_enough(outcomes) else 1


def outcomes_of(
    layer: str, house: House, made: Sequence[Any], before: Mapping[str, str]
) -> Iterator[report.Outcome]:
    """What came of each: as it was found before, or as it is found now."""
    for mutant in made:
        if mutant.name in before:
            about = (mutant.name, before[mutant.name], mutant.changes_nothing)
            yield report.Outcome(layer, mutant.kind, *about)
    yield from LAYERS[layer](house, [each for each in made if each.name not in before])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
