"""What the clock asks of the wall: nobody is logged in then, and it has a narrow role of its own.

Tried once, and not by everybody: who asks makes no difference to it.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from tests.attempts.reference import Asker
from tests.attempts.tries import answers_the_clock, call, person, same_set, select
from tests.attempts.wall import Attempt
from veiligheidshuis.needtoknow import ANONYMOUS

EVER = ("(date '2000-01-01')", "(date '2100-01-01')")


def by_the_clock(who: Asker) -> Iterator[Attempt]:
    """AUD-10: of too much reading hear those who are privacy officer on that day, and no others."""
    signal = ("veel", person(who, "ggd")["id"], "(vh.today())", 60)
    yield call("raise_signal", False, *signal)
    yield call("officers", False)
    yield call("reset_days", False, *EVER)
    if who.pk == ANONYMOUS:
        told = select("raise_signal", signal)
        yield answers_the_clock("raise_signal", same_set(officers(who), "bigint"), told)
        asked = select("officers", ())
        yield answers_the_clock("officers", same_set(officers(who), "bigint"), asked)
        days = select("reset_days", EVER, rows=True).replace("*", "user_id", 1)
        counted = f"SELECT ARRAY({days})"
        yield answers_the_clock("reset_days", same_set(reset(who), "bigint"), counted)
        old = f"SELECT ARRAY({select('destroy_documents', ())})"
        yield answers_the_clock("destroy_documents", same_set(kept_too_long(who), "text"), old)
        gone = f"SELECT ARRAY({select('destroy_declined', ())})"
        yield answers_the_clock("destroy_declined", same_set(declined(who), "text"), gone)


def officers(who: Asker) -> list[int]:
    """Who is privacy officer today, and has an account that is on."""
    today = timezone.localdate()
    return [
        row["user_id"]
        for row in who.facts.all("partners_appointment", role="fg")
        if row["start_date"] <= today
        and (row["end_date"] is None or row["end_date"] >= today)
        and who.facts.one("partners_user", id=row["user_id"])["is_active"]
    ]


def reset(who: Asker) -> list[int]:
    """Whose second factor was to be taken away, as a second one agreed or he himself stopped it."""
    rows = who.facts.tables["partners_factorreset"]
    return [r["user_id"] for r in rows if r["approved_at"] or r["status"] == "tegengehouden"]


def declined(who: Asker) -> list[str]:
    """Who was not admitted, so long ago that the house may not keep it (BGS 1.16)."""
    long_ago = timezone.localdate() - timedelta(days=settings.DECLINED_DAYS)
    return [
        case["number"]
        for weging in who.facts.all("cases_weging", status="niet_toegelaten")
        for case in who.facts.all("cases_case", id=weging["case_id"])
        if weging["decided_on"] <= long_ago
    ]


def kept_too_long(who: Asker) -> list[str]:
    """The dossiers of the documents whose last day is over (WGS 1.8 lid 7)."""
    return [
        who.facts.one("cases_case", id=document["case_id"])["number"]
        for document in who.facts.tables["cases_document"]
        if document["keep_until"] < timezone.localdate()
    ]
