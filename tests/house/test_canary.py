"""Every sensitive field of the world is a word of its own; who comes across which?

Searched for in every answer that anybody got, in every mail, message to the worker and line of the
access log, and in what the programs write. The words and who may see them stand in world.py.
"""

import re
from collections import defaultdict

import pytest

from tests.house.contents import text_of, words_in
from tests.house.unlogged import FOR_WHO_STANDS_ON_IT, WITHOUT_A_LINE
from tests.house.walk import Walk
from tests.house.world import BSN, LEADERS, OFFENCES

pytestmark = pytest.mark.whole
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOLDED = (b"%PDF", b"PK")
FILES = {
    *("maatwerkplan:pdf", "cases:list_pdf", "cases:list_xlsx", "privacy:overview_pdf"),
    "cases:document_file",
}
NAMES_NOBODY = "privacy:overview_pdf"  # for the client: his number, and which organisations looked
# Kept, and shown on no page of this first stone. And what was shielded with the dossier that was
# closed.
KEPT_ONLY = (
    "gemeente van",
    "reden van de uitsluiting",
    "waarom de tweede kandidaat",  # handed in, and nobody was asked to weigh it yet
    "waarom niet besproken met de tweede kandidaat",
)
SHIELDED = (
    "wat is bereikt met de afgeslotene",
    "slachtoffer van de afgeslotene",
    "wat het slachtoffer van de afgeslotene",
    "veiligheid van het slachtoffer van de afgeslotene",
)


def seen_by_viewer(walked: Walk) -> dict[str, dict[str, str]]:
    """For each viewer the words he came across, with the first door behind which."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for visit in walked.visits:
        for word in words_in(visit.content):
            seen[visit.viewer].setdefault(word, str(visit.door))
    return seen


def test_nobody_comes_across_a_word_that_is_not_for_him(walked):
    canaries = {canary.word.lower(): canary for canary in walked.world.canaries}
    leaks = [
        f"{viewer or 'een bezoeker'} ziet {canaries[word].about} op {where}"
        for viewer, words in seen_by_viewer(walked).items()
        for word, where in words.items()
        if viewer not in canaries[word].seen_by
    ]

    assert leaks == []


def test_whoever_needs_a_word_comes_across_it(walked):
    """Else the search could not fail: every word is shown to somebody for whom it is."""
    shown = {word for words in seen_by_viewer(walked).values() for word in words}

    unseen = [c.about for c in walked.world.canaries if c.word.lower() not in shown]
    assert [about for about in unseen if not about.startswith(KEPT_ONLY + SHIELDED)] == []
    assert len(walked.world.canaries) > 80


def test_a_paper_and_a_spreadsheet_are_read_like_any_page(walked):
    """Else nothing could leak in one: of every file that somebody gets, the words are read."""
    files = [visit for visit in walked.visits if visit.content.startswith(FOLDED)]
    overviews = [visit for visit in files if visit.door.route == NAMES_NOBODY]
    named = {visit.door.route for visit in files if words_in(visit.content)}

    assert {visit.door.route for visit in files} == FILES
    assert named == FILES - {NAMES_NOBODY}
    for visit in overviews:
        assert visit.door.kwargs["number"] in text_of(visit.content)


def test_a_bsn_is_nowhere_shown_in_full(walked):
    assert [str(v) for v in walked.visits if BSN in text_of(v.content)] == []


def test_offences_are_for_who_may_see_justice(walked):
    number = re.compile(rf"\b{OFFENCES // 1000}\.?{OFFENCES % 1000}\b")
    seen = {
        visit.viewer
        for visit in walked.visits
        if number.search(UUID.sub("", text_of(visit.content)))
    }

    assert seen == LEADERS


def test_mail_names_nobody_and_no_dossier(walked):
    numbers = [circle.case.number for circle in walked.world.circles.values()]

    assert walked.mails
    for mail in walked.mails:
        assert words_in(mail) == set()
        assert not any(number in mail for number in numbers)


def test_a_message_to_the_worker_holds_ids_and_nothing_else(walked):
    assert walked.messages
    assert words_in("\n".join(walked.messages)) == set()


def test_what_the_programs_write_names_nobody_and_no_dossier(walked):
    """Whoever keeps the machine reads this without a reason, and nobody sees that he did."""
    lines = "\n".join(walked.lines)

    assert "GET cases:detail 404" in walked.lines
    assert words_in(lines) == set()
    assert BSN not in lines
    assert not re.search(r"VH-\d{4}-\d{4}", lines)
    assert "/dossiers/" not in lines


def test_the_access_log_says_which_dossier_and_nothing_of_what_is_in_it(walked):
    log = "\n".join(walked.log)

    assert len(walked.log) > 200
    assert words_in(log) == set()
    assert BSN not in log
    for circle in walked.world.circles.values():
        assert circle.case.number in log


def test_every_answer_that_shows_somebody_wrote_a_line(walked):
    """AUD-01, on every page by everybody."""
    showing = [visit for visit in walked.visits if words_in(visit.content) and visit.status < 500]

    assert len(showing) > 100
    assert [str(visit) for visit in showing if not visit.logged] == []


def test_every_page_leaves_a_line_but_for_those_of_which_is_said_why_not(walked):
    """AUD-01: also where no word of somebody shows; who leaves one is not among them."""
    opened = [v for v in walked.visits if v.viewer and v.status == 200 and v.door.method == "GET"]
    silent = {visit.door.route for visit in opened if not visit.logged}
    heard = {visit.door.route for visit in opened if visit.logged}

    assert silent - FOR_WHO_STANDS_ON_IT - WITHOUT_A_LINE == set()
    assert heard & WITHOUT_A_LINE == set()


def test_every_refusal_is_one_line_of_the_log(walked):
    """AUD-02: of something in particular, and of a page that is not for this role."""
    refused = [v for v in walked.visits if v.status == 404 and v.viewer]

    assert {bool(visit.door.arguments) for visit in refused} == {True, False}
    assert [str(visit) for visit in refused if visit.logged != 1] == []


def test_an_invitation_and_a_document_hold_what_they_may(walked):
    """An .ics names nobody and no dossier; a PDF comes to nobody but who may see the plan."""
    calendars = [v for v in walked.visits if v.content_type.startswith("text/calendar")]
    papers = [
        visit
        for visit in walked.visits
        if visit.door.route == "maatwerkplan:pdf"
        and visit.content_type.startswith("application/pdf")
    ]

    assert calendars
    assert not any(b"VH-" in visit.content or words_in(visit.content) for visit in calendars)
    assert {visit.viewer for visit in papers} == {"samira"}
