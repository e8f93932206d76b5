"""What changes in who takes part: each by a function of the wall, which asks its own rule again."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection

from cases.access.door import GRANTS
from cases.models import (
    GROUND_IN_LAW,
    Case,
    Choice,
    ImportBatch,
    Noodtoegang,
    Prioriteitenlijst,
    Weging,
)
from partners.models import Organisation, User


def grant(
    case: Case,
    group: Group,
    basis: str,
    *,
    scopes: Iterable[str] | None = None,
    end_date: date | None = None,
    reason: str = "",
    because_of: UUID | None = None,
) -> None:
    """Let a group take part in a case on this basis; `end_date` still counts.

    Without `scopes` the basis grants its fixed set. Raises ProgrammingError when the wall refuses:
    the caller has asked its own rule first, so that is a fault or an attack.
    """
    wanted = [str(s) for s in (GRANTS[basis] if scopes is None else scopes)]
    _call(
        "grant_access",
        [case.pk, group.pk, str(basis), wanted, end_date, reason[:300], because_of],
        "%s, %s, %s, %s::text[], %s::date, %s, %s::uuid",
    )


def close(
    case: Case, basis: str, *, group: Group | None = None, because_of: UUID | None = None
) -> None:
    """End at once what this basis gave: to one group or all, because of one thing or any."""
    _call(
        "close_access",
        [case.pk, str(basis), group.pk if group else None, because_of],
        "%s, %s, %s::int, %s::uuid",
    )


def close_selection(list_id: UUID) -> None:
    """The members of a selection meeting let go of all candidates of its list."""
    _call("close_selection", [list_id], "%s")


def take_off_list(ranked: Prioriteitenlijst, case: Case) -> None:
    """All that a list says of somebody goes, and its members let go of him."""
    _call("take_off_list", [ranked.pk, case.pk], "%s, %s")


def move_place(ranked: Prioriteitenlijst, case: Case, *, before: UUID | None) -> None:
    """Put a candidate right before this one, or last. Only his own place is written."""
    _call("move_place", [ranked.pk, case.pk, before], "%s, %s, %s::uuid")


def number_places(ranked: Prioriteitenlijst) -> None:
    """Number the places of a list that is being adopted, also those that the manager cannot see."""
    _call("number_places", [ranked.pk], "%s")


def seal_list(ranked: Prioriteitenlijst) -> None:
    """Give the list that was just adopted its fingerprint, over all its lines. Once."""
    _call("seal_list", [ranked.pk], "%s")


def take_along_unseen(ranked: Prioriteitenlijst, former: Prioriteitenlijst) -> None:
    """Those of the former list from whom the opener is barred come along, in their place."""
    _call("take_along_unseen", [ranked.pk, former.pk], "%s, %s")


def adopt_unseen(list_id: UUID) -> None:
    """Give those on the list from whom the adopting manager is barred their place as well."""
    _call("adopt_unseen", [list_id], "%s")


def open_case(
    case_id: UUID,
    client_id: UUID,
    doelgroep: str,
    source: Organisation,
    source_note: str,
    choice: Choice,
) -> None:
    """Write a new case for the asking user, with the next number. Its client is written after."""
    told = [case_id, client_id, doelgroep, source.pk, source_note]
    chosen = [str(choice.regime), choice.reason[:300], choice.ground[:300]]
    _call("open_case", told + chosen, "%s, %s, %s, %s, %s, %s, %s, %s")


def change_regime(case: Case, choice: Choice, decided_by: Organisation, decided_on: date) -> None:
    """Bring a case under the other regime; who may not take part there lets go at once."""
    told = [case.pk, str(choice.regime), choice.reason[:300], choice.ground[:300]]
    _call("change_regime", [*told, decided_by.pk, decided_on], "%s, %s, %s, %s, %s, %s")


def open_cases(opened: Sequence[tuple[UUID, UUID, str, int, str]]) -> None:
    """Write new cases under the law for the asking user, in this order: the case, its client,
    doelgroep, source and what the source said of itself. Their clients are written after them."""
    told: list[Any] = [list(column) for column in zip(*opened, strict=True)]
    marks = "%s::uuid[], %s::uuid[], %s::text[], %s::bigint[], %s::text[], %s"
    _call("open_cases", [*told, GROUND_IN_LAW], marks)


def join_case(case: Case, known: Case) -> None:
    """All that hangs on a report goes to the dossier of the same person; who knew it lets go."""
    _call("join_case", [case.pk, known.pk], "%s, %s")


def settle_weighing(weging: Weging, *, admitted: bool, route: str = "", advice: str = "") -> None:
    """Write down what the core participants decided; who weighed lets go of the report."""
    _call("settle_weighing", [weging.pk, admitted, route, advice], "%s, %s, %s, %s")


def tell_of_case(case: Case, kind: str, to: int) -> None:
    """Put a mail in the outbox unless its reader is barred from the case; never says which."""
    _call("tell_of_case", [uuid4(), case.pk, kind, to], "%s, %s, %s, %s")


def keeps_victims(case: Case) -> bool:
    """Whether the whole case was given to who asks: he writes down who its victims are."""
    return bool(_call("keeps_victims", [case.pk], "%s"))


def shield(case: Case) -> None:
    """End everything that anybody holds on a case that was just closed, and its reminders."""
    _call("shield_case", [case.pk], "%s")


def bar(case: Case, user: User, reason: str) -> None:
    """Keep somebody out of this case whatever he was granted: a relative or another conflict."""
    _call("set_bar", [case.pk, user.pk, reason[:300]], "%s, %s, %s")


def hand_over(case: Case, to: User) -> None:
    """All that leading gives goes to the next; the former reads on for settings.HAND_OVER_DAYS."""
    _call("hand_over", [case.pk, to.pk], "%s, %s")


def break_glass(case: Case, reason: str, hours: int) -> UUID:
    """Open the content of this case to the asking office for some hours; its id."""
    opened = uuid4()
    _call("break_glass", [opened, case.pk, reason[:300], hours], "%s, %s, %s, %s")
    return opened


def end_emergency(emergency: Noodtoegang) -> None:
    """Close a dossier that was opened in nood, before its hours are over."""
    _call("end_emergency", [emergency.pk], "%s")


def review_emergency(emergency: Noodtoegang, justified: bool, review: str) -> None:
    """Write down whether it was right to open the dossier."""
    _call("review_emergency", [emergency.pk, justified, review[:300]], "%s, %s, %s")


def lift_bar(case: Case, user: User, reason: str) -> None:
    """End a bar; the row stays, closed."""
    _call("lift_bar", [case.pk, user.pk, reason[:300]], "%s, %s, %s")


def clients_with_bsn(digests: list[str], regime: str) -> dict[str, UUID]:
    """Which client under this regime has which of these BSNs, for who reads a list in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, client_id FROM vh.clients_with_bsn(%s::text[], %s)",
            [digests, str(regime)],
        )
        return dict(cursor.fetchall())


def worked_on_of_import(batch: ImportBatch) -> int:
    """How many candidates of a list somebody did anything with since it was read in."""
    return int(str(_call("worked_on_of_import", [batch.pk], "%s")))


def undo_import(batch: ImportBatch) -> None:
    """Wipe everything that a list brought into the house."""
    _call("undo_import", [batch.pk, settings.UNDO_HOURS], "%s, %s")


def _call(function: str, args: list[Any], marks: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vh.{function}({marks})", args)
        return cursor.fetchone()[0]
