"""Whom nobody holds, worked out once more: what the manager hears of every client, and no more."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.attempts.bare import Row
from tests.attempts.reference import Asker
from tests.attempts.tries import cases, same_set, says
from tests.attempts.wall import Attempt

NOBODYS = ("aangemeld", "samengevoegd", "niet_toegelaten", "afgesloten")
OVER = {"afgerond", "gestopt"}
# Whether somebody can work today is asked elsewhere (calls.about_oneself).
ASKED = "SELECT ARRAY(SELECT case_id || ' ' || kind FROM vh.loose_ends() WHERE kind <> 'leider')"
NAMED = "SELECT FROM vh.loose_ends() WHERE case_id = '{}'"


def loose_ends(who: Asker) -> Iterator[Attempt]:
    """For the manager, and of nobody from whom he is barred."""
    if who.plays("manager") and who.process_view:
        told = [f"{case['id']} {kind}" for case in held(who) for kind in ends_of(who, case)]
        yield says("loose_ends", same_set(told, "text"), ASKED)
        return
    for case in cases(who):
        yield Attempt("shows", "loose_ends", NAMED.format(case["id"]), False)


def held(who: Asker) -> list[Row]:
    return [c for c in cases(who) if c["status"] not in NOBODYS and who.knows(c["id"])]


def ends_of(who: Asker, case: Row) -> Iterator[str]:
    """What is loose of one client, in a word each."""
    plans = who.facts.all("maatwerkplan_maatwerkplan", case_id=case["id"])
    plan = max(plans, key=lambda each: (counts(case, each), each["number"]), default=None)
    if (plan and nothing_runs(who, plan)) or waits_too_long(who, case, plans):
        yield "actie"
    if any(begins_late(who, each) for each in plans):
        yield "start"
    if case["manager_id"] is not None and not spoken_of(who, case):
        yield "overleg"


def counts(case: Row, plan: Row) -> bool:
    """What is carried out or pressed for; a revision that was taken back is nothing beside it."""
    if case["status"] == "uitvoering":
        return plan["status"] == "ondertekend"
    return case["status"] == "drang_dwang" and plan["status"] in ("geweigerd", "uitgevallen")


def nothing_runs(who: Asker, plan: Row) -> bool:
    steps = who.facts.all("maatwerkplan_drangstap", plan_id=plan["id"])
    return (
        plan["status"] == "ingetrokken"
        or (plan["status"] == "aangeboden" and last_day_to_begin(who, plan) < timezone.localdate())
        or (
            plan["status"] in ("geweigerd", "uitgevallen")
            and not any(stands(who, step) for step in steps)
        )
        or (plan["status"] == "ondertekend" and all(said & OVER for said in told(who, plan)))
    )


def stands(who: Asker, step: Row) -> bool:
    """For today or later, and nobody said yet what came of it."""
    came = who.facts.all("maatwerkplan_stapuitkomst", step_id=step["id"])
    return step["on"] >= timezone.localdate() and not came


def last_day_to_begin(who: Asker, plan: Row) -> date:
    return timezone.localdate(plan["offered_at"]) + agreed(who, "start_within_days")


def agreed(who: Asker, subject: str) -> timedelta:
    """How long was agreed; of what is asked here there is one version."""
    found = who.facts.one("veiligheidshuis_werkafspraak", subject=subject)
    return timedelta(days=int(found["content"]))


def waits_too_long(who: Asker, case: Row, plans: list[Row]) -> bool:
    """He was given to somebody long since, and nothing was ever offered."""
    given = who.facts.all("cases_participation", content_object_id=case["id"], basis="toewijzing")
    if case["manager_id"] is None or not given or any(each["offered_at"] for each in plans):
        return False
    since = min(row["start_date"] for row in given)
    return bool(since + agreed(who, "offer_within_days") < timezone.localdate())


def begins_late(who: Asker, plan: Row) -> bool:
    """An action of a signed plan did not start within what was agreed, and did not end either."""
    if plan["status"] not in ("ondertekend", "uitgevallen"):
        return False
    today, last = timezone.localdate(), last_day_to_begin(who, plan)
    actions = who.facts.all("maatwerkplan_partneraction", plan_id=plan["id"])
    return last < today and any(
        not said & (OVER | {"start"})
        and (action["start_date"] < today or not (action["after_id"] or action["bridged_by_id"]))
        for action, said in zip(actions, told(who, plan), strict=True)
    )


def told(who: Asker, plan: Row) -> list[set[Any]]:
    """Of each action what was reported of it."""
    return [
        {
            row["kind"]
            for row in who.facts.all("maatwerkplan_progressreport", action_id=action["id"])
        }
        for action in who.facts.all("maatwerkplan_partneraction", plan_id=plan["id"])
    ]


def spoken_of(who: Asker, case: Row) -> bool:
    """A casusoverleg in which he is spoken of is still to come."""
    meetings = [
        who.facts.one("agenda_casusoverleg", id=item["overleg_id"])
        for item in who.facts.all("agenda_agendaitem", case_id=case["id"])
    ]
    return any(m["status"] == "gepland" and m["on"] >= timezone.localdate() for m in meetings)
