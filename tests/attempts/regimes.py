"""What fits under which regime: a part of the design in reference.py. PRV-20."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.attempts.bare import Row
    from tests.attempts.reference import Asker


def fits_list(who: "Asker", row: "Row") -> bool:
    """A list is of one regime, and so are its candidates."""
    case = who.facts.one("cases_case", id=row["case_id"])
    ranked = who.facts.one("cases_prioriteitenlijst", id=row["prioriteitenlijst_id"])
    return bool(case["regime"] == ranked["regime"])


def fits_meeting(who: "Asker", row: "Row") -> bool:
    """A meeting is of one regime: that of the points on its agenda."""
    points = who.facts.all("agenda_agendaitem", overleg_id=row["overleg_id"])
    of_them = {who.facts.one("cases_case", id=each["case_id"])["regime"] for each in points}
    return of_them <= {who.facts.one("cases_case", id=row["case_id"])["regime"]}


def given_to(who: "Asker", row: "Row") -> bool:
    """Given to a group of his, under a regime in which his organisation has a part."""
    return row["group_id"] in who.groups and row["regime"] in who.regimes


def participation_read(who: "Asker", row: "Row") -> bool:
    """His own; and all of a case for who runs the house, whatever its regime."""
    return given_to(who, row) or (who.process_view and who.knows(row["content_object_id"]))


def fits_person(who: "Asker", row: "Row", member: "Row") -> bool:
    """His organisation takes part under the regime of this case: by its place in the law, or by the
    covenant, that everybody of it signed or was bound by when this house began."""
    home = who.facts.one("partners_user", id=member["user_id"])["organisation_id"]
    if who.facts.one("cases_case", id=row["case_id"])["regime"] == "wgs":
        return who.facts.one("partners_organisation", id=home)["wgs_class"] in ("lid_1", "lid_2")
    sat = who.facts.all("partners_toetreding", organisation_id=home, proposed_by_id=None)
    return bool(sat or who.facts.all("partners_ondertekening", organisation_id=home))
