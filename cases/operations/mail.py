"""Mail about a case goes by this door: who is barred from the case gets none."""

from collections.abc import Iterable

from cases import access
from cases.models import Case
from veiligheidshuis.celery import after_commit
from veiligheidshuis.mails import MAILS


def tell(case: Case, kind: str, *, to: int) -> None:
    """Put a mail about this case to user `to` in the outbox, unless he is barred from it.

    Says nothing back: who sends it need not know of a bar. Raises KeyError for an unknown kind.
    """
    MAILS[kind]
    access.tell_of_case(case, kind, to)
    after_commit("veiligheidshuis.send_outbox")


def tell_reporters(case: Case, reporters: Iterable[int]) -> None:
    """Whoever reported somebody can read what was decided, each of them once. INT-10."""
    for each in sorted(set(reporters)):
        tell(case, "aanmelding_gewogen", to=each)
