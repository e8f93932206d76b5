"""From the one regime to the other, tried by everybody. PRV-20."""

from collections.abc import Iterator

from tests.attempts.reference import Asker
from tests.attempts.regimes import fits_meeting
from tests.attempts.tries import answers, call, cases, person
from tests.attempts.wall import Attempt


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
    for meeting in who.facts.tables["agenda_casusoverleg"]:
        for case in cases(who):
            row = {"overleg_id": meeting["id"], "case_id": case["id"]}
            fits = who.process_view and who.knows(case["id"]) and fits_meeting(who, row)
            yield answers("fits_overleg", f"x = {fits}", str(meeting["id"]), str(case["id"]))
