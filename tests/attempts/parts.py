"""Who takes part in a dossier, who did before, and who is kept out of it."""

from collections.abc import Iterator

from django.utils import timezone

from tests.attempts.bare import Row
from tests.attempts.reference import Asker
from tests.attempts.tries import call, cases, person, select, shows
from tests.attempts.wall import Attempt


def administering(who: Asker) -> Iterator[Attempt]:
    other = person(who, "rimo")["id"]
    for case in cases(who):
        office = who.process_view and who.knows(case["id"])
        pk = str(case["id"])
        yield call("set_bar", office, pk, other, "proef")
        yield call("lift_bar", office, pk, other, "proef")
        told = bool(who.facts.all("cases_bar", case_id=case["id"]))  # of a new one nobody is, yet
        yield shows("who_is_barred", office and told, pk)
        told = bool(who.facts.all("cases_participation", content_object_id=case["id"]))
        yield shows("who_takes_part", who.steps(case["id"]) and told, pk)
        part = select("who_takes_part", (pk,), rows=True)
        not_today = "vh.today() > t.end_date OR vh.today() < t.start_date"
        over = f"SELECT WHERE NOT EXISTS ({part} AS t WHERE {not_today})"
        yield Attempt("answers", "who_takes_part", over, True)
        yield from taking_part(who, case)
        mail = ("(gen_random_uuid())", pk, "start_nadert", other)
        yield call("tell_of_case", who.knows(case["id"]), *mail)
        if who.knows(case["id"]) and case["regime"] == "wgs":
            yield tells_nobody_outside(who, pk)


def tells_nobody_outside(who: Asker, case: str) -> Attempt:
    """Who may not take part under the law gets no mail about somebody who is under it: a second
    with the same key would not be refused as the same."""
    mail = ("00000000-0000-4000-8000-0000000000bb", case, "start_nadert")
    told = select("tell_of_case", (*mail, person(who, "ketenpartner-elders")["id"]))
    tell = told.replace("SELECT", "PERFORM", 1)
    done = (
        f"DO $done$ BEGIN {tell}; {tell}; EXCEPTION WHEN unique_violation THEN"
        " RAISE insufficient_privilege; END $done$"
    )
    return Attempt("call", "tell_of_case", done, True)


def taking_part(who: Asker, case: Row) -> Iterator[Attempt]:
    """Who takes part and who took part: all of both, and nothing that is still to come."""
    rows = who.facts.all("cases_participation", content_object_id=case["id"])
    begun = [row for row in rows if row["start_date"] <= timezone.localdate()]
    over = [row for row in begun if is_over(row)]
    before_it_was_closed = [row for row in over if was_held(row)]
    told = {"who_takes_part": len(begun) - len(over), "who_took_part": len(before_it_was_closed)}
    for function, number in told.items():
        lines = select(function, (str(case["id"]),), rows=True)
        expected = number if who.steps(case["id"]) else 0
        counted = f"SELECT FROM ({lines}) AS l HAVING count(*) = {expected}"
        yield Attempt("answers", function, counted, True)


def is_over(row: Row) -> bool:
    """It does not count any more: its last day has passed, or it was closed."""
    closed, last = row["closed_at"], row["end_date"]
    return bool(closed and closed <= timezone.now()) or bool(last and last < timezone.localdate())


def was_held(row: Row) -> bool:
    """It was not closed before its first day."""
    closed = row["closed_at"]
    return closed is None or row["start_date"] <= timezone.localtime(closed).date()
