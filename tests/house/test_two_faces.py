"""Need-to-know has two faces: `visible_to()` makes the plan, row-level security is the wall.

Each must answer the same when the other is switched off, and the same as a third answer, which is
worked out here in plain Python from what stands in the tables. toegang.md decision 2.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Case, Scope, TimelineItem
from cases.presenters.dossier import scopes_of
from partners.models import User
from tests import situations
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

pytestmark = pytest.mark.whole  # fills a house of its own for every answer

PERSON_ROLES = {"interventiemanager", "ketenpartner", "bedrijfsbureau", "manager"}
OFFICE_ROLES = {"bedrijfsbureau", "manager"}


@dataclass
class World:
    """A house with many grants in it: past, present and future, closed and barred."""

    owner: psycopg.Connection
    cases: list[UUID]
    users: dict[str, int]

    @property
    def numbers(self) -> dict[str, UUID]:
        """Every case of the house by its number."""
        return dict(self.owner.execute("SELECT number, id FROM cases_case").fetchall())

    def set(self, statement: str, *args: object) -> None:
        self.owner.execute(statement, args)

    def grant(
        self,
        group: int,
        case: UUID,
        scopes: list[str],
        start: date,
        end: date | None = None,
        *,
        closed: timedelta | None = None,
    ) -> None:
        """Put a row straight into the access table, whatever the rules say."""
        self.set(
            """INSERT INTO cases_participation (group_id, permission_id, content_object_id,
                 start_date, end_date, basis, reason, granted_by_id, granted_at, closed_at,
                 closed_by_id, regime, first_processed_on)
               SELECT %s, s.id, c.id, %s, %s, 'hand', '', %s, now(), %s, %s, c.regime, %s
               FROM auth_permission s, cases_case c WHERE c.id = %s AND s.codename = ANY (%s)""",
            group,
            start,
            end,
            self.users["bureau"],
            None if closed is None else timezone.now() + closed,
            None if closed is None else self.users["bureau"],
            start,
            case,
            [str(scope) for scope in scopes],
        )

    def bar(self, user: int, case: UUID) -> None:
        self.set(
            """INSERT INTO cases_bar (case_id, user_id, reason, set_by_id, set_at,
                 first_processed_on, lift_reason) VALUES (%s, %s, 'verwant', %s, now(), now(), '')
               ON CONFLICT DO NOTHING""",
            case,
            user,
            self.users["bureau"],
        )

    def lift(self, user: int, case: UUID) -> None:
        self.set(
            """UPDATE cases_bar SET lifted_at = now(), lifted_by_id = %s, lift_reason = 'toch niet'
               WHERE user_id = %s AND case_id = %s AND lifted_at IS NULL""",
            self.users["bureau"],
            user,
            case,
        )

    def switch(self, wall: str) -> None:
        """Take row-level security down (DISABLE) or put it up again (ENABLE)."""
        tables = self.owner.execute(
            "SELECT relname FROM pg_class WHERE relname ^@ 'cases_' AND relkind = 'r'"
            " AND relforcerowsecurity"
        ).fetchall()
        for (table,) in tables:
            self.owner.execute(f"ALTER TABLE {table} {wall} ROW LEVEL SECURITY")


@pytest.fixture
def world(own_house: str, owner: psycopg.Connection) -> World:
    """Seven cases in every stage; grants and bars at random, always the same."""
    cases = [
        situations.planned_case(to="samira").pk,
        situations.assigned_case(to="tom").pk,
        situations.listed_case().pk,
        situations.put_forward_case(by="rimo").pk,
        situations.put_forward_case(by="ggd").pk,
    ]
    situations.open_list(situations.put_forward_case(by="om"))
    with acting_as(ANONYMOUS):
        users = dict(User.objects.values_list("username", "pk"))
    world = World(owner, cases, users)
    _some_in_the_local_approach(world)
    _grant_at_random(world)
    _one_line_for_every_scope(world)
    world.set("UPDATE partners_user SET is_active = false WHERE username = 'legerdesheils'")
    world.set(
        "UPDATE partners_appointment SET start_date = %s, end_date = %s WHERE user_id = %s",
        *(timezone.localdate() - timedelta(days=n) for n in (30, 1)),
        users["mondriaan"],
    )
    world.set(
        "UPDATE partners_organisation SET wgs_class = 'geen', wgs_members = '{}'"
        " WHERE slug = 'rimo-parkstad'"
    )
    world.set(  # since this morning; the clock did not come by yet
        "UPDATE partners_toetreding t SET status = 'vertrekt', leaves_on = vh.today(),"
        " leaving_at = now() - interval '9 days', leaving_by_id = %s FROM partners_organisation o"
        " WHERE o.id = t.organisation_id AND o.slug = 'openbaar-ministerie'",
        users["bureau"],
    )
    return world


def _grant_at_random(world: World) -> None:
    """Hand-made grants to people and organisations, some of them not in force, and some bars.

    Whoever sees a part of a case knows the case: the door (vh.grant_access) sees to that.
    """
    chance = random.Random(20060907)  # 7 September 2006: the covenant
    groups = [row[0] for row in world.owner.execute("SELECT id FROM auth_group ORDER BY id")]
    for group in groups:
        for case in world.cases:
            start = timezone.localdate() + timedelta(days=chance.choice([-60, -3, 0, 0, 0, 1]))
            end = chance.choice(
                [None, start + timedelta(days=chance.choice([0, 2, 3, 59, 60, 61]))]
            )
            scopes = [Scope.KNOW_CASE, *chance.sample(Scope.values, chance.randint(0, 6))]
            if chance.random() < 0.6:
                closed = chance.choice([None] * 6 + [timedelta(days=-1), timedelta(hours=4)])
                world.grant(group, case, scopes, start, end, closed=closed)
    for n in range(16):
        user, case = chance.choice(sorted(world.users.values())), chance.choice(world.cases)
        world.bar(user, case)
        if n % 4 == 0:
            world.lift(user, case)


def _some_in_the_local_approach(world: World) -> None:
    """Two of the cases are under the covenant, of which one participant of the law has no part."""
    for case in (world.cases[1], world.cases[3]):
        world.set("UPDATE cases_case SET regime = 'lokale_pga' WHERE id = %s", case)
        world.set(
            "UPDATE cases_participation SET regime = 'lokale_pga' WHERE content_object_id = %s",
            case,
        )
    of_ggd = "(SELECT id FROM partners_organisation WHERE slug = 'ggd-zuid-limburg')"
    world.set(f"DELETE FROM partners_ondertekening WHERE organisation_id = {of_ggd}")  # noqa: S608
    world.set(
        "UPDATE partners_toetreding SET active_from = '2000-01-01'"  # noqa: S608
        f" WHERE organisation_id = {of_ggd}"
    )


def _one_line_for_every_scope(world: World) -> None:
    """A row of content for every scope in every case, so that the wall can be asked by scope.

    The author is the first resident, who sees nothing: authors see their own lines.
    """
    for case in world.cases:
        for scope in Scope.values:
            world.set(
                """INSERT INTO cases_timelineitem (id, case_id, at, kind, title, text, scope,
                     author_id, first_processed_on)
                   VALUES (%s, %s, now(), 'contact', 'proef', '', %s, %s, now())""",
                uuid4(),
                case,
                scope,
                world.users["bewoner"],
            )


def everybody() -> Iterator[User]:
    with acting_as(ANONYMOUS):
        people = list(User.objects.select_related("organisation").order_by("username"))
    yield from people


def by_the_plan(user: User) -> dict[str, set[UUID]]:
    """What `visible_to` says, for every scope."""
    user = User.objects.select_related("organisation").get(pk=user.pk)
    return {s: set(Case.objects.visible_to(user, s).values_list("pk", flat=True)) for s in Scope}


def by_the_wall() -> dict[str, set[UUID]]:
    """What the database shows to somebody who forgets every filter."""
    lines = TimelineItem.objects.filter(title="proef").values_list("scope", "case_id")
    seen: dict[str, set[UUID]] = {scope: set() for scope in Scope}
    for scope, case in lines:
        seen[scope].add(case)
    return seen


def lines_asked_for(user: User) -> set[UUID]:
    """The lines that the pages of his dossiers ask for."""
    user = User.objects.select_related("organisation").get(pk=user.pk)
    lines = TimelineItem.objects.all()
    return {
        line
        for case in Case.objects.visible_to(user).with_scopes_of(user)
        for line in lines.filter(case=case)
        .readable_with(scopes_of(user, case), user)
        .values_list("pk", flat=True)
    }


def by_the_explanation(world: World, user: User, asker: int) -> dict[str, set[UUID]]:
    """What `explain_access` says of every case and every scope, as somebody who may ask."""
    seen: dict[str, set[UUID]] = {scope: set() for scope in Scope}
    with acting_as(asker), connection.cursor() as cursor:
        cursor.execute(
            """SELECT s, n, (vh.explain(%s, n, s, statement_timestamp())).allowed
               FROM unnest(%s::text[]) n, unnest(%s::text[]) s""",
            [user.pk, list(world.numbers), Scope.values],
        )
        for scope, number, allowed in cursor.fetchall():
            if allowed:
                seen[scope].add(world.numbers[number])
    return seen


def sits(world: World, user: User, today: date) -> bool:
    """His organisation joined, and did not leave."""
    rows = world.owner.execute(
        "SELECT active_from, leaves_on FROM partners_toetreding WHERE organisation_id = %s"
        " AND active_from IS NOT NULL",
        [user.organisation_id],
    )
    return any(first <= today and (gone is None or today < gone) for first, gone in rows)


def regimes_of(world: World, user: User, today: date) -> set[str]:
    """Of who sits here by the law who has a place in it, and by the covenant who signed it, or sat
    there already."""
    if not sits(world, user, today):
        return set()
    covered = False
    covenants = world.owner.execute(
        "SELECT id, valid_from FROM partners_regeling WHERE kind = 'convenant'"
        " AND status IN ('geldig', 'vervangen') AND valid_from <= %s"
        " AND coalesce(valid_until, %s) >= %s",
        [today] * 3,
    ).fetchall()
    for covenant, begun in covenants:
        signed = world.owner.execute(
            "SELECT signed_on FROM partners_ondertekening WHERE regeling_id = %s"
            " AND organisation_id = %s",
            [covenant, user.organisation_id],
        ).fetchall()
        sat = world.owner.execute(
            "SELECT active_from FROM partners_toetreding WHERE organisation_id = %s"
            " AND proposed_by_id IS NULL",
            [user.organisation_id],
        ).fetchall()
        covered = covered or any(day <= today for (day,) in signed)
        covered = covered or any(day is not None and day >= begun for (day,) in sat)
    by_law = {"wgs"} if user.organisation.wgs_class in ("lid_1", "lid_2") else set()
    return by_law | ({"lokale_pga"} if covered else set())


def by_the_rule(world: World, user: User) -> dict[str, set[UUID]]:
    """The rule as the design says it, worked out from the bare tables."""
    today = timezone.localdate()
    roles = {
        role
        for role, start, end in world.owner.execute(
            "SELECT role, start_date, end_date FROM partners_appointment WHERE user_id = %s",
            [user.pk],
        )
        if counts(start, end, today)
    }
    regimes = regimes_of(world, user, today)
    works = user.is_active and bool(regimes)
    works = works and papers_in_order(world, user, today) and sits(world, user, today)
    works = works and confirmed(world, user, today)
    if not works or not roles & PERSON_ROLES:
        return {scope: set() for scope in Scope}
    barred = {
        case
        for (case,) in world.owner.execute(
            "SELECT case_id FROM cases_bar WHERE user_id = %s AND lifted_at IS NULL", [user.pk]
        )
    }
    seen: dict[str, set[UUID]] = {scope: set() for scope in Scope}
    rows = world.owner.execute(
        """SELECT s.codename, p.content_object_id, p.start_date, p.end_date, p.closed_at, p.regime
           FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
           JOIN partners_user_groups g ON g.group_id = p.group_id WHERE g.user_id = %s""",
        [user.pk],
    )
    for scope, case, start, end, closed, regime in rows:
        still = closed is None or closed > timezone.now()
        if counts(start, end, today) and still and regime in regimes:
            seen[scope].add(case)
    if roles & OFFICE_ROLES and "wgs" in regimes:
        seen[Scope.KNOW_CASE] = {row[0] for row in world.owner.execute("SELECT id FROM cases_case")}
    return {scope: cases - barred for scope, cases in seen.items()}


def papers_in_order(world: World, user: User, today: date) -> bool:
    """Each of the three seen, and valid today."""
    rows = world.owner.execute(
        "SELECT kind, seen_on, valid_until FROM partners_clearance WHERE user_id = %s", [user.pk]
    )
    valid = {kind for kind, seen, until in rows if counts(seen, until, today)}
    return valid == {"vog", "scholing", "geheimhouding"}


def confirmed(world: World, user: User, today: date) -> bool:
    """In the last round that is over: by the last word since it began, or his account is younger.
    Of the office one is let in as long as none of them is."""
    over = world.owner.execute(
        "SELECT began_at FROM partners_bevestigingsronde WHERE last_day < %s ORDER BY last_day",
        [today],
    ).fetchall()
    if not over:
        return True
    began = over[-1][0]

    def said_of(pk: int) -> bool:
        words = world.owner.execute(
            "SELECT needed FROM partners_bevestiging WHERE user_id = %s AND decided_at >= %s"
            " ORDER BY decided_at, id",
            [pk, began],
        ).fetchall()
        since = world.owner.execute(
            "SELECT on_from FROM partners_activation WHERE user_id = %s AND off_from IS NULL", [pk]
        ).fetchall()
        return bool(words[-1][0]) if words else any(on >= began for (on,) in since)

    office = world.owner.execute(
        "SELECT u.id FROM partners_user u JOIN partners_appointment a ON a.user_id = u.id"
        " WHERE a.role = 'bedrijfsbureau' AND u.is_active AND a.start_date <= %s"
        " AND coalesce(a.end_date, %s) >= %s",
        [today, today, today],
    ).fetchall()
    alone = (user.pk,) in office and not any(said_of(pk) for (pk,) in office)
    return said_of(user.pk) or alone


def counts(start: date, end: date | None, today: date) -> bool:
    return start <= today and (end is None or end >= today)


def test_plan_wall_and_rule_agree_for_everybody_and_every_scope(world):
    some = 0
    for user in everybody():
        rule = by_the_rule(world, user)
        with acting_as(user.pk):
            assert by_the_plan(user) == rule, user.username
            plain = set(Case.objects.values_list("pk", flat=True))
            wall = by_the_wall()
        assert plain == rule[Scope.KNOW_CASE], user.username
        assert wall == {s: cases & set(world.cases) for s, cases in rule.items()}, user.username
        some += sum(len(cases) for cases in rule.values())
    assert some > 100  # it was a world in which there was something to see


def test_the_explanation_says_of_everybody_and_every_scope_what_the_wall_does(world):
    officer = world.users["fg"]
    for user in everybody():
        rule = by_the_rule(world, user)
        assert by_the_explanation(world, user, officer) == rule, user.username
        assert by_the_explanation(world, user, user.pk) == rule, user.username


def test_what_a_dry_run_compares_is_what_is_explained(world):
    office = situations_user("bureau")
    world.set("DELETE FROM cases_bar WHERE user_id = %s", office.pk)
    some = 0
    for user in everybody():
        granted = {
            (case, scope) for scope, cases in by_the_rule(world, user).items() for case in cases
        }
        with acting_as(office.pk), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM vh.reach(%s, NULL, statement_timestamp())", [user.pk])
            reach = set(cursor.fetchall())
        if (None, "know_case") in reach:  # the process data of all cases, told in one row
            reach -= {(None, "know_case")}
            granted = {
                (case, scope)
                for case, scope in granted
                if (case, scope) in reach or scope != "know_case"
            }
        assert reach == granted, user.username
        some += len(reach)
    assert some > 100


def test_the_plan_holds_when_the_wall_is_down(world):
    world.switch("DISABLE")

    for user in everybody():
        with acting_as(user.pk):
            assert by_the_plan(user) == by_the_rule(world, user), user.username
            assert Case.objects.count() == 6  # the wall really is down


def test_a_dossier_asks_for_the_lines_that_the_wall_shows(world):
    for writer, scope in (("samira", "view_bsn"), ("politie", "lead_case"), ("bureau", "minutes")):
        world.set(
            "UPDATE cases_timelineitem SET author_id = %s WHERE scope = %s AND title = 'proef'",
            world.users[writer],
            scope,
        )
    shown = {}
    for user in everybody():
        with acting_as(user.pk):
            shown[user.pk] = set(TimelineItem.objects.values_list("pk", flat=True))
            assert lines_asked_for(user) == shown[user.pk], user.username
    assert sum(map(len, shown.values())) > 100

    world.switch("DISABLE")

    for user in everybody():
        with acting_as(user.pk):
            assert lines_asked_for(user) == shown[user.pk], user.username


def test_a_bar_beats_every_grant_and_every_function(world):
    for username in ("samira", "bureau", "manager", "politie"):
        world.set("DELETE FROM cases_bar")
        user = situations_user(username)
        with acting_as(user.pk):
            known = Case.objects.filter(pk__in=world.cases).first()
            assert known, f"{username} zou iets moeten kennen"
        world.bar(user.pk, known.pk)

        with acting_as(user.pk):
            assert not Case.objects.filter(pk=known.pk).exists()
            assert not TimelineItem.objects.filter(case=known).exists()
            assert all(known.pk not in cases for cases in by_the_plan(user).values())


def test_who_is_no_participant_sees_nothing_under_the_law_whatever_was_granted(world):
    """PRV-20: in the local approach he works on, for his organisation signed the covenant."""
    user = situations_user("rimo")
    of_the_law, local = world.cases[0], world.cases[1]
    for case in (of_the_law, local):
        world.set("DELETE FROM cases_bar WHERE user_id = %s AND case_id = %s", user.pk, case)
        world.set("DELETE FROM cases_participation WHERE content_object_id = %s", case)
        world.grant(user.personal_group_id, case, list(Scope), timezone.localdate())

    with acting_as(user.pk):
        assert {case.regime for case in Case.objects.all()} == {"lokale_pga"}
        assert not TimelineItem.objects.filter(case=of_the_law).exists()
        assert TimelineItem.objects.filter(case=local).exists()
        assert not any(of_the_law in cases for cases in by_the_plan(user).values())


@pytest.mark.parametrize("username", ["legerdesheils", "mondriaan", "bewoner", "stuurgroep"])
def test_switched_off_or_ended_sees_nothing_whatever_was_granted(world, username):
    user = situations_user(username)
    scopes = [Scope.KNOW_CASE, Scope.VIEW_PLAN]
    world.set("DELETE FROM cases_participation WHERE group_id = %s", user.personal_group_id)
    world.grant(user.personal_group_id, world.cases[0], scopes, timezone.localdate())

    with acting_as(user.pk):
        assert not Case.objects.exists()
        assert not TimelineItem.objects.filter(case__in=world.cases).exists()
        assert not any(by_the_plan(user).values())


def situations_user(username: str) -> User:
    with acting_as(ANONYMOUS):
        return situations.user(username)
