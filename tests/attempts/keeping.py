"""What the database keeps by itself, past every right that somebody has. ADR 0025."""

from collections.abc import Iterator
from itertools import chain

from cases.states import CASE_FLOW
from tests.attempts.reference import Asker
from tests.attempts.tries import cases, literal
from tests.attempts.wall import Attempt

NOT_CHOSEN_YET = ("aangemeld", "geprioriteerd")
TAKEN_BACK = """
    INSERT INTO veiligheidshuis_werkafspraak SELECT (jsonb_populate_record(w, jsonb_build_object(
      'id', gen_random_uuid(), 'recorded_by_id', {}::bigint, 'withdrawn_at', now()))).*
    FROM veiligheidshuis_werkafspraak w WHERE w.valid_from > vh.today() LIMIT 1
"""
OTHERWISE = """
    UPDATE veiligheidshuis_werkafspraak SET content = '"proef"' WHERE valid_from > vh.today()
"""


def keeping(who: Asker) -> Iterator[Attempt]:
    """A status makes its moves alone, a client keeps the agreements under which he was chosen, and
    nobody writes down an agreement as taken back, or writes another one in its place."""
    for case in cases(who):
        if case["status"] in NOT_CHOSEN_YET:
            continue
        where = f"WHERE id = {literal(str(case['id']))}"
        back = f"UPDATE cases_case SET status = 'aangemeld' {where}"  # noqa: S608 - our own words
        yield Attempt("change", "keep_flow", back, False)
        for move in chain.from_iterable(CASE_FLOW.moves.values()):
            if move.start == case["status"]:
                renewed = f"SET status = '{move.end}', werkwijze_on = vh.today()"
                statement = f"UPDATE cases_case {renewed} {where}"
                yield Attempt("change", "keep_werkwijze", statement, False)
    yield Attempt("add", "keep_werkafspraken", TAKEN_BACK.format(who.pk), False)
    yield Attempt("change", "keep_werkafspraken", OTHERWISE, False)
