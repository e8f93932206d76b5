"""What a spoiled page shows and a sound one hides, and no other test needs: brought in for the net.

Each is here because something went unnoticed without it. They stand in this house alone, so that
the attempts of every test run (tests/attempts) do not have to try them.
"""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from agenda.models import Casusoverleg
from agenda.states import OverlegStatus
from beheerscommissie import operations as area_work
from beheerscommissie.models import Area, NuisanceKind, Overlastmelding
from cases import operations as casework
from cases.models import Noodtoegang
from cases.operations.import_rows import ReadRow
from tests import situations
from tests.attempts.house import House
from tests.attempts.rare import works_at
from tests.attempts.rows import take_notes
from tests.house.doors import Door
from tests.house.world import VISITOR, World
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

LEADER = frozenset({"samira"})
# The police sign on by a service of their own; without it those pages are there for nobody.
SERVICE_ON = "UPDATE partners_identityprovider SET is_on = true"
OPEN_EMERGENCY = """
    INSERT INTO cases_noodtoegang SELECT (jsonb_populate_record(n, jsonb_build_object(
        'id', gen_random_uuid(), 'case_id', %s::text, 'opened_at', now(),
        'ends_at', now() + interval '4 hours'))).*
    FROM cases_noodtoegang n LIMIT 1
"""
# The police supported this victim, and still know the dossier because of it.
SUPPORTED = """
    INSERT INTO cases_participation SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', nextval(pg_get_serial_sequence('cases_participation', 'id')),
        'because_of', %s::text, 'closed_at',
        CASE s.codename WHEN 'view_victim' THEN now() - interval '1 hour' END,
        'closed_by_id', CASE s.codename WHEN 'view_victim' THEN p.granted_by_id END))).*
    FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
    WHERE p.basis = 'slachtoffer' AND p.closed_at IS NULL
"""
MEMBER = """
    INSERT INTO cases_selectielid (prioriteitenlijst_id, user_id)
    SELECT id, %s FROM cases_prioriteitenlijst WHERE status = 'concept'
"""
INVITED = """
    INSERT INTO agenda_invitation SELECT (jsonb_populate_record(i, jsonb_build_object(
        'id', gen_random_uuid(), 'user_id', %s::bigint))).*
    FROM agenda_invitation i JOIN agenda_casusoverleg o ON o.id = i.overleg_id
    WHERE o.status = 'vastgesteld' LIMIT 1 ON CONFLICT DO NOTHING
"""
# Who lost his role is still away, and still has somebody's request for a new second factor.
AWAY = """
    INSERT INTO partners_absence (id, user_id, start_date, end_date)
    VALUES (gen_random_uuid(), %s, vh.today(), vh.today() + 7)
"""
RESET = """
    INSERT INTO partners_factorreset SELECT (jsonb_populate_record(r, jsonb_build_object(
        'id', gen_random_uuid(), 'user_id', %s::bigint))).*
    FROM partners_factorreset r WHERE r.status = 'gevraagd' LIMIT 1
"""
LINK = "dit-is-de-link-van-de-proef"
MAY_COME_IN = """
    UPDATE partners_accountinvitation i SET token_hash = %s, approved_by_id = m.id,
        approved_at = now(), expires_at = now() + interval '1 day'
    FROM partners_user m WHERE m.username = 'manager' AND i.user_id = %s AND i.closed_at IS NULL
"""
JUST_READ_IN = """
    SELECT r.batch_id FROM cases_importrow r JOIN cases_case c ON c.id = r.case_id
    WHERE c.number = 'VH-2026-9901'
"""


def bring_in(house: House) -> None:
    """Everything that goes into the world by itself; its doors follow from the matrix."""
    signed = house.world.circles["de ondertekenaar"].case
    house.owner.execute(SERVICE_ON)
    house.owner.execute(OPEN_EMERGENCY, [str(signed.pk)])
    house.owner.execute(SUPPORTED, [str(house.world.victims["nog eens"].pk)])
    receive_another_list(house.world)
    hear_of_nuisance(house.world)
    with acting_as(situations.user("bureau").pk):
        planned = Casusoverleg.objects.filter(
            status=OverlegStatus.GEPLAND, on__gte=timezone.localdate()
        ).latest("on")
    house.world.meetings["het geplande overleg"] = planned
    seat_who_has_no_business_here(house)


def seat_who_has_no_business_here(house: House) -> None:
    """Somebody without a role with persons who has a place at every table, and somebody
    of the office at a partner; somebody invited who is barred from what it is about; and one who
    was barred and is not any more."""
    chair = situations.user("tweede-voorzitter")
    for somebody in (chair.username, "bureau-leest"):
        works_at(house.bare, somebody, "leger-des-heils")
    for somebody in ("lid-gesloten", "leidt-zonder-slachtoffers"):
        works_at(house.bare, somebody, "rimo-parkstad")
    take_notes(house.bare, chair.pk)
    house.owner.execute(MEMBER, [chair.pk])
    house.owner.execute(INVITED, [situations.user("lid-uitgesloten").pk])
    leader, case = situations.user("samira").pk, house.world.circles["de ondertekenaar"].case.pk
    house.bare.bar(leader, case)
    house.bare.lift(leader, case)
    for left_behind in (AWAY, RESET):
        house.owner.execute(left_behind, [situations.user("ketenpartner-zonder-rol").pk])


def receive_another_list(world: World) -> None:
    """So that a row of one list can be asked for as if it stood on another."""
    office = situations.user("bureau")
    with acting_as(office.pk):
        missing = [ReadRow(2, reason="Geen achternaam.")]
        batch = casework.receive_import("aanvulling.csv", missing, by=office)
        world.rows += batch.rows.select_related("batch")


def hear_of_nuisance(world: World) -> None:
    """A report that waits for its first step: the other one took them all."""
    with acting_as(ANONYMOUS):
        area = Area.objects.get(slug="gasthuis")
        nuisance = area_work.Nuisance(
            kind=NuisanceKind.ZICHT_EN_GELUID,
            place=area.places.first(),
            happened_on=timezone.localdate(),
            day_part="nacht",
            conduct="Muziek.",
        )
        told = {"submission": uuid.uuid4(), "sender": "elders"}
        area_work.file_report(area, nuisance, area_work.Contact(), **told)
    with acting_as(situations.user("buurtregisseur").pk):
        known = [report.pk for report in world.reports]
        world.reports += Overlastmelding.objects.exclude(pk__in=known)


def doors_of_its_own(house: House) -> list[Door]:
    """The ways in that no row of the matrix names: what is open here is closed in the world."""
    signed = house.world.circles["de ondertekenaar"].case.number
    with acting_as(situations.user("bureau").pk):
        opened = Noodtoegang.objects.running().select_related("case").get()
        taker = situations.user("noteerde-gesloten")
        meeting = Casusoverleg.objects.get(note_taker=taker)
        chaired = Casusoverleg.objects.get(note_taker__username="tweede-voorzitter")
    ends = frozenset({"bureau", "manager", "samira"})
    emergency: dict[str, Any] = {"number": opened.case.number, "emergency_id": opened.pk}
    point: dict[str, Any] = {"overleg_id": meeting.pk, "position": 1}
    supported = house.world.victims["de ondertekenaar"]
    unsupported = {"number": signed, "victim_id": supported.pk, "group_id": 999_999}
    offered = tuple({"number": situations.offered_plan().case.number}.items())
    planned = (("overleg_id", house.world.meetings["het geplande overleg"].pk),)
    why, fg = "?doel=rechtmatigheid", frozenset({"fg"})
    whether = f"?person={taker.pk}&scope=know_case&day={situations.typed_day(0)}"
    return [
        Door("privacy:log", (), fg, query=why),  # these answer only who asks something
        Door("privacy:own_people", (), frozenset({"privacy"}), query=why),
        Door("privacy:explain", (), fg, query=whether),
        Door("cases:emergency_end", tuple(emergency.items()), ends, "POST"),
        Door("cases:victim_support_end", tuple(unsupported.items()), frozenset(), "POST"),
        *(
            Door(f"maatwerkplan:{way}", offered, LEADER)
            for way in ("offer", "sign", "refuse", "withdraw")
        ),
        Door("agenda:item_new", planned, frozenset({"bureau"}), query=f"?dossier={signed}"),
        Door("cases:nominate", (), frozenset(), query="?formulier=bestaatniet"),
        *no_longer_his(house),
        *for_the_office(house),
        Door("agenda:minutes", tuple(point.items()), frozenset()),  # he may not write any more
        *(
            Door(f"agenda:{name}", (("overleg_id", chaired.pk),), frozenset({"bureau", "manager"}))
            for name in ("overleg", "ics", "minutes_adopt")
        ),
    ]


def no_longer_his(house: House) -> Iterator[Door]:
    """What hangs on an account that has no role any more: nobody's page."""
    whose = [situations.user("ketenpartner-zonder-rol").pk]
    for table, route, name in (
        ("partners_absence", "partners:absence_end", "absence_id"),
        ("partners_factorreset", "partners:reset_stop", "reset_id"),
    ):
        asked = f"SELECT id FROM {table} WHERE user_id = %s"  # noqa: S608 - our own tables
        for (pk,) in house.owner.execute(asked.encode(), whose).fetchall():
            yield Door(route, ((name, pk),), frozenset(), "POST")


def for_the_office(house: House) -> Iterator[Door]:
    """Two who were just put forward and look alike; a list that was just read in; somebody to be
    linked, and one whose papers the office may see to. And a link that works, for who holds it."""
    bureau = frozenset({"bureau"})
    named = {"first_name": "Wie", "last_name": "Dubbelman", "birth_date": date(1991, 3, 14)}
    one, other = (situations.put_forward_case(by=by, **named).number for by in ("rimo", "politie"))
    yield Door("cases:likeness", (("number", other), ("other", one)), bureau)
    to_link = situations.user("politie2").pk  # his organisation has a login service
    yield Door("partners:link_of", (("user_id", to_link),), bureau)
    no_role_from_us = situations.user("ketenpartner-zonder-rol").pk
    yield Door("partners:papers_of", (("user_id", no_role_from_us),), bureau | {"manager"})
    for (pk,) in house.owner.execute(JUST_READ_IN).fetchall():
        yield Door("cases:import_undo", (("batch_id", pk),), bureau)
    invited = situations.user("ketenpartner-kent").pk
    house.owner.execute(MAY_COME_IN, [hashlib.sha256(LINK.encode()).hexdigest(), invited])
    yield Door("partners:choose_password", (("token", LINK),), frozenset({VISITOR}), public=True)
