"""What is laid before the manager, and who is held to what it agreed: a part of the design in
reference.py. OFF-01, REG-05."""

from typing import TYPE_CHECKING

from tests.attempts.reports import takes_step

if TYPE_CHECKING:
    from tests.attempts.bare import Row
    from tests.attempts.reference import Asker


def manages(who: "Asker", row: "Row") -> bool:
    """The manager, of a dossier that is not closed."""
    case = who.facts.one("cases_case", id=row["case_id"])
    return who.plays("manager") and who.knows(row["case_id"]) and case["status"] != "afgesloten"


def matter_read(who: "Asker", row: "Row") -> bool:
    """Who leads, the manager, and whose no was set aside."""
    if row["status"] == "doorgezet" and takes_step(who, row):
        return True
    return who.leads(row["case_id"]) or manages(who, row)


def matter_laid(who: "Asker", row: "Row") -> bool:
    """By who leads, in his own name; it begins with nobody having decided."""
    himself = row["laid_by_id"] == who.pk and row["status"] == "voorgelegd"
    return himself and who.leads(row["case_id"])


def matter_changed(who: "Asker", row: "Row") -> bool:
    """Decided by the manager in his own name, and never what he asked himself; taken back by who
    leads."""
    waits = row["status"] == "voorgelegd"
    decided = row["status"] in ("doorgezet", "niet_doorgezet") and row["decided_by_id"] == who.pk
    if manages(who, row) and row["laid_by_id"] != who.pk and (waits or decided):
        return True
    return who.leads(row["case_id"]) and (waits or row["status"] == "teruggenomen")


def call_to_manager(who: "Asker", row: "Row") -> bool:
    """What came as far as the manager."""
    return row["stage"] in ("manager", "doorzetting") and manages(who, row)


def call_read(who: "Asker", row: "Row") -> bool:
    """Who leads and who is held to it; and the manager, of what came to him."""
    return takes_step(who, row) or call_to_manager(who, row)


def call_made(who: "Asker", row: "Row") -> bool:
    """The first three steps by who leads, the last by the manager; nothing came of it yet."""
    own = row["asked_by_id"] == who.pk and row["status"] == "loopt"
    if row["stage"] == "doorzetting":
        return own and manages(who, row)
    return own and who.leads(row["case_id"])


def call_settled(who: "Asker", row: "Row") -> bool:
    """By who leads and by the manager who was asked, in his own name."""
    settles = who.leads(row["case_id"]) or call_to_manager(who, row)
    return settles and (row["status"] == "loopt" or row["settled_by_id"] == who.pk)


def evaluated(who: "Asker", row: "Row") -> bool:
    """Written down by who leads, in his own name."""
    return who.leads(row["case_id"]) and row["recorded_by_id"] == who.pk


# Who may read, add and change a row, as reference.Rule asks it.
MATTER = {"read": matter_read, "add": matter_laid, "change": matter_changed}
CALL = {"read": call_read, "add": call_made, "change": call_settled}
