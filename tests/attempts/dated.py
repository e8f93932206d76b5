"""Who may write a dated fact, or bring in a document: a part of the design in reference.py."""

from typing import TYPE_CHECKING

from cases.models import Scope

if TYPE_CHECKING:
    from tests.attempts.bare import Row
    from tests.attempts.reference import Asker


def fact_kept(who: "Asker", row: "Row") -> bool:
    """Who leads, and sees such a fact himself: of a secret address not who stands in. ADR 0036."""
    case = row["case_id"]
    return who.holds(case, Scope.LEAD_CASE) and who.holds(case, row["scope"])


def fact_recorded(who: "Asker", row: "Row") -> bool:
    """In his own name, and not as one that was wrong already."""
    himself = row["recorded_by_id"] == who.pk and row["withdrawn_at"] is None
    return himself and fact_kept(who, row)


def document_brought(who: "Asker", row: "Row") -> bool:
    """In his own name, by who leads and sees such documents himself. ADR 0038."""
    return row["recorded_by_id"] == who.pk and fact_kept(who, row)
