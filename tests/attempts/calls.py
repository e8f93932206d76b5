"""Every function of the wall that the application may call, tried by everybody.

The functions are the only ones that write access, roles and accounts: who could lead one astray
could give himself any dossier. A new function gets a line here, or in HARMLESS with the reason.
"""

from collections.abc import Callable, Iterator

from cases.access import WITH_A_ROLE
from cases.models import Basis, Scope, name_key
from partners.models import Regime
from tests.attempts.accounts import accounts, confirming, invitations
from tests.attempts.clock import by_the_clock
from tests.attempts.crossing import changing_regime, opening
from tests.attempts.ends import loose_ends
from tests.attempts.keeping import keeping
from tests.attempts.lists import adopting, selecting
from tests.attempts.meetings import meetings
from tests.attempts.parts import administering
from tests.attempts.reference import (
    Asker,
    Row,
    holds_something,
    victim_written,
)
from tests.attempts.reports import OWN_LISTS, OWN_REPORTS, own_lists, own_reports, unheard
from tests.attempts.roles import roles_end
from tests.attempts.tries import (
    answers,
    call,
    cases,
    person,
    same_set,
    says,
    select,
    shows,
    uuids,
)
from tests.attempts.wall import Attempt
from tests.house.world import BSN
from veiligheidshuis import cipher

HARMLESS = {
    "seated": "of een organisatie partner is; het partnerregister is openbaar binnen het huis",
    "covered": "of een organisatie het convenant tekende; dat staat in het partnerregister",
    "cleared": "of de papieren in orde zijn; wie een rol heeft, is openbaar binnen het huis",
    "confirmed": "of iemand is bevestigd; wie een rol heeft, is openbaar binnen het huis",
    "confirmed_since": "hetzelfde, vanaf een ronde",
    "today": "de dag",
    "day": "de dag van een moment",
    "case_type": "het nummer van een model",
    "scope": "het nummer van een scope",
    "emergency_hours": "hoeveel uur een noodtoegang ten hoogste duurt",
    "weighing_chains": "uit hoeveel ketens een oordeel nodig is om te besluiten",
    "declined_days": "na hoeveel dagen een aanmelding die niet is toegelaten wordt vernietigd",
    "report_days": "hoeveel dagen iemand zijn eigen aanmelding terugziet",
    "hand_over_days": "hoeveel dagen de vorige interventiemanager meeleest",
    "reset_hours": "hoeveel uur iemand kan tegenhouden dat zijn tweede stap wordt teruggezet",
    "roles_of_partners": "de vaste lijst, die ook in de code staat",
    "invitation_days": "hoeveel dagen de link werkt waarmee iemand een wachtwoord kiest",
    "basis_scopes": "de vaste lijst, die ook in de code staat",
    "basis_role": "de vaste lijst van ADR 0032",
}
# What was given to them by hand does not count today: not any more, or not yet.
NO_LONGER = ("verlopen", "nog-niet", "gesloten")
GONE = ("afgesloten", "niet_toegelaten")
Tries = Callable[[Asker], Iterator[Attempt]]


# --- who you are --------------------------------------------------------------------------------


def about_oneself(who: Asker) -> Iterator[Attempt]:
    unsaid = "PERFORM set_config('vh.user_id', '', true); PERFORM vh.uid();"
    yield Attempt("call", "uid", f"DO $done$ BEGIN {unsaid} END $done$", False)
    yield answers("roles", same_set(sorted(who.roles), "text"))
    yield answers("principals", same_set(sorted(who.groups), "int"))
    yield answers("works_with_persons", f"x = {who.works}")
    yield answers("regimes", same_set(sorted(who.regimes), "text"))
    yield answers("process_view", f"x = {who.process_view}")
    bars = who.facts.all("cases_bar", user_id=who.pk, lifted_at=None)
    barred = [row["case_id"] for row in bars]
    yield answers("barred", same_set(map(str, barred), "uuid"))
    himself = who.facts.one("partners_user", id=who.pk)
    yield call("change_password", himself.get("is_active", False), "proef")
    for each in ("manager", "bedrijfsbureau", "buurtregisseur", "stuurgroep", "fg"):
        yield answers("has_role", f"x = {who.plays(each)}", each)
        yield call("require_role", who.plays(each), each)


def what_one_may(who: Asker) -> Iterator[Attempt]:
    for case in cases(who):
        for scope in Scope.values:
            held = who.holds(case["id"], scope)
            yield answers("may", f"x = {held}", str(case["id"]), scope)
            if scope in (Scope.KNOW_CASE, Scope.VIEW_EDUCATIE):
                about = (who.pk, case["number"], scope, "(now())")
                yield answers("explain", f"(x).allowed = {held}", *about)
    any_case = bool(who.parts.get(Scope.KNOW_CASE))
    about = (who.pk, None, Scope.KNOW_CASE, "(now())")
    yield answers("explain", f"(x).allowed = {any_case}", *about)


def what_another_may(who: Asker) -> Iterator[Attempt]:
    other = person(who, "politie2")["id"]
    asks = who.plays("fg") or who.pk == other
    for case in cases(who):
        allowed = asks or who.leads(case["id"])
        yield call("explain", allowed, other, case["number"], Scope.KNOW_CASE, "(now())")
        if who.plays("fg"):
            gone = (
                person(who, "ketenpartner-uit")["id"],
                case["number"],
                Scope.KNOW_CASE,
                "(now())",
            )
            yield answers("explain", "(x).rule = 'account_off'", *gone)
    yield from reaching(who)


def reaching(who: Asker) -> Iterator[Attempt]:
    """The dry run: of the cases that one administers; to who leads it betrays no bar."""
    known = uuids(case for case in cases(who) if who.steps(case["id"]))
    barred = person(who, "ketenpartner-uitgesloten")
    for case in cases(who):
        bars = who.facts.all("cases_bar", case_id=case["id"], user_id=barred["id"])
        kept_out = who.process_view and any(bar["lifted_at"] is None for bar in bars)
        told = who.steps(case["id"]) and holds_something(who, barred, case["id"]) and not kept_out
        yield shows("reach", told, barred["id"], str(case["id"]), "(now())")
    of_manager = select("reach", (person(who, "manager")["id"], None, "(now())"), rows=True)
    everything = f"{of_manager} AS r WHERE r.case_id IS NULL"
    yield Attempt("shows", "reach", everything, who.process_view)
    for name in ("samira", "politie", "ketenpartner-alles"):
        reach = select("reach", (person(who, name)["id"], None, "(now())"), rows=True)
        yield Attempt(
            "answers",
            "reach",
            f"SELECT WHERE NOT EXISTS ({reach} AS r WHERE r.case_id IS NOT NULL"
            f" AND NOT r.case_id = ANY ({known}))",
            True,
        )


# --- the table of partners -----------------------------------------------------------------------


def coming_to_the_table(who: Asker) -> Iterator[Attempt]:
    """S2, convenant: nobody but the office brings a partner in, and no step is skipped."""
    office, home = who.plays("bedrijfsbureau"), person(who, "politie")["organisation_id"]
    mine = who.facts.one("partners_user", id=who.pk).get("organisation_id")
    seated = [
        row
        for row in who.facts.all("partners_toetreding", status="actief")
        if row["organisation_id"] in (home, mine)
    ]
    proposed = who.facts.all("partners_toetreding", status="voorgesteld")
    gone = who.facts.all("partners_toetreding", status="uitgetreden")
    signed = who.facts.all("partners_toetreding", status="ondertekend")
    new = ("(gen_random_uuid())", None, "Proef", "Proef", "proef", "zorg", "proef", "(vh.today())")
    yield call("propose_partner", office, *new)
    yield call("describe_partner", office, home, 1, "", "", "", "", "", 8, "", [])
    for row in [*seated, *proposed, *gone]:
        pk = str(row["id"])
        people = who.facts.all("partners_user", organisation_id=row["organisation_id"])
        own = who.pk in [person["id"] for person in people]
        yield call("announce_leaving", office and not own, pk, "(vh.today())", "proef")
        yield call("call_off_leaving", office, pk)
        yield call("leave", office, pk)
        yield call("activate_partner", office, pk)
        if office:  # nobody skips a step: none of them was announced, and none signed
            yield answers("activate_partner", "NOT x", pk)
            yield answers("leave", "NOT x", pk)
    if office:
        for row in gone:  # who left does not stay after all
            yield answers("call_off_leaving", "NOT x", str(row["id"]))
        for row in signed:  # a covenant that does not hold any more
            yield answers("activate_partner", "NOT x", str(row["id"]))


def resets(who: Asker) -> Iterator[Attempt]:
    """AUTH-12: two people of the office, and he himself to stop it."""
    office, looks_along = who.plays("bedrijfsbureau"), who.plays("bedrijfsbureau", "manager")
    police = person(who, "politie")["id"]
    asked = office and who.pk != police
    yield call("ask_reset", asked, "(gen_random_uuid())", police, "proef", "proef")
    yield call("ask_reset", False, "(gen_random_uuid())", who.pk, "proef", "proef")
    reset = who.facts.one("partners_factorreset", status="gevraagd")
    pk, of_it = str(reset["id"]), (reset["asked_by_id"], reset["user_id"])
    yield call("approve_reset", looks_along and who.pk not in of_it, pk)
    yield call("refuse_reset", looks_along, pk)
    yield call("stop_reset", who.pk == reset["user_id"], pk)
    yield call("carry_out_reset", office, pk)
    stopped = who.facts.one("partners_factorreset", status="tegengehouden")
    if looks_along and who.pk not in (stopped["asked_by_id"], stopped["user_id"]):
        yield answers("approve_reset", "NOT x", str(stopped["id"]))
    if office:
        yield answers("carry_out_reset", "NOT x", str(stopped["id"]))


def by_organisation(who: Asker) -> Iterator[Attempt]:
    """AUTH-13: by a login service that is off nobody is linked and nobody comes in, by one that is
    on everybody links himself; beforehand it takes two, and neither is the one who is linked.

    What comes back from one: tests/partners/test_sign_on_attacks.py.
    """
    police, office = person(who, "politie"), who.plays("bedrijfsbureau")
    me = who.facts.one("partners_user", id=who.pk)
    is_on = {}
    for service in who.facts.tables["partners_identityprovider"]:
        is_on[service["issuer"]] = service["is_on"]
        own = me.get("is_active") and me["organisation_id"] == service["organisation_id"]
        yield call("link_sign_on", bool(service["is_on"] and own), service["id"], "proef")
        for subject in ("politie", "manager", "nooit gekoppeld"):
            yield answers("signs_on", "x IS NULL", service["id"], subject)
    yield call("unlink_sign_on", who.pk == police["id"] or office, police["id"])
    yield call("propose_sign_on", office, police["id"], "proef")  # who hears: he is linked already
    yield call("propose_sign_on", False, person(who, "ggd")["id"], "proef")  # no login service
    yield call("propose_sign_on", False, who.pk, "proef")
    for proposal in who.facts.tables["partners_signonproposal"]:
        another = who.pk not in (proposal["user_id"], proposal["proposed_by_id"])
        agrees = office and another and is_on[proposal["issuer"]]
        yield call("decide_sign_on", agrees, proposal["id"], True)
        yield call("decide_sign_on", office, proposal["id"], False)


# --- access to a case ---------------------------------------------------------------------------


def granting(who: Asker) -> Iterator[Attempt]:
    tom, rimo = (person(who, name)["personal_group_id"] for name in ("tom", "rimo"))
    shelter = who.facts.one("partners_organisation", slug="leger-des-heils")["group_id"]
    signatory = who.facts.one("partners_organisation", slug="slachtofferhulp")["group_id"]
    himself = who.pk == person(who, "tom")["id"]
    for case in cases(who):
        pk, leads = case["id"], who.leads(case["id"])
        manages = who.plays("manager") and who.knows(pk)
        closed, local = case["status"] == "afgesloten", case["regime"] == "lokale_pga"
        manages, leads = manages and not closed, leads and not closed
        admitted = was_admitted(who, case)
        scopes = [Scope.VIEW_HUISVESTING, Scope.VIEW_JUSTICE]
        holds = all(who.holds(pk, scope) for scope in scopes)
        for allowed, group, basis, wanted in (
            (manages and not himself and admitted, tom, Basis.TOEWIJZING, [Scope.LEAD_CASE]),
            (leads, shelter, Basis.LEVERINGSVRAAG, [Scope.KNOW_CASE]),
            (leads and local, signatory, Basis.LEVERINGSVRAAG, [Scope.KNOW_CASE]),
            (leads, shelter, Basis.UITVOERING, [Scope.KNOW_CASE]),
            (leads and holds, rimo, Basis.HAND, scopes),
            *((False, *never) for never in never_granted(who)),
        ):
            args = (str(pk), group, str(basis), [str(s) for s in wanted], None, "proef", None)
            yield call("grant_access", allowed, *args)


def never_granted(who: Asker) -> Iterator[tuple[int | None, Basis, list[Scope]]]:
    """To whom nobody gives this, on such a ground."""
    tom, rimo, over, later = (
        person(who, name)["personal_group_id"]
        for name in (
            "tom",
            "rimo",
            "interventiemanager-rol-voorbij",
            "interventiemanager-rol-straks",
        )
    )
    shelter, stranger = (
        who.facts.one("partners_organisation", slug=slug)["group_id"]
        for slug in ("leger-des-heils", "bewoners")
    )
    for group in (who.own_group, rimo, over, later):
        yield group, Basis.TOEWIJZING, [Scope.LEAD_CASE]
    yield shelter, Basis.LEVERINGSVRAAG, [Scope.VIEW_HUISVESTING]
    yield stranger, Basis.LEVERINGSVRAAG, [Scope.KNOW_CASE]
    yield shelter, Basis.HAND, [Scope.VIEW_GEZONDHEID]
    yield who.own_group, Basis.HAND, [Scope.KNOW_CASE]
    for scope in (Scope.LEAD_CASE, Scope.VIEW_VICTIM):
        yield rimo, Basis.HAND, [scope]
    yield rimo, Basis.SLACHTOFFER, [Scope.VIEW_VICTIM]
    yield rimo, Basis.AANDRAGEN, [Scope.KNOW_CASE]
    yield rimo, Basis.WEGING, [Scope.VIEW_REPORT]
    yield rimo, Basis.SELECTIE, [Scope.VIEW_JUSTICE]
    yield tom, Basis.NOTULIST, [Scope.MINUTES]
    yield tom, Basis.WAARNEMING, [Scope.LEAD_CASE]
    for basis in (Basis.OVERDRACHT, Basis.NOODTOEGANG):
        yield tom, basis, [Scope.VIEW_PLAN]


def weighing(who: Asker) -> Iterator[Attempt]:
    """The office lets people of core participants read a report; nobody decides by himself."""
    police, shelter = (person(who, name)["personal_group_id"] for name in ("politie", "rimo"))
    for weging in who.facts.tables["cases_weging"]:
        case, pk = str(weging["case_id"]), str(weging["id"])
        is_open = weging["status"] == "gevraagd"
        asks = is_open and who.process_view and who.knows(weging["case_id"])
        himself = who.pk == person(who, "politie")["id"]
        for allowed, group in ((asks and not himself, police), (False, shelter)):
            args = (case, group, "weging", ["view_report"], None, "proef", pk)
            yield call("grant_access", bool(allowed), *args)
        if who.own_group:
            himself = (case, who.own_group, "weging", ["view_report"], None, "proef", pk)
            yield call("grant_access", False, *himself)
        yield answers("count_unheard", f"x = {unheard(who, weging)}", pk)
        # one chain was heard, and that is not enough to decide
        yield call("settle_weighing", False, pk, True, "", "")
        yield call("settle_weighing", False, pk, False, "advies", "proef")


def supporting(who: Asker) -> Iterator[Attempt]:
    """The interventiemanager himself lets somebody in on one victim, who has work in the case."""
    until = "(vh.today())"
    names = ("politie", "rimo", *(f"ketenpartner-{state}" for state in NO_LONGER))
    for victim in who.facts.tables["cases_slachtoffer"]:
        case, pk = victim["case_id"], str(victim["id"])
        writes = victim_written(who, victim) and victim["ended_on"] is None
        for somebody in (person(who, name) for name in names):
            works = holds_something(who, somebody, case, *WITH_A_ROLE)
            group = somebody["personal_group_id"]
            args = (str(case), group, "slachtoffer", ["view_victim"], until, "proef", pk)
            yield call("grant_access", writes and works, *args)
    for case in cases(who):
        keeps = any(
            row["basis"] == "toewijzing" and row["closed_at"] is None
            for row in who.facts.all("cases_participation", content_object_id=case["id"])
            if row["group_id"] in who.groups
        )
        may = keeps and who.leads(case["id"]) and who.holds(case["id"], Scope.VIEW_VICTIM)
        yield answers("keeps_victims", f"x = {may}", str(case["id"]))
        closed = case["status"] == "afgesloten"
        yield call("shield_case", closed and who.leads(case["id"]), str(case["id"]))


def listed(who: Asker, case: Row) -> bool:
    """Stands on a list that is still discussed."""
    places = who.facts.all("cases_lijstplaats", case_id=case["id"])
    open_lists = {row["id"] for row in who.facts.all("cases_prioriteitenlijst", status="concept")}
    return any(place["prioriteitenlijst_id"] in open_lists for place in places)


def joining(who: Asker) -> Iterator[Attempt]:
    """A report goes into another dossier of its regime by the office that knows both, before it
    goes further."""
    known = cases(who)[0]
    for case in cases(who):
        pair = (str(case["id"]), str(known["id"]))
        compares = who.plays("bedrijfsbureau") and case["id"] != known["id"]
        compares = compares and who.knows(case["id"]) and who.knows(known["id"])
        compares = compares and case["regime"] == known["regime"]
        yield call("have_other_bsn", compares, *pair)
        fits = case["status"] == "aangemeld" and not listed(who, case)
        fits = fits and known["status"] not in GONE and not other_bsn(who, case, known)
        yield call("join_case", compares and fits, *pair)
    yield says("own_reports", same_set(own_reports(who), "text"), OWN_REPORTS)
    yield says("own_lists", same_set(own_lists(who), "text"), OWN_LISTS)


def other_bsn(who: Asker, *both: Row) -> bool:
    """Each has a number, and they are not the same."""
    kept = [who.facts.one("cases_clientbsn", client_id=case["client_id"]) for case in both]
    return len({row["digest"] for row in kept if row}) == 2


def closing(who: Asker) -> Iterator[Attempt]:
    own = next(iter(who.groups), None)
    for case in cases(who):
        pk, administers = str(case["id"]), who.steps(case["id"])
        yield call("close_access", administers, pk, "hand", None, None)
        yield call("close_access", administers, pk, "leveringsvraag", None, None)
        if own is not None:
            for basis in ("leveringsvraag", "aandragen", "toewijzing"):
                yield call("close_access", basis != "toewijzing", pk, basis, own, None)


def was_admitted(who: Asker, case: Row) -> bool:
    return bool(who.facts.all("cases_weging", case_id=case["id"], status="toegelaten"))


def led(who: Asker, case: Row) -> bool:
    """Somebody was given this case, that goes on: also when his role ended since."""
    rows = who.facts.all("cases_participation", content_object_id=case["id"], basis="toewijzing")
    return bool(rows) and case["status"] != "afgesloten"


def handing_over(who: Asker) -> Iterator[Attempt]:
    tom, samira = person(who, "tom")["id"], person(who, "samira")["id"]
    yield answers("leads_any", "x" if who.process_view else "NOT x", samira)
    for case in cases(who):
        pk = str(case["id"])
        may = who.plays("manager") and who.knows(case["id"]) and who.pk != tom
        may = may and was_admitted(who, case)
        yield call("hand_over", may and led(who, case), pk, tom)
        yield call("hand_over", False, pk, person(who, "bewoner")["id"])
        yield shows("running_work", who.steps(case["id"]), pk)
        if who.steps(case["id"]):
            yield answers("running_work", f"x = ROW({', '.join(map(str, running(who, case)))})", pk)


def running(who: Asker, case: Row) -> tuple[int, int]:
    """How many questions of a plan in the making wait, and how many signed actions go on."""
    plans = {row["id"]: row["status"] for row in who.facts.tables["maatwerkplan_maatwerkplan"]}
    answered = {row["question_id"] for row in who.facts.tables["maatwerkplan_deliveryanswer"]}
    reports = who.facts.tables["maatwerkplan_progressreport"]
    over = {row["action_id"] for row in reports if row["kind"] in ("afgerond", "gestopt")}
    actions = who.facts.all("maatwerkplan_partneraction", case_id=case["id"])
    asked = {row["id"]: row["revision"] for row in actions}
    waiting = [
        row
        for row in who.facts.all("maatwerkplan_deliveryquestion", case_id=case["id"])
        if plans[row["plan_id"]] == "concept"
        and row["id"] not in answered
        and asked[row["action_id"]] == row["revision"]
    ]
    signed = [row for row in actions if plans[row["plan_id"]] in ("ondertekend", "uitgevallen")]
    return len(waiting), sum(row["id"] not in over for row in signed)


def in_nood_unjudged(who: Asker, case: Row) -> bool:
    """He opened this case in nood before, and nobody has judged that yet."""
    rows = who.facts.all("cases_noodtoegang", case_id=case["id"], opened_by_id=who.pk)
    return any(row["reviewed_at"] is None for row in rows)


def breaking_glass(who: Asker) -> Iterator[Attempt]:
    for case in cases(who):
        may = who.plays("bedrijfsbureau") and who.knows(case["id"]) and led(who, case)
        may = may and not in_nood_unjudged(who, case)
        for allowed, why, hours in ((may, "proef", 1), (False, "", 1), (False, "proef", 5)):
            fresh = "(gen_random_uuid())"
            yield call("break_glass", allowed, fresh, str(case["id"]), why, hours)
    for nood in who.facts.tables["cases_noodtoegang"]:
        pk, case, own = str(nood["id"]), nood["case_id"], nood["opened_by_id"] == who.pk
        judges = who.plays("fg") or (who.plays("manager") and who.knows(case))
        ends = who.knows(case) and (own or who.plays("manager") or who.leads(case))
        yield call("end_emergency", ends, pk)
        yield call("review_emergency", judges and not own, pk, True, "proef")
        yield shows("emergency_numbers", judges)
    yield answers("judgement_overdue", "NOT x")  # nothing in this house waits as long as that


def supervising(who: Asker) -> Iterator[Attempt]:
    """The whole log is for the FG; who looked into a case also for who leads it."""
    yield call("read_log", who.plays("fg"), *[None] * 8, 10)
    yield call("read_own_people", who.plays("privacyfunctionaris"), *[None] * 5, 10)
    for case in cases(who):
        told = who.plays("fg") or who.leads(case["id"])
        yield shows("looks_at", told, case["number"], None, 10)
        yield shows("looking_days", told, case["number"])


def bsn(who: Asker) -> Iterator[Attempt]:
    """The office looks whether it knows somebody: from whom it is not barred, and who goes on."""
    office = who.plays("bedrijfsbureau")
    yield call("clients_with_bsn", office, [cipher.digest(BSN)], "wgs")
    rows = who.facts.tables["cases_clientbsn"] if office and who.process_view else []
    for regime in Regime if rows else ():
        found = {
            row["client_id"]
            for row in rows
            for case in who.facts.all("cases_case", client_id=row["client_id"], regime=regime)
            if case["status"] != "afgesloten" and who.knows(case["id"])
        }
        asked = select("clients_with_bsn", [[row["digest"] for row in rows], regime], rows=True)
        clients = f"SELECT ARRAY({asked.replace('*', 'client_id', 1)})"
        yield says("clients_with_bsn", same_set(sorted(map(str, found)), "uuid"), clients)


def reading_in(who: Asker) -> Iterator[Attempt]:
    """A list that was just read in is taken back by the office, until somebody worked on it."""
    office = who.plays("bedrijfsbureau")
    for batch in who.facts.all("cases_importbatch"):
        just_read_in = batch["confirmed_at"] is not None
        yield call("worked_on_of_import", office, batch["id"])
        yield call("undo_import", office and just_read_in, batch["id"], 24)
        if office and just_read_in:
            yield answers("worked_on_of_import", "x = 0", batch["id"])


def finding(who: Asker) -> Iterator[Attempt]:
    """Searching and counting find what one knows, and nothing else has any part in it."""
    known = [case for case in cases(who) if who.knows(case["id"])]
    browsed = [c for c in known if not (who.process_view and c["status"] == "afgesloten")]
    yield answers("count_cases", f"x = {len(browsed)}")
    counted = "SELECT coalesce(sum(number), 0) AS n FROM vh.tally_cases()"
    yield Attempt(
        "answers", "tally_cases", f"SELECT FROM ({counted}) s WHERE n = {len(known)}", True
    )
    listed = f"{select('newest_cases', (0, 1000), rows=True)} AS f WHERE"
    yield Attempt("shows", "newest_cases", f"{listed} NOT f.case_id = ANY ({uuids(known)})", False)
    for case in cases(who):
        which = f"(x = '{case['id']}') = {who.knows(case['id'])}"
        yield answers("case_numbered", which, case["number"])
        himself = f"{listed} f.case_id = '{case['id']}'"
        yield Attempt("shows", "newest_cases", himself, case in browsed)
        client = who.facts.one("cases_client", id=case["client_id"])
        for forgiving in (False, True):
            asked = ([name_key(client["last_name"])], None, forgiving, 100)
            found = select("search_cases", asked, rows=True)
            himself = f"{found} AS f WHERE f.case_id = '{case['id']}'"
            yield Attempt("shows", "search_cases", himself, who.knows(case["id"]))
            hidden = f"{found} AS f WHERE NOT f.case_id = ANY ({uuids(known)})"
            yield Attempt("shows", "search_cases", hidden, False)


# --- other tables -------------------------------------------------------------------------------


def area(who: Asker) -> Iterator[Attempt]:
    """The public form: anybody files a report, and hears its outcome by its code alone."""
    place = who.facts.tables["beheerscommissie_place"][0]
    slug = who.facts.one("beheerscommissie_area", id=place["area_id"])["slug"]
    words = ("avond", "hoek", "Lawaai.", "N", "06", "n@huis.example")
    args = ("(gen_random_uuid())", "proef", slug, place["id"], "openbare_orde", "(vh.today())")
    yield call("file_nuisance_report", True, *args, *words)
    elsewhere = (*args[:2], "een-ander-gebied", *args[3:])
    yield call("file_nuisance_report", False, *elsewhere, *words)
    for content in who.facts.tables["beheerscommissie_reportcontent"]:
        yield shows("report_outcome", True, slug, content["code"])
    yield shows("report_outcome", False, slug, "AAAA-AAAA")


def figures(who: Asker) -> Iterator[Attempt]:
    yield call("half_year_figures", who.plays("manager", "stuurgroep"))


CALLS: tuple[Tries, ...] = (
    about_oneself,
    what_one_may,
    what_another_may,
    accounts,
    invitations,
    confirming,
    roles_end,
    coming_to_the_table,
    resets,
    by_organisation,
    opening,
    changing_regime,
    granting,
    selecting,
    joining,
    weighing,
    supporting,
    closing,
    administering,
    adopting,
    loose_ends,
    handing_over,
    breaking_glass,
    supervising,
    bsn,
    reading_in,
    keeping,
    finding,
    meetings,
    area,
    figures,
    by_the_clock,
)
TRIED = frozenset(
    """uid change_password own_reports own_lists take_along_unseen
    roles principals works_with_persons process_view barred has_role require_role may explain
    reach link_sign_on unlink_sign_on signs_on propose_sign_on decide_sign_on add_user open_house
    describe_partner propose_partner activate_partner announce_leaving call_off_leaving leave
    appoint record_clearance set_active end_appointment ask_reset approve_reset
    refuse_reset stop_reset carry_out_reset
    set_contact_point open_case open_cases grant_access close_access close_selection take_off_list
    set_bar settle_weighing has_minutes lift_bar who_is_barred who_took_part
    who_takes_part tell_of_case clients_with_bsn count_cases tally_cases
    search_cases newest_cases case_numbered let_note my_agenda_items my_note_taking my_overleggen
    agenda_positions file_nuisance_report report_outcome half_year_figures adopt_unseen leads_any
    loose_ends number_places count_unadmitted move_place seal_list check_list kept_lists
    hand_over running_work break_glass end_emergency have_other_bsn join_case review_emergency
    emergency_numbers judgement_overdue keeps_victims shield_case read_log read_own_people looks_at
    count_unheard looking_days worked_on_of_import undo_import regimes change_regime fits_overleg
    keeps_accounts_at keeps_account invite approve_invitation withdraw_invitation invited
    take_invitation begin_round confirm""".split()  # noqa: SIM905 - one line each is long
)


def all_calls(who: Asker) -> Iterator[Attempt]:
    """Every function, as this person."""
    for tries in CALLS:
        yield from tries(who)
