"""Those whom no role in one state shows; each notices a spoiled wall as nobody else does.

Found by spoiling the house on purpose (tests/mutants): for every demand of a lock there must be
somebody to whom that demand alone closes it.
"""

from collections.abc import Callable

from cases.models import Scope
from partners.models import Role, User
from tests import situations
from tests.attempts.people import EVERYTHING, SHUT_OUT, Somebody, grant, seat, spoil
from tests.attempts.rows import take_notes
from tests.house.test_two_faces import World as Bare

RARE = "zeldzaam"
# Who works for a partner outside the law sees nothing under it, whatever was given to him. PRV-20.
CLOSED_BY_LAW = (*SHUT_OUT, "elders")
CLOSED_TO = SHUT_OUT[:3]  # for who is barred, all of a dossier is closed
LEADING = (Scope.LEAD_CASE, Scope.MINUTES)
READING = tuple(scope for scope in EVERYTHING if scope not in LEADING)
NO_NAME = tuple(scope for scope in EVERYTHING if scope != Scope.KNOW_CASE)
WITHOUT_VICTIMS = tuple(scope for scope in EVERYTHING if scope != Scope.VIEW_VICTIM)
Seat = Callable[[str, Role], User]


def seat_the_rare(bare: Bare) -> list[Somebody]:
    """They try the wall and not the pages: what they know belongs to no circle of the world. Only
    where the pages are spoiled (tests/mutants) some of them do: there they must see nothing."""
    seated: list[Somebody] = []

    def rare(username: str, role: Role) -> User:
        user = seat(username, role, 200 + len(seated))
        seated.append(Somebody(username, user.pk, role, RARE))
        return user

    members(bare, rare)
    leaders_and_takers(bare, rare)
    keepers_of_victims(bare, rare)
    offices(bare, rare)
    judges(bare, rare)
    for supplier in ("lid-uitgesloten", "leidde-gesloten"):
        works_at(bare, supplier, "leger-des-heils")
    rare("tweede-voorzitter", Role.BUURTREGISSEUR)
    kin = rare("manager-verwant", Role.MANAGER)
    spoil(bare, kin.pk, "uitgesloten", 0)
    both = rare("manager-en-leider", Role.MANAGER)
    bare.set(
        "INSERT INTO partners_appointment (user_id, role, start_date)"
        " VALUES (%s, 'interventiemanager', vh.today())",
        both.pk,
    )
    return seated


def members(bare: Bare, rare: Seat) -> None:
    """Members of the list in discussion, to whom the dossiers on it are closed."""
    outside = situations.organisation("slachtofferhulp")
    for state in CLOSED_BY_LAW:
        member = rare(f"lid-{state}", Role.KETENPARTNER)
        grant(bare, member.personal_group_id, state)
        spoil(bare, member.pk, state, outside.pk)
        bare.set(
            "INSERT INTO cases_selectielid (prioriteitenlijst_id, user_id)"
            " SELECT id, %s FROM cases_prioriteitenlijst WHERE status = 'concept'",
            member.pk,
        )
        bare.set(
            "INSERT INTO agenda_invitation SELECT (jsonb_populate_record(v, jsonb_build_object("
            "'id', gen_random_uuid(), 'user_id', %s::bigint))).* FROM agenda_invitation v LIMIT 1",
            member.pk,
        )


def leaders_and_takers(bare: Bare, rare: Seat) -> None:
    """Who still sees all of a dossier but does not lead it any more; and who leads it, but does not
    take the notes any more of the meeting whose note-taker he is."""
    for state in CLOSED_TO:
        for asked, slug in (("", "leger-des-heils"), ("-kliniek", "mondriaan")):
            leader = rare(f"leidde-{state}{asked}", Role.INTERVENTIEMANAGER)
            grant(bare, leader.personal_group_id, state, LEADING)
            led_before(bare, leader)
            grant(bare, leader.personal_group_id, "alles", READING)
            answers_for(bare, leader.pk, slug)
        taker = rare(f"noteerde-{state}", Role.KETENPARTNER)
        grant(bare, taker.personal_group_id, state, [Scope.MINUTES])
        grant(bare, taker.personal_group_id, "alles", [*READING, Scope.LEAD_CASE])
        take_notes(bare, taker.pk)
    office = rare("bureau-noteert", Role.BEDRIJFSBUREAU)  # sees who may write the notes: not he
    grant(bare, office.personal_group_id, "alles", [*READING, Scope.LEAD_CASE])
    take_notes(bare, office.pk)


def led_before(bare: Bare, leader: User) -> None:
    """What he was given so far he has because he handed over; his role began a month ago."""
    bare.set(
        "UPDATE cases_participation SET basis = 'overdracht' WHERE group_id = %s",
        leader.personal_group_id,
    )
    bare.set(
        "UPDATE partners_appointment SET start_date = vh.today() - 30 WHERE user_id = %s", leader.pk
    )


def keepers_of_victims(bare: Bare, rare: Seat) -> None:
    """To whom a dossier was given with its victims: but that does not count today, or he does not
    lead it, or the victims were left out."""
    states = {f"slachtoffers-{state}": (state, EVERYTHING) for state in CLOSED_BY_LAW}
    states["leest-slachtoffers"] = ("alles", READING)
    states["leidt-zonder-slachtoffers"] = ("alles", WITHOUT_VICTIMS)
    outside = situations.organisation("slachtofferhulp")
    for username, (state, parts) in states.items():
        keeper = rare(username.replace("_", "-"), Role.INTERVENTIEMANAGER)
        grant(bare, keeper.personal_group_id, state, parts)
        spoil(bare, keeper.pk, state, outside.pk)
        bare.set(
            "UPDATE cases_participation SET because_of = content_object_id WHERE group_id = %s",
            keeper.personal_group_id,
        )
        if state == "alles":
            bare.set(
                "UPDATE cases_participation SET basis = 'toewijzing' WHERE group_id = %s"
                " AND content_object_id IN (SELECT case_id FROM cases_slachtoffer)",
                keeper.personal_group_id,
            )


def judges(bare: Bare, rare: Seat) -> None:
    """Who judged a report, in a weighing that goes on and in one that was decided: but the report
    is not his to read any more, or not today, or never was."""
    for letter, state in zip("ABCDEF", (*SHUT_OUT, "alles", "kent"), strict=True):
        judge = rare(f"weegt-{state}".replace("_", "-"), Role.KETENPARTNER)
        if state in CLOSED_TO:  # he still knows who it is, and sees that it is weighed
            grant(bare, judge.personal_group_id, "kent")
            grant(bare, judge.personal_group_id, state, NO_NAME)
        else:
            grant(bare, judge.personal_group_id, state)
        spoil(bare, judge.pk, state, 0)
        works_at(bare, judge.username, "politie")
        judged(bare, judge, letter)
    judged(bare, rare("bureau-woog", Role.BEDRIJFSBUREAU), "G")  # and reads no report by his role


def judged(bare: Bare, judge: User, letter: str) -> None:
    """What he finds, in a weighing of either kind."""
    bare.set(
        "INSERT INTO cases_oordeel SELECT (jsonb_populate_record(NULL::cases_oordeel, o.row"
        " || jsonb_build_object('id', gen_random_uuid(), 'author_id', u.id, 'criterium',"
        " %s::text, 'organisation_id', u.organisation_id))).* FROM partners_user u, (SELECT"
        " DISTINCT ON (w.status) to_jsonb(o) AS row FROM cases_oordeel o JOIN cases_weging w"
        " ON w.id = o.weging_id) o WHERE u.id = %s",
        letter,
        judge.pk,
    )


def offices(bare: Bare, rare: Seat) -> None:
    """People of the bedrijfsbureau who are something else too, or are barred from one dossier."""
    reader = rare("bureau-leest", Role.BEDRIJFSBUREAU)  # sees all of it and leads nothing
    grant(bare, reader.personal_group_id, "alles", READING)
    answers_for(bare, reader.pk, "mondriaan")
    kin = rare("bureau-verwant", Role.BEDRIJFSBUREAU)
    bare.bar(kin.pk, bare.cases[0])
    chooses = rare("bureau-kiest-mee", Role.BEDRIJFSBUREAU)
    bare.set(
        "INSERT INTO cases_selectielid (prioriteitenlijst_id, user_id)"
        " SELECT id, %s FROM cases_prioriteitenlijst WHERE status = 'concept'",
        chooses.pk,
    )
    links = rare("bureau-koppelt", Role.BEDRIJFSBUREAU)  # his organisation has a login service
    works_at(bare, "bureau-koppelt", "jji-het-keerpunt")
    serves(bare, "jji-het-keerpunt", links.pk)
    by_law = rare("bureau-alleen-wet", Role.BEDRIJFSBUREAU)
    grant(bare, by_law.personal_group_id, "alles")
    take_notes(bare, by_law.pk)
    works_at(bare, "bureau-alleen-wet", "raad-voor-de-kinderbescherming")
    no_covenant_covers(bare, "raad-voor-de-kinderbescherming")
    bare.set(
        "UPDATE cases_participation SET regime = 'lokale_pga', because_of = content_object_id"
        " WHERE group_id = %s",
        by_law.personal_group_id,
    )
    judged(bare, by_law, "H")


def no_covenant_covers(bare: Bare, slug: str) -> None:
    """A participant of the law that came later and signed no covenant: what was given in the local
    approach does not count, also where a function shows who was given what. PRV-20."""
    bare.set(
        "DELETE FROM partners_ondertekening WHERE organisation_id ="
        " (SELECT id FROM partners_organisation WHERE slug = %s)",
        slug,
    )
    bare.set(
        "UPDATE partners_toetreding SET proposed_by_id = %s, test = 'proef', wgs_class = 'lid_2',"
        " tested_on = active_from, decision = 'proef', decided_on = active_from,"
        " signed_on = active_from"
        " WHERE organisation_id = (SELECT id FROM partners_organisation WHERE slug = %s)",
        bare.users["bureau"],
        slug,
    )


def serves(bare: Bare, slug: str, user: int) -> None:
    """The login service of this partner, that is on; and who is to be linked with it."""
    issuer = f"https://inloggen.{slug}.example"
    bare.set(
        "INSERT INTO partners_identityprovider (organisation_id, issuer, client_id, authentication,"
        " amr, acr, is_on) SELECT id, %s, 'huis', 'private_key_jwt', '{}', '{}', true"
        " FROM partners_organisation WHERE slug = %s",
        issuer,
        slug,
    )
    bare.set(
        "INSERT INTO partners_signonproposal (user_id, issuer, subject, proposed_by_id, approved)"
        " VALUES (%s, %s, 'voorgesteld', %s, false)",
        user,
        issuer,
        bare.users["manager"],
    )


def works_at(bare: Bare, username: str, slug: str) -> None:
    """His organisation is asked to deliver, or carries out: he himself has nothing to do with it,
    for he is barred, or is no partner by his role."""
    bare.set(
        "UPDATE partners_user SET organisation_id ="
        " (SELECT id FROM partners_organisation WHERE slug = %s) WHERE username = %s",
        slug,
        username,
    )


def answers_for(bare: Bare, user: int, slug: str) -> None:
    """One of the people of a partner who may know what that partner was asked."""
    bare.set(
        "INSERT INTO partners_user_groups (user_id, group_id)"
        " SELECT %s, group_id FROM partners_organisation WHERE slug = %s",
        user,
        slug,
    )
