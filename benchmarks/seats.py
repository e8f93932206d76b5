"""Who works in the house that is measured: 500 people of a dozen organisations."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

import psycopg

T = TypeVar("T")
INTERVENTIEMANAGERS, PARTNERS, OFFICE = 430, 60, 10
# What part of all cases the contact points of an organisation know.
LARGE = {"politie": 0.25, "openbaar-ministerie": 0.15, "gemeente-heerlen": 0.15}
SMALL_SHARE, SMALL = 0.05, 9


@dataclass(frozen=True)
class Organisation:
    """Whom people work for, the group of its contact points, and what part of all it knows."""

    pk: int
    slug: str
    group: int
    share: float


@dataclass(frozen=True)
class Seat:
    """Somebody who works in the house."""

    pk: int
    role: str
    organisation: Organisation
    group: int


class Weighed(Generic[T]):
    """Things of which one is picked more often than another."""

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self._things = [thing for thing, _ in weights]
        self._heaped = list(accumulate(weight for _, weight in weights))

    def pick(self, chance: random.Random) -> T:
        return chance.choices(self._things, cum_weights=self._heaped)[0]


def few_with_many(people: Sequence[Seat]) -> Weighed[Seat]:
    """The first has four times as much as the tenth, and the tenth as the fiftieth."""
    return Weighed([(person, 1 / (rank + 3)) for rank, person in enumerate(people)])


def organisations(owner: psycopg.Connection) -> list[Organisation]:
    """Three large ones, of which one very large, and nine that know five in a hundred cases."""
    rows = owner.execute(
        "SELECT id, slug, group_id FROM partners_organisation"
        " WHERE wgs_class IN ('lid_1', 'lid_2') ORDER BY slug"
    ).fetchall()
    houses = [
        Organisation(pk, slug, group, LARGE.get(slug, SMALL_SHARE)) for pk, slug, group in rows
    ]
    small = [house for house in houses if house.slug not in LARGE]
    return [house for house in houses if house.slug in LARGE] + small[:SMALL]


def seat_everybody(owner: psycopg.Connection, houses: Sequence[Organisation]) -> Iterator[Seat]:
    """All 500, in their own groups; every ketenpartner is a contact point of his organisation."""
    roles = ["interventiemanager"] * INTERVENTIEMANAGERS + ["ketenpartner"] * PARTNERS
    roles += ["bedrijfsbureau", "manager"] * (OFFICE // 2)
    for n, role in enumerate(roles):
        yield _seat(owner, f"{role}{n}", role, houses[n % len(houses)])


def _seat(owner: psycopg.Connection, name: str, role: str, house: Organisation) -> Seat:
    group = _new(owner, "INSERT INTO auth_group (name) VALUES (%s)", [f"persoon:{name}"])
    pk = _new(
        owner,
        """INSERT INTO partners_user (username, password, first_name, last_name, email, is_staff,
             is_superuser, is_active, date_joined, organisation_id, personal_group_id)
           VALUES (%s, '!', 'Proef', %s, '', false, false, true, now(), %s, %s)""",
        [name, name.capitalize(), house.pk, group],
    )
    for each in [group, house.group] if role == "ketenpartner" else [group]:
        owner.execute(
            "INSERT INTO partners_user_groups (user_id, group_id) VALUES (%s, %s)", [pk, each]
        )
    owner.execute(
        """INSERT INTO partners_appointment (user_id, role, start_date, granted_at)
           VALUES (%s, %s, '2020-01-01', '2020-01-01')""",
        [pk, role],
    )
    owner.execute(
        """INSERT INTO partners_clearance (user_id, kind, seen_on, valid_until, recorded_at)
           SELECT %s, kind, '2020-01-01', vh.today() + 365, '2020-01-01'
           FROM unnest(ARRAY['vog', 'scholing', 'geheimhouding']) AS kind""",
        [pk],
    )
    return Seat(pk, role, house, group)


def _new(owner: psycopg.Connection, statement: str, values: list[object]) -> int:
    row = owner.execute(f"{statement} RETURNING id", values).fetchone()
    return int(row[0]) if row else 0
