"""A furnished house in which everybody has his seat, and the ways in."""

from dataclasses import dataclass
from datetime import time, timedelta

import psycopg
from django.utils import timezone

from agenda import operations as agenda
from tests import situations
from tests.attempts import people, wall
from tests.attempts.bare import Facts
from tests.attempts.people import Somebody
from tests.attempts.rare import RARE, seat_the_rare
from tests.attempts.reference import Asker
from tests.house.test_two_faces import World as Bare
from tests.house.world import World, furnish
from veiligheidshuis.needtoknow import acting_as

SHARP = ("ketenpartner", "bedrijfsbureau")
TOLD = ("", "demo", RARE, "elders")  # states of which there is one or another in the house


@dataclass
class House:
    """A furnished house with everybody in it, and the two ways in: as its owner and as the app."""

    name: str
    world: World
    bare: Bare
    people: list[Somebody]
    owner: psycopg.Connection
    app: psycopg.Connection

    def facts(self) -> Facts:
        rows = self.owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r'"
        )
        return Facts.of(self.owner, [name for (name,) in rows])

    def sharpest(self, *roles: str) -> list[Somebody]:
        """Whose attempts tell the rest, as spoiling the house showed (tests/mutants): the people of
        the house, the rare, and every state of these roles (of two, unless others are named)."""
        return [p for p in self.people if p.state in TOLD or p.role in (roles or SHARP)]

    def asker(self, facts: Facts, somebody: Somebody) -> Asker:
        return Asker.of(facts, self.bare, somebody.pk)


def make_house(name: str, owner: psycopg.Connection, app: psycopg.Connection) -> House:
    """Furnish the database that the application is connected to now."""
    world = furnish()
    situations.local_case(by="om")
    users = dict(owner.execute("SELECT username, id FROM partners_user").fetchall())
    cases = [pk for (pk,) in owner.execute("SELECT id FROM cases_case ORDER BY number")]
    bare = Bare(owner, cases, users)
    demo = people.demo_people(owner)
    everybody = demo + people.seat_everybody(bare) + seat_the_rare(bare)
    people.complete(bare, everybody)
    plan_a_meeting(world)
    owner.execute(wall.TRY_ALL)
    return House(name, world, bare, everybody, owner, app)


def plan_a_meeting(world: World) -> None:
    """One that is still to come: the others of the world were held."""
    office, leader = (situations.user(name) for name in ("bureau", "samira"))
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate() + timedelta(days=7),
            starts=time(9, 30),
            ends=time(11),
            place="Vergaderkamer 2",
            note_taker=office,
            by=office,
        )
        case = world.circles["de ondertekenaar"].case
        agenda.put_on_agenda(meeting, case, question="Hoe gaat het?", people=[leader], by=office)
