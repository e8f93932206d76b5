"""Accounts, roles and links: of the house, of each partner his own, and of nobody else."""

from collections.abc import Iterator

from partners.models import GIVES, Role
from tests.attempts.bare import Row
from tests.attempts.reference import Asker, live_roles
from tests.attempts.tries import answers, call, person
from tests.attempts.wall import Attempt

OF_PARTNERS = GIVES[Role.PARTNERBEHEERDER]


def keeps_at(who: Asker, organisation: object) -> bool:
    """The office of every organisation, an administrator of his own."""
    own = who.facts.one("partners_user", id=who.pk).get("organisation_id") == organisation
    return who.plays("bedrijfsbureau") or (who.plays("partnerbeheerder") and own)


def keeps(who: Asker, user: Row) -> bool:
    """And of nobody who has a role that he could not give, nor of himself."""
    above = live_roles(who.facts, user["id"]) - OF_PARTNERS
    below = who.pk != user["id"] and not above
    return who.plays("bedrijfsbureau") or (below and keeps_at(who, user["organisation_id"]))


def accounts(who: Asker) -> Iterator[Attempt]:
    office = who.plays("bedrijfsbureau")
    police = person(who, "politie")
    home = police["organisation_id"]
    left = who.facts.one("partners_organisation", slug="tracee")["id"]
    begin = "(vh.today())"
    yield from _keeping(who)
    yield call("add_user", keeps_at(who, home), "proef", "P", "Roef", "p@huis.example", home)
    yield call("add_user", False, "proef", "P", "Roef", "p@huis.example", left)
    yield call("open_house", False, "proef", "x", "P", "Roef", "p@huis.example")
    yield call("appoint", office and who.pk != police["id"], police["id"], "manager", begin, None)
    yield call("appoint", False, who.pk, "manager", begin, None)
    tom = person(who, "tom")
    seen = who.facts.all("partners_clearance", user_id=tom["id"], recorded_by_id=who.pk)
    yield call("appoint", office and not seen, tom["id"], "manager", begin, None)
    for name in ("bewoner", "ketenpartner-uitgetreden"):
        yield call("appoint", False, person(who, name)["id"], "ketenpartner", begin, None)
    outside = person(who, "ketenpartner-elders")["id"]  # the law does not know his organisation
    yield call("appoint", False, outside, "manager", begin, None)
    for name, role in (("fg", "ketenpartner"), ("politie", "fg")):  # AVG 38 lid 6
        yield call("appoint", False, person(who, name)["id"], role, begin, None)
    day = (police["id"], "vog", begin, begin)
    looks_along = who.plays("bedrijfsbureau", "manager")
    given = who.facts.all("partners_appointment", user_id=police["id"], granted_by_id=who.pk)
    yield call("record_clearance", looks_along and not given and who.pk != police["id"], *day)
    yield call("record_clearance", False, who.pk, "vog", begin, begin)
    appointment = who.facts.one("partners_appointment", user_id=police["id"])
    yield call("end_appointment", keeps(who, police), appointment["id"], begin)
    over = who.facts.one("partners_appointment", user_id=person(who, "fg-rol-voorbij")["id"])
    yield call("end_appointment", False, over["id"], begin)
    yield call("end_appointment", False, over["id"], over["end_date"])  # nor once more
    ending = who.facts.one("partners_appointment", user_id=person(who, "politie2")["id"])
    yield call("end_appointment", False, ending["id"], "(vh.today() + 99)")
    point = (home, "eerste", police["id"], "", "", "")
    yield call("set_contact_point", office, *point)
    yield call("set_contact_point", False, home, "eerste", tom["id"], "", "", "")


def _keeping(who: Asker) -> Iterator[Attempt]:
    """Of a partner, of another one, of one with a role of the house, and of an administrator."""
    for name in ("politie", "ggd", "privacy", "beheerder", "bureau"):
        user = person(who, name)
        yield answers("keeps_accounts_at", f"x = {keeps_at(who, home_of(user))}", home_of(user))
        yield answers("keeps_account", f"x = {keeps(who, user)}", user["id"])
        yield call("set_active", keeps(who, user), user["id"], False)
        yield call("set_active", who.plays("bedrijfsbureau"), user["id"], True)
        if name != "bureau":  # of the municipality, where everything may be given but to himself
            gives = keeps(who, user) and who.pk != user["id"]
            later = "(vh.today() + 9)"
            yield call("appoint", gives, user["id"], "partnerbeheerder", later, None)


def home_of(user: Row) -> object:
    return user["organisation_id"]


def confirming(who: Asker) -> Iterator[Attempt]:
    """GOV-03: who keeps the account says it, or the manager; nobody of himself."""
    yield call("begin_round", who.plays("bedrijfsbureau"), "(gen_random_uuid())")
    for name in ("politie", "ggd", "privacy", "beheerder", "bureau"):
        user = person(who, name)
        may = (keeps(who, user) or who.plays("manager")) and who.pk != user["id"]
        yield call("confirm", may, user["id"], True, "")
    yield call("confirm", False, who.pk, True, "")
    yield call("confirm", False, person(who, "ketenpartner-uit")["id"], True, "")


def invitations(who: Asker) -> Iterator[Attempt]:
    """SEC-01: who keeps the account asks, another looks along, and only the link itself opens."""
    (lost,) = who.facts.all("partners_accountinvitation", closed_at=None, approved_at=None)
    user = who.facts.one("partners_user", id=lost["user_id"])
    looks_along, pk = keeps(who, user) or who.plays("manager"), str(lost["id"])
    of_it = (lost["asked_by_id"], lost["user_id"])
    yield call("approve_invitation", looks_along and who.pk not in of_it, pk)
    yield call("withdraw_invitation", looks_along, pk)
    for name in ("politie", "ggd", "privacy"):
        asked = person(who, name)
        may = keeps(who, asked) and who.pk != asked["id"]
        yield call("invite", may, "(gen_random_uuid())", asked["id"])
    yield call("invite", False, "(gen_random_uuid())", who.pk)
    yield call("invite", False, "(gen_random_uuid())", person(who, "ketenpartner-uit")["id"])
    for guess in ("", "0" * 64, pk):
        yield answers("invited", "x IS NULL", guess)
        yield answers("take_invitation", "x IS NULL", guess, "pbkdf2_sha256$1$a$b")
