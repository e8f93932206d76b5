"""What each page leaves in the access log when it opens: the design, one line for each route.

Whoever is shown somebody leaves a line on every page (`judge` sees to that by the canaries). These
pages leave one as well when they show a colleague, a number or a pdf. toegang.md decision 8.
"""

from collections.abc import Iterator

from django.http import HttpResponse

from tests.house.doors import Door
from veiligheidshuis import accesslog
from veiligheidshuis.models import READING_THE_LOG

LOOKED_INTO = """
    cases:detail cases:offences cases:access cases:access_withdraw cases:bar cases:bar_lift
    cases:assign
    cases:diagnosis cases:diagnosis_complete cases:diagnosis_again
    cases:score cases:close_case cases:emergency
    cases:emergency_review cases:victims cases:victim_add cases:victim_edit cases:victim_end
    cases:ask_weighing cases:weigh cases:decline
    cases:documents cases:document_add cases:document_take_back
    cases:victim_support cases:fact_add cases:fact_correct cases:fact_end
    cases:likeness cases:list_move cases:list_take_off
    maatwerkplan:plan maatwerkplan:panel maatwerkplan:action_add maatwerkplan:action_edit
    maatwerkplan:action_remove maatwerkplan:delivery maatwerkplan:answer_record
    maatwerkplan:question maatwerkplan:action maatwerkplan:refuse maatwerkplan:start
    maatwerkplan:report_record maatwerkplan:hand_over maatwerkplan:worklist maatwerkplan:sign
    maatwerkplan:withdraw
    agenda:item_people agenda:item_take_off agenda:invitation_withdraw agenda:minutes
    agenda:of_case
    partners:reset beheerscommissie:report privacy:signal privacy:signals
""".split()  # noqa: SIM905 - one line each is long
LEAVES = {
    **dict.fromkeys(LOOKED_INTO, "inzien"),
    "cases:explain": "uitleg vragen",
    "cases:preview_off": "voorproef",
    "cases:preview_on": "voorproef",
    "cases:preview_role_end": "voorproef",
    "agenda:ics": "exporteren",
    "cases:document_file": "exporteren",
    "privacy:looks": READING_THE_LOG,
    "privacy:overview": READING_THE_LOG,
    "privacy:overview_pdf": READING_THE_LOG,
}
# Of a page that asks something first: once the question was sent.
ONCE_ASKED = {
    "privacy:log": READING_THE_LOG,
    "privacy:own_people": READING_THE_LOG,
    "privacy:explain": "uitleg vragen",
    "agenda:item_new": "inzien",
}
# Whoever comes from a login service is written down, whatever comes of it.
ALWAYS = {"partners:sign_on_return": "inloggen", "partners:sign_off": "uitloggen"}


def missing(door: Door, answer: HttpResponse) -> Iterator[str]:
    """The line that this answer should have left, and did not."""
    wanted = {ALWAYS.get(door.route)} if answer.status_code != 404 else set()
    if answer.status_code == 200:
        taken_along = "exporteren" if answer.headers["Content-Type"] == "application/pdf" else None
        wanted |= {LEAVES.get(door.route, taken_along)}
        wanted |= {ONCE_ASKED.get(door.route) if door.query else None}
    left = {each.action for each in accesslog.looks_of(answer.wsgi_request)}
    for action in sorted(wanted - {None} - left):  # type: ignore[type-var]
        yield f"zonder de regel '{action}' in het logboek"
