"""Lines in the dossier's timeline."""

from datetime import date

from django.db import transaction

from cases import access, rules
from cases.models import LONGEST_TITLE, Case, Scope, TimelineItem, TimelineKind
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


def record(
    case: Case,
    kind: str,
    title: str,
    *,
    by: User,
    text: str = "",
    scope: str = Scope.LEAD_CASE,
    happened_on: date | None = None,
) -> TimelineItem:
    """Write down a step that another operation took. Default: only who leads the case sees it."""
    title, text = _fitting(title, text)
    item = TimelineItem(case=case, kind=kind, title=title, text=text, scope=scope, author=by)
    if happened_on:
        item.happened_on = happened_on
    item.save(force_insert=True)
    return item


def _fitting(title: str, text: str) -> tuple[str, str]:
    """A title that is too long (two long names) is cut, and stands whole above the text."""
    if len(title) <= LONGEST_TITLE:
        return title, text
    return f"{title[: LONGEST_TITLE - 1]}…", f"{title}\n{text}".rstrip()


@transaction.atomic
def add_note(
    case: Case,
    *,
    title: str,
    text: str,
    scope: str,
    by: User,
    happened_on: date | None = None,
) -> TimelineItem:
    """Note a contact, with the day of the conversation; without one it was today.

    The author chooses who sees it, from the scopes that he holds himself. Raises Refused for a day
    that is still to come or too long ago.
    """
    access.require(by, Scope.LEAD_CASE, case)
    access.require(by, scope, case)
    refuse_if(rules.obstacles_to_note(happened_on))
    return record(
        case,
        TimelineKind.CONTACT,
        title,
        text=text,
        scope=scope,
        by=by,
        happened_on=happened_on,
    )
