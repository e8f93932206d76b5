"""The functions of the wall round the prioriteitenlijst: ranking, adopting and its fingerprint."""

from collections.abc import Iterator

from tests.attempts.bare import Row
from tests.attempts.reference import OFFICE_ROLES, Asker
from tests.attempts.regimes import fits_person
from tests.attempts.tries import answers, call, literal, person, shows, uuids
from tests.attempts.wall import Attempt


def selecting(who: Asker) -> Iterator[Attempt]:
    """The members of a list in discussion see its candidates, by the office."""
    for place in who.facts.tables["cases_lijstplaats"]:
        ranked = who.facts.one("cases_prioriteitenlijst", id=place["prioriteitenlijst_id"])
        allowed = who.process_view and who.knows(place["case_id"]) and ranked["status"] == "concept"
        for member in who.facts.all("cases_selectielid", prioriteitenlijst_id=ranked["id"]):
            group = who.facts.one("partners_user", id=member["user_id"])["personal_group_id"]
            args = (str(place["case_id"]), group, "selectie")
            another = allowed and group != who.own_group and fits_person(who, place, member)
            for may, scope in (
                (another and in_straf(who, member), "view_justice"),
                (another, "know_case"),
            ):
                yield call("grant_access", may, *args, [scope], None, "", str(ranked["id"]))
        before = who.facts.all("cases_lijstplaats", prioriteitenlijst_id=ranked["id"])[0]["case_id"]
        yield call(
            "move_place",
            ranks(who, ranked)
            and who.knows(place["case_id"])
            and who.knows(before)
            and place["case_id"] != before,
            str(ranked["id"]),
            str(place["case_id"]),
            str(before),
        )
        known = who.process_view and who.knows(place["case_id"])
        yield call("take_off_list", known, str(ranked["id"]), str(place["case_id"]))
        if known and ranked["status"] != "concept":
            yield keeps_their_numbers(ranked, place)
        yield call("close_selection", who.plays("manager"), str(ranked["id"]))
    yield from taking_along(who)


def taking_along(who: Asker) -> Iterator[Attempt]:
    """Who opened a list in discussion lets those of a former one come along; of the same regime."""
    lists = who.facts.tables["cases_prioriteitenlijst"]
    for new in lists:
        for former in lists:
            allowed = who.process_view and new["status"] == "concept" != former["status"]
            allowed = (
                allowed and new["opened_by_id"] == who.pk and new["regime"] == former["regime"]
            )
            yield call("take_along_unseen", allowed, str(new["id"]), str(former["id"]))


def keeps_their_numbers(ranked: Row, place: Row) -> Attempt:
    """Behind who leaves a list that was adopted the places stay as they were."""
    there = f"""ARRAY(SELECT rank FROM cases_lijstplaats WHERE id <> '{place["id"]}'
      AND prioriteitenlijst_id = '{ranked["id"]}' ORDER BY id)"""  # noqa: S608 - our own words
    return Attempt(
        "call",
        "take_off_list",
        f"""DO $done$ DECLARE v_before smallint[] := {there}; BEGIN
          PERFORM vh.take_off_list('{ranked["id"]}', '{place["case_id"]}');
          IF v_before <> {there} THEN RAISE insufficient_privilege; END IF;
        END $done$""",
        True,
    )


def ranks(who: Asker, ranked: Row) -> bool:
    """Sits in the meeting of a list that is discussed, or keeps that list."""
    own = {"prioriteitenlijst_id": ranked["id"], "user_id": who.pk}
    member = bool(who.facts.all("cases_selectielid", **own))
    return ranked["status"] == "concept" and (who.process_view or member)


def in_straf(who: Asker, member: Row) -> bool:
    """Works in the strafrechtketen."""
    works_at = who.facts.one("partners_user", id=member["user_id"])["organisation_id"]
    return who.facts.one("partners_organisation", id=works_at)["chain"] == "straf"


def adopting(who: Asker) -> Iterator[Attempt]:
    kept = who.facts.all("cases_prioriteitenlijst", status="concept")
    yield answers("kept_lists", f"x = {uuids(kept if who.plays(*OFFICE_ROLES) else [])}")
    for ranked in who.facts.tables["cases_prioriteitenlijst"]:
        may = who.plays("manager") and ranked["status"] == "concept"
        yield call("adopt_unseen", may, str(ranked["id"]))
        unadmitted = not_admitted(who, ranked)
        yield call("number_places", may and not unadmitted, str(ranked["id"]))
        told = unadmitted if who.process_view else 0
        yield answers("count_unadmitted", f"x = {told}", str(ranked["id"]))
        unsealed = ranked["status"] == "vastgesteld" and not ranked["seal"]
        yield call("seal_list", who.plays("manager") and unsealed, str(ranked["id"]))
        adopted = ranked["status"] != "concept"
        yield shows("check_list", who.process_view and adopted, str(ranked["id"]))
        if may:
            yield keeps_his_status(who, ranked)


def not_admitted(who: Asker, ranked: Row) -> int:
    """How many on a list nobody has in hand, and were not admitted either. BGS 2.22."""
    places = who.facts.all("cases_lijstplaats", prioriteitenlijst_id=ranked["id"])
    cases = [who.facts.one("cases_case", id=place["case_id"]) for place in places]
    waiting = [each for each in cases if each["status"] in ("aangemeld", "geprioriteerd")]
    return sum(
        not who.facts.all("cases_weging", case_id=each["id"], status="toegelaten")
        for each in waiting
    )


def keeps_his_status(who: Asker, ranked: Row) -> Attempt:
    """A client in hand is on the list, and the manager who adopts it is barred from him: the list
    gives him another place and nothing else, as who leads him sees."""
    office, case = person(who, "bureau")["id"], who.facts.one("cases_case", status="uitvoering")
    pk = literal(str(case["id"]))
    return Attempt(
        "call",
        "adopt_unseen",
        f"""DO $done$ BEGIN
          {acting(office)}
          INSERT INTO cases_lijstplaats (id, prioriteitenlijst_id, case_id, position, rank,
            first_processed_on, criteria_id) SELECT gen_random_uuid(), '{ranked["id"]}', {pk}, 0,
            99, vh.today(), id FROM veiligheidshuis_werkafspraak WHERE subject = 'criteria'
            ORDER BY valid_from DESC LIMIT 1;
          PERFORM vh.set_bar({pk}, {who.pk}, 'proef');
          {acting(who.pk)} PERFORM vh.adopt_unseen('{ranked["id"]}');
          {acting(case["manager_id"])}
          IF NOT EXISTS (SELECT FROM cases_case WHERE id = {pk} AND priority = 99
            AND status = 'uitvoering') THEN RAISE insufficient_privilege; END IF;
        END $done$""",  # noqa: S608 - our own words
        True,
    )


def acting(pk: int) -> str:
    """From here on this person asks."""
    return f"PERFORM set_config('vh.user_id', '{pk}', true);"
