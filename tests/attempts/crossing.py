"""Under a regime, and from the one to the other, tried by everybody. PRV-20."""

from collections.abc import Iterator

from tests.attempts.reference import Asker
from tests.attempts.regimes import fits_meeting
from tests.attempts.tries import answers, call, cases, knows_after, person, select
from tests.attempts.wall import Attempt


def opening(who: Asker) -> Iterator[Attempt]:
    """A new case comes under a regime in which its maker has a part, and takes nobody's place."""
    fresh, source = "(gen_random_uuid())", person(who, "politie")["organisation_id"]
    for regime in ("wgs", "lokale_pga"):
        told = ("veelpleger", source, "", regime, "Waarom", "Grond")
        yield call("open_case", who.works and regime in who.regimes, fresh, fresh, *told)
    more = ("veelpleger", source, "", "wgs", "", "WGS 2.26")
    if who.works and "wgs" in who.regimes:
        mine = "00000000-0000-4000-8000-0000000000aa"
        yield knows_after("open_case", mine, select("open_case", (mine, fresh, *more)))
    for case in cases(who):
        yield call("open_case", False, str(case["id"]), fresh, *more)
        yield call("open_case", False, fresh, str(case["client_id"]), *more)
        taken, sources = f"(ARRAY['{case['id']}']::uuid[])", f"(ARRAY[{source}]::bigint[])"
        yield call("open_cases", False, taken, taken, ["veelpleger"], sources, [""], "Grond")


def changing_regime(who: Asker) -> Iterator[Attempt]:
    """To the other regime: once, while it runs, when its leader may lead it there."""
    decider = person(who, "politie")["organisation_id"]
    over = ("afgesloten", "samengevoegd", "niet_toegelaten")
    for case in cases(who):
        for regime in ("wgs", "lokale_pga"):
            may = who.steps(case["id"]) and regime in who.regimes and regime != case["regime"]
            may = may and case["status"] not in over
            told = (regime, "Waarom", "Grond", decider, "(vh.today())")
            yield call("change_regime", may, str(case["id"]), *told)
            yield call("change_regime", False, str(case["id"]), regime, "", "Grond", decider, None)
            if may and who.process_view and regime == "wgs":
                yield lets_go(who, str(case["id"]), select("change_regime", (case["id"], *told)))
    for meeting in who.facts.tables["agenda_casusoverleg"]:
        for case in cases(who):
            row = {"overleg_id": meeting["id"], "case_id": case["id"]}
            fits = who.process_view and who.knows(case["id"]) and fits_meeting(who, row)
            yield answers("fits_overleg", f"x = {fits}", str(meeting["id"]), str(case["id"]))


def lets_go(who: Asker, case: str, change: str) -> Attempt:
    """Who may not take part under the law keeps no part in somebody who came under it, and no
    reminder of him."""
    outside = person(who, "bedrijfsbureau-elders")
    part = (
        f"EXISTS (SELECT FROM cases_participation WHERE content_object_id = '{case}'"
        f" AND group_id = {outside['personal_group_id']}"
        " AND (closed_at IS NULL OR closed_at > statement_timestamp())"
        " AND (end_date IS NULL OR end_date >= vh.today()))"
    )
    reminder = (
        f"EXISTS (SELECT FROM cases_deadline WHERE case_id = '{case}'"
        f" AND recipient_id = {outside['id']} AND done_at IS NULL)"
    )
    done = (
        f"DO $done$ BEGIN {change.replace('SELECT', 'PERFORM', 1)};"
        f" IF {part} OR {reminder} THEN RAISE insufficient_privilege; END IF; END $done$"
    )
    return Attempt("call", "change_regime", done, True)
