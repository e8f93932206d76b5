"""Everybody who ever tries: every role in every relation to the dossiers of a furnished house.

Next to the people of the demo house come people who are made for it: with every part of every
dossier, and one thing that is not right (or nothing at all). veiligheid.md B2.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg
from django.utils import timezone

from cases.models import Scope
from partners import operations as office_work
from partners.models import PERSON_ROLES, Role, User
from tests import situations
from tests.attempts.rows import add_what_is_left_out
from tests.house.test_two_faces import World as Bare
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

EVERYTHING = tuple(Scope.values)
KNOWS = (Scope.KNOW_CASE,)
ONE_PART = (Scope.KNOW_CASE, Scope.VIEW_EDUCATIE)
# Who works with persons: what was given to him, and what became of it.
RELATIONS: dict[str, tuple[str, ...]] = {
    "vreemde": (),
    "kent": KNOWS,
    "ander_deel": ONE_PART,
    "alles": EVERYTHING,
    "verlopen": EVERYTHING,
    "nog_niet": EVERYTHING,
    "gesloten": EVERYTHING,
    "per_uur": EVERYTHING,
    "uitgesloten": EVERYTHING,
    "opgeheven": EVERYTHING,
    "elders": EVERYTHING,
}
# From which moment on a grant does not count any more: a moment ago, or in a few hours.
CLOSED = {"gesloten": timedelta(seconds=-1), "per_uur": timedelta(hours=4)}
SHUT_OUT = ("verlopen", "nog_niet", "gesloten", "uitgesloten")
# Whatever was given to him: his account, his role or his organisation does not count today.
ACCOUNTS = (
    *("uit", "rol_voorbij", "rol_straks", "zonder_rol", "zonder_papieren", "uitgetreden"),
    "niet_bevestigd",
)
HOMES = {
    Role.INTERVENTIEMANAGER: "reclassering-nederland",
    Role.KETENPARTNER: "ggd-zuid-limburg",
    Role.BEDRIJFSBUREAU: "gemeente-heerlen",
    Role.MANAGER: "gemeente-heerlen",
    Role.STUURGROEP: "districtsgemeenten",
    Role.COMMISSIELID: "bewoners",
    Role.BUURTREGISSEUR: "gemeente-heerlen",
    Role.FG: "gemeente-heerlen",
    Role.PRIVACYFUNCTIONARIS: "politie",
    Role.PARTNERBEHEERDER: "politie",
}


@dataclass(frozen=True)
class Somebody:
    """One person who tries; `state` says what he is to the dossiers."""

    username: str
    pk: int
    role: str = ""
    state: str = ""

    def __str__(self) -> str:
        return self.username or "een bezoeker"


def combinations() -> Iterator[tuple[Role, str]]:
    """Every role in every state that it can be in."""
    for role in Role:
        if role in PERSON_ROLES:
            yield from ((role, state) for state in RELATIONS)
        yield from ((role, state) for state in ACCOUNTS)


def seat_everybody(bare: Bare) -> list[Somebody]:
    """Give everybody of `combinations` an account, and then what his state says."""
    with acting_as(ANONYMOUS):
        stranger = situations.organisation("slachtofferhulp")  # a partner, and no participant
    leave_the_table(bare)
    let_a_round_pass(bare)
    seated = []
    for role, state in combinations():
        user = seat(f"{role}-{state}".replace("_", "-"), role, len(seated))
        grant(bare, user.personal_group_id, state)
        spoil(bare, user.pk, state, stranger.pk)
        seated.append(Somebody(user.username, user.pk, role, state))
    return seated


def leave_the_table(bare: Bare) -> None:
    """A participant that left this morning; the clock did not come by yet."""
    bare.set(
        "UPDATE partners_toetreding t SET status = 'vertrekt', leaves_on = vh.today(),"
        " leaving_at = now() - interval '9 days', leaving_by_id = %s FROM partners_organisation o"
        " WHERE o.id = t.organisation_id AND o.slug = 'tracee'",
        bare.users["bureau"],
    )


def let_a_round_pass(bare: Bare) -> None:
    """A round that is over: whose account is older was not confirmed in it."""
    bare.set(
        "INSERT INTO partners_bevestigingsronde (id, began_at, last_day) VALUES"
        " (gen_random_uuid(), now() - interval '40 days', vh.today() - %s)",
        10,
    )


def seat(username: str, role: Role, n: int) -> User:
    """An account with this role and with papers, at an organisation where that role is played."""
    with acting_as(ANONYMOUS):
        office, home = situations.user("bureau"), situations.organisation(HOMES[role])
    with acting_as(office.pk):
        user = office_work.add_user(
            home,
            username=username,
            first_name="Zo",
            last_name=f"Maar{n}",
            email=f"n{n}@huis.example",
            role=role,
            by=office,
        )
    return situations.with_papers(user)


def grant(bare: Bare, group: int, state: str, parts: Sequence[str] | None = None) -> None:
    """Straight into the access table, whatever the rules say; what, if not all of his state."""
    today = timezone.localdate()
    begin, end = _period(state, today)
    for case in bare.cases:
        scopes = list(RELATIONS.get(state, EVERYTHING) if parts is None else parts)
        if scopes:
            bare.grant(group, case, scopes, begin, end, closed=CLOSED.get(state))


def _period(state: str, today: date) -> tuple[date, date | None]:
    month = timedelta(days=30)
    if state == "verlopen":
        return today - month, today - timedelta(days=1)
    if state == "nog_niet":
        return today + timedelta(days=1), today + month
    return today - timedelta(days=1), None


def spoil(bare: Bare, user: int, state: str, stranger: int) -> None:
    """What is not right with this one."""
    if state in ("uitgesloten", "opgeheven"):
        for case in bare.cases:
            bare.bar(user, case)
            if state == "opgeheven":
                bare.lift(user, case)
    spoiling = {
        "elders": ("UPDATE partners_user SET organisation_id = %s WHERE id = %s", stranger),
        "uitgetreden": (
            (
                "UPDATE partners_user SET organisation_id ="
                " (SELECT id FROM partners_organisation WHERE slug = %s) WHERE id = %s"
            ),
            "tracee",
        ),
        "uit": ("UPDATE partners_user SET is_active = %s WHERE id = %s", False),
        "rol_voorbij": (
            (
                "UPDATE partners_appointment SET start_date = vh.today() - 30, end_date = %s"
                " WHERE user_id = %s"
            ),
            timezone.localdate() - timedelta(days=1),
        ),
        "rol_straks": (
            "UPDATE partners_appointment SET start_date = %s, end_date = NULL WHERE user_id = %s",
            timezone.localdate() + timedelta(days=1),
        ),
        "zonder_papieren": ("DELETE FROM partners_clearance WHERE %s AND user_id = %s", True),
        "niet_bevestigd": (
            "UPDATE partners_activation SET on_from = now() - %s WHERE user_id = %s",
            timedelta(days=60),
        ),
        "zonder_rol": ("DELETE FROM partners_appointment WHERE %s AND user_id = %s", True),
    }
    if state in spoiling:
        statement, value = spoiling[state]
        bare.set(statement, value, user)


def complete(bare: Bare, everybody: list[Somebody]) -> None:
    """A row in the tables that the story of the world leaves empty."""
    somebody = {each.username: each.pk for each in everybody}
    bare.set(
        "INSERT INTO veiligheidshuis_draft (id, user_id, path, fields, at, first_processed_on)"
        " VALUES (gen_random_uuid(), %s, '/dossiers/', '', now(), vh.today())",
        somebody["samira"],
    )
    bare.set(
        "INSERT INTO partners_absence (id, user_id, start_date, end_date)"
        " VALUES (gen_random_uuid(), %s, vh.today(), vh.today() + 7)",
        somebody["samira"],
    )
    bare.set(
        'INSERT INTO beheerscommissie_vergadering (id, area_id, "on", starts_at, location, topics,'
        " planned_by_id) SELECT gen_random_uuid(), min(id), vh.today(), '19:30', 'Buurthuis', '',"
        " %s FROM beheerscommissie_area",
        somebody["buurtregisseur"],
    )
    bare.set(
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at) VALUES ('totp', '{}', %s,"
        " now()) ON CONFLICT DO NOTHING",
        somebody["samira"],
    )
    _see_a_paper(bare, somebody)
    _give_login_service(bare, somebody)
    _leave_traces(bare, somebody)
    bare.set(  # of a list that was adopted since
        "INSERT INTO cases_verplaatsing (id, case_id, prioriteitenlijst_id, from_rank, to_rank,"
        " reason, moved_at, moved_by_id, first_processed_on) SELECT gen_random_uuid(), p.case_id,"
        " l.id, 2, 1, '', now(), %s, vh.today() FROM cases_lijstplaats p"
        " JOIN cases_prioriteitenlijst l ON l.id = p.prioriteitenlijst_id"
        " WHERE l.status <> 'concept'",
        somebody["manager"],
    )
    _tell_apart(bare, somebody["bureau"])
    _end_things(bare, somebody)
    add_what_is_left_out(bare, somebody)
    numbers = [number for (number,) in bare.owner.execute("SELECT number FROM cases_case")]
    accesslog.write(somebody["samira"], [accesslog.Look("inzien", numbers)])


def _see_a_paper(bare: Bare, somebody: dict[str, int]) -> None:
    """One of the bedrijfsbureau saw a paper of tom: another than he gives tom a role."""
    bare.set(
        "INSERT INTO partners_clearance (user_id, kind, seen_on, valid_until, recorded_by_id)"
        " VALUES (%s, 'vog', vh.today(), vh.today() + 30, %s)",
        somebody["tom"],
        somebody["bedrijfsbureau-alles"],
    )


def _tell_apart(bare: Bare, office: int) -> None:
    """The office said of every two dossiers that they are of two people."""
    bare.set(
        "INSERT INTO cases_toldapart (id, case_id, other_id, reason, decided_by_id, decided_at,"
        " first_processed_on) SELECT gen_random_uuid(), a.id, b.id, '', %s, now(), vh.today()"
        " FROM cases_case a JOIN cases_case b ON a.id < b.id",
        office,
    )


def _end_things(bare: Bare, somebody: dict[str, int]) -> None:
    """What has gone its whole way already, and a role of which the last day is known."""
    bare.set(
        "UPDATE partners_appointment SET end_date = vh.today() + 10 WHERE user_id = %s",
        somebody["politie2"],
    )
    bare.set(
        "UPDATE partners_toetreding t SET status = 'uitgetreden', leaves_on = vh.today(),"
        " leaving_at = now(), leaving_by_id = %s FROM partners_organisation o"
        " WHERE o.id = t.organisation_id AND o.slug = 'stichting-zwerfjongeren'",
        somebody["bureau"],
    )
    bare.set(
        "INSERT INTO partners_factorreset SELECT (jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'user_id', %s::bigint, 'status', 'tegengehouden',"
        " 'approved_by_id', %s::bigint, 'approved_at', now() - interval '2 days',"
        " 'not_before', now() - interval '1 day', 'closed_by_id', %s::bigint,"
        " 'closed_at', now()))).* FROM partners_factorreset r LIMIT 1",
        somebody["samira"],
        somebody["manager"],
        somebody["samira"],
    )
    bare.set(  # a list that was adopted has a second place
        "INSERT INTO cases_lijstplaats SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'rank', 2, 'case_id', (SELECT c.id FROM cases_case c"
        " WHERE c.id <> p.case_id ORDER BY c.number LIMIT 1)))).* FROM cases_lijstplaats p"
        " JOIN cases_prioriteitenlijst l ON l.id = p.prioriteitenlijst_id"
        " WHERE l.status <> 'concept' LIMIT 1"
    )
    bare.set(  # who signed is written down by one of the office
        "UPDATE partners_ondertekening SET recorded_by_id = %s WHERE recorded_by_id IS NULL",
        somebody["bureau"],
    )


def _leave_traces(bare: Bare, somebody: dict[str, int]) -> None:
    """What people wrote and did when they still might: only its author may write such a row."""
    for state in ("vreemde", *SHUT_OUT):  # what he wrote when he still knew the case
        bare.set(
            "INSERT INTO cases_timelineitem SELECT (jsonb_populate_record(t, jsonb_build_object("
            "'id', gen_random_uuid(), 'author_id', %s::bigint))).*"
            " FROM cases_timelineitem t WHERE scope = 'know_case' LIMIT 1",
            somebody[f"ketenpartner-{state}".replace("_", "-")],
        )
    bare.set(  # he took this step when he was a chair as well
        "INSERT INTO beheerscommissie_reportstep SELECT (jsonb_populate_record(s,"
        " jsonb_build_object('id', gen_random_uuid(), 'by_id', %s::bigint))).*"
        " FROM beheerscommissie_reportstep s LIMIT 1",
        somebody["bewoner"],
    )


def _give_login_service(bare: Bare, somebody: dict[str, int]) -> None:
    """The police have a login service of their own, which is switched off: no page leads to it."""
    bare.set(
        "INSERT INTO partners_identityprovider (organisation_id, issuer, client_id, authentication,"
        " amr, acr, is_on) SELECT organisation_id, 'https://inloggen.politie.example', 'huis',"
        " 'private_key_jwt', '{}', '{}', false FROM partners_user WHERE id = %s",
        somebody["politie"],
    )
    for name in ("politie", "manager"):  # the second past all functions: he works elsewhere
        bare.set(
            "INSERT INTO partners_signonlink (issuer, subject, user_id, linked_by_id)"
            " VALUES ('https://inloggen.politie.example', %s, %s, %s)",
            name,
            somebody[name],
            somebody[name],
        )
    bare.set(
        "INSERT INTO partners_signonproposal (user_id, issuer, subject, proposed_by_id, approved)"
        " VALUES (%s, 'https://inloggen.politie.example', 'voorgesteld', %s, false)",
        somebody["politie"],
        somebody["manager"],
    )


def reshuffle(bare: Bare, everybody: list[Somebody], seed: int) -> None:
    """Another house: give everybody who was made for it other parts of other dossiers."""
    chance = random.Random(seed)
    today = timezone.localdate()
    for each in everybody:
        if each.state in ("", "demo"):
            continue
        group = bare.owner.execute(
            "SELECT personal_group_id FROM partners_user WHERE id = %s", [each.pk]
        ).fetchone()[0]  # type: ignore[index]
        bare.set("DELETE FROM cases_participation WHERE group_id = %s", group)
        bare.set("DELETE FROM cases_bar WHERE user_id = %s", each.pk)
        for case in bare.cases:
            begin = today + timedelta(days=chance.choice([-40, -1, 0, 1]))
            end = chance.choice([None, begin, begin + timedelta(days=39), today])
            scopes = [Scope.KNOW_CASE, *chance.sample(Scope.values, chance.randint(0, 5))]
            fits = end is None or end >= begin
            if fits and chance.random() < 0.7:
                closed = chance.choice([None, None, None, None, *CLOSED.values()])
                bare.grant(group, case, scopes, begin, end, closed=closed)
            if chance.random() < 0.1:
                bare.bar(each.pk, case)


def demo_people(owner: psycopg.Connection) -> list[Somebody]:
    """The people of the demo house, and a visitor who is nobody."""
    rows = owner.execute(
        "SELECT u.username, u.id, coalesce(min(a.role), '') FROM partners_user u"
        " LEFT JOIN partners_appointment a ON a.user_id = u.id GROUP BY u.id ORDER BY u.username"
    ).fetchall()
    return [Somebody(name, pk, role, "demo") for name, pk, role in rows] + [Somebody("", ANONYMOUS)]
