"""Lines in the dossier's timeline."""

from django.db import transaction

from cases import access
from cases.models import LONGEST_TITLE, Case, Scope, TimelineItem, TimelineKind
from partners.models import User


def record(
    case: Case, kind: str, title: str, *, by: User, text: str = "", scope: str = Scope.LEAD_CASE
) -> TimelineItem:
    """Write down a step that another operation took. Default: only who leads the case sees it."""
    title, text = _fitting(title, text)
    item = TimelineItem(case=case, kind=kind, title=title, text=text, scope=scope, author=by)
    item.save(force_insert=True)
    return item


def _fitting(title: str, text: str) -> tuple[str, str]:
    """A title that is too long (two long names) is cut, and stands whole above the text."""
    if len(title) <= LONGEST_TITLE:
        return title, text
    return f"{title[: LONGEST_TITLE - 1]}…", f"{title}\n{text}".rstrip()


@transaction.atomic
def add_note(case: Case, *, title: str, text: str, scope: str, by: User) -> TimelineItem:
    """Note a contact. The author chooses who sees it, from the scopes that he holds himself."""
    access.require(by, Scope.LEAD_CASE, case)
    access.require(by, scope, case)
    return record(case, TimelineKind.CONTACT, title, text=text, scope=scope, by=by)
