"""Lines in the dossier's timeline."""

from django.db import transaction

from cases import access
from cases.models import Case, Scope, TimelineItem, TimelineKind
from partners.models import User


def record(
    case: Case, kind: str, title: str, *, by: User, text: str = "", scope: str = Scope.LEAD_CASE
) -> TimelineItem:
    """Write down a step that another operation took. Default: only who leads the case sees it."""
    item = TimelineItem(case=case, kind=kind, title=title, text=text, scope=scope, author=by)
    item.save(force_insert=True)
    return item


@transaction.atomic
def add_note(case: Case, *, title: str, text: str, scope: str, by: User) -> TimelineItem:
    """Note a contact. The author chooses who sees it, from the scopes that he holds himself."""
    access.require(by, Scope.LEAD_CASE, case)
    access.require(by, scope, case)
    return record(case, TimelineKind.CONTACT, title, text=text, scope=scope, by=by)
