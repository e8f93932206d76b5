"""What the pages show about who looked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator

from cases.models import Scope
from partners.models import Role, User
from privacy.access import A_PAGE, Line
from privacy.models import Signal
from veiligheidshuis import factors, logchain
from veiligheidshuis.models import LogPurpose

SCOPES = {scope.value: scope.label for scope in Scope}
ROLES = {role.value: role.label for role in Role}
SHOWN_SUBJECTS = 3
ASKED_NUMBER = re.compile(r"\bnumber=(VH-\d{4}-\d+)\b")
HANDLED_ON_A_PAGE = 25


def supervision() -> dict[str, object]:
    """The first page: how the access log stands, and how many signals wait."""
    return {
        "anchorages": logchain.anchorages(),
        "not_closed": logchain.closing_is_late(),
        "waiting": Signal.objects.open().count(),
    }


def signals(page: str) -> dict[str, object]:
    """Every signal that waits, and a page of those that were laid aside."""
    found = Signal.objects.newest_first()
    handled = Paginator(found.exclude(handled_at=None), HANDLED_ON_A_PAGE).get_page(page)
    return {"waiting": list(found.open()), "handled": handled}


@dataclass(frozen=True)
class Row:
    """One line of the log in words."""

    line: Line
    name: str

    @property
    def roles(self) -> str:
        return ", ".join(ROLES.get(role, role) for role in self.line.roles.split())

    @property
    def scope(self) -> str:
        return SCOPES.get(self.line.scope, self.line.scope)

    @property
    def ground(self) -> str:
        """Why: the words of the line, with scopes and ways of proving by their names."""
        words = self.line.ground.split()
        if words and all(word in SCOPES for word in words):
            return ", ".join(SCOPES[word] for word in words)
        return factors.LABELS.get(self.line.ground, self.line.ground)

    @property
    def purpose(self) -> str:
        return LogPurpose(self.line.purpose).label if self.line.purpose else ""

    @property
    def first_subjects(self) -> list[str]:
        return self._subjects[:SHOWN_SUBJECTS]

    @property
    def other_subjects(self) -> list[str]:
        return self._subjects[SHOWN_SUBJECTS:]

    @property
    def _subjects(self) -> list[str]:
        """What was asked for and not given stands there as the address had it (asked_for)."""
        return [ASKED_NUMBER.sub(r"dossier \1", subject) for subject in self.line.subjects]


@dataclass(frozen=True)
class Rows:
    """A page of the log; `older` is where the next one begins, None on the last page."""

    rows: list[Row]
    older: int | None

    @property
    def numbers(self) -> list[str]:
        """Every subject on this page, once."""
        return sorted({subject for row in self.rows for subject in row.line.subjects})


def rows(lines: Sequence[Line]) -> Rows:
    """These lines with the names that people bear now; a line more than a page means: go on."""
    shown = lines[:A_PAGE]
    people = User.objects.in_bulk({line.user_id for line in shown})
    named = [Row(line, str(people.get(line.user_id) or line.username)) for line in shown]
    return Rows(named, shown[-1].id if len(lines) > A_PAGE else None)
