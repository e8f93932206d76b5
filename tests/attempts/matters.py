"""What is laid before the manager: a part of the design in reference.py. OFF-01."""

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
