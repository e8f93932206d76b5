"""What was given for a role follows the days of that role. DOS-05, REG-08; ADR 0032.

The office does something with a role, and whoever had it looks in the access table at what is left
of his own. All in one statement, that is undone like every other.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from cases.models import Basis
from tests.attempts.bare import Row
from tests.attempts.reference import Asker
from tests.attempts.tries import cases, person
from tests.attempts.wall import Attempt

# His rows that are not closed, of a ground that rests on being interventiemanager.
OPEN = (
    "SELECT FROM cases_participation p WHERE p.closed_at IS NULL AND p.group_id = {group}"
    " AND p.basis IN ('toewijzing', 'waarneming', 'overdracht')"
)
LEADER = "interventiemanager"


def roles_end(who: Asker) -> Iterator[Attempt]:
    """For who may give and end roles, of somebody whose papers he did not see himself."""
    if not who.plays("bedrijfsbureau"):
        return
    samira = person(who, "samira")
    if not saw_papers(who, samira):
        yield from of_who_leads(who, samira)
    for state in ("verlopen", "nog_niet"):
        leader = person(who, f"leidde-{state}")
        if not saw_papers(who, leader) and who.pk != leader["id"]:
            yield of_who_read_on(who, leader)


def saw_papers(who: Asker, somebody: Row) -> bool:
    return bool(who.facts.all("partners_clearance", user_id=somebody["id"], recorded_by_id=who.pk))


def of_who_leads(who: Asker, leader: Row) -> Iterator[Attempt]:
    """Ended today he leads until tonight; who goes on leads on, but for whom another has now."""
    open_rows = OPEN.format(group=leader["personal_group_id"])
    ended = [appoint(leader, "ketenpartner", 0), end(who, leader, "vh.today()")]
    later = f"{open_rows} AND (p.end_date IS NULL OR p.end_date > vh.today())"
    still = f"{open_rows} AND p.end_date = vh.today()"
    yield after(ended, leader, f"NOT EXISTS ({later}) AND EXISTS ({still})")

    kept = sum(given_to(who, case) == leader["personal_group_id"] for case in cases(who))
    again = f"{open_rows} AND p.start_date = vh.today() + 1 AND p.end_date IS NULL"
    counted = again.replace("SELECT", "SELECT count(DISTINCT p.content_object_id)", 1)
    yield after([*ended, appoint(leader, LEADER, 1)], leader, f"({counted}) = {kept}")


def was_over(who: Asker, leader: Row) -> bool:
    """Something that he was given as interventiemanager ended by itself before today."""
    given = who.facts.all("cases_participation", group_id=leader["personal_group_id"])
    return any(
        row["basis"] in (Basis.TOEWIJZING, Basis.WAARNEMING, Basis.OVERDRACHT)
        and row["closed_at"] is None
        and row["end_date"] is not None
        and row["end_date"] < timezone.localdate()
        for row in given
    )


def of_who_read_on(who: Asker, leader: Row) -> Attempt:
    """Ended yesterday nothing counts any more; what was over before stays as it was written."""
    open_rows = OPEN.format(group=leader["personal_group_id"])
    ended = [appoint(leader, "ketenpartner", 0), end(who, leader, "vh.today() - 1")]
    left = f"{open_rows} AND (p.end_date IS NULL OR p.end_date >= vh.today())"
    before = f"EXISTS ({open_rows} AND p.end_date < vh.today()) = {was_over(who, leader)}"
    return after(ended, leader, f"NOT EXISTS ({left}) AND {before}")


def given_to(who: Asker, case: Row) -> int | None:
    """The group of who was given this case last, when it goes on."""
    rows = who.facts.all(
        "cases_participation", content_object_id=case["id"], basis=str(Basis.TOEWIJZING)
    )
    if not rows or case["status"] == "afgesloten":
        return None
    last: Any = max(rows, key=lambda row: (row["granted_at"], row["id"]))["group_id"]
    return int(last)


def appoint(somebody: Row, role: str, days: int) -> str:
    return f"PERFORM vh.appoint({somebody['id']}, '{role}', vh.today() + {days}, NULL)"


def end(who: Asker, somebody: Row, last: str) -> str:
    held = who.facts.one("partners_appointment", user_id=somebody["id"], role=LEADER)
    return f"PERFORM vh.end_appointment({held['id']}, {last})"


def after(deeds: list[str], somebody: Row, expected: str) -> Attempt:
    """When this was done, he finds it so."""
    he_asks = f"PERFORM set_config('vh.user_id', '{somebody['id']}', true)"
    found = f"IF NOT ({expected}) THEN RAISE insufficient_privilege; END IF"
    steps = "; ".join([*deeds, he_asks, found])
    return Attempt("call", "follow_role", f"DO $done$ BEGIN {steps}; END $done$", True)
