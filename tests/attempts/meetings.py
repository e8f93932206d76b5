"""Meetings and their notes, tried by everybody. MTG-02, PRV-20."""

from collections.abc import Iterator

from tests.attempts.reference import Asker, invited, meeting_seen, takes_notes
from tests.attempts.regimes import fits_person
from tests.attempts.tries import answers, call, same_set, shows
from tests.attempts.wall import Attempt


def meetings(who: Asker) -> Iterator[Attempt]:
    items, held = who.facts.tables["agenda_agendaitem"], who.facts.tables["agenda_casusoverleg"]
    mine = [str(i["id"]) for i in items if invited(who, i)]
    notes = [str(m["id"]) for m in held if takes_notes(who, m)]
    leading = {i["overleg_id"] for i in items if who.leads(i["case_id"]) or invited(who, i)}
    party = {*notes, *map(str, leading)}
    for item in items:
        meeting = who.facts.one("agenda_casusoverleg", id=item["overleg_id"])
        allowed = who.process_view and who.knows(item["case_id"])
        fits = fits_person(who, item, {"user_id": meeting["note_taker_id"]})
        to_be_noted = allowed and meeting["status"] != "vastgesteld" and fits
        yield call("let_note", to_be_noted, str(item["id"]))
        told = allowed and bool(who.facts.all("agenda_minutes", item_id=item["id"]))
        yield answers("has_minutes", f"x = {told}", str(item["id"]))
    yield answers("my_agenda_items", same_set(mine, "uuid"))
    yield answers("my_note_taking", same_set(notes, "uuid"))
    yield answers("my_overleggen", same_set(sorted(party), "uuid"))
    yield from (shows("agenda_positions", meeting_seen(who, m), str(m["id"])) for m in held)
