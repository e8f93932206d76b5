"""A signed plan leaves the house sealed, and whoever brings it back hears whether it is genuine."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maatwerkplan import documents
from maatwerkplan.documents import drawing
from maatwerkplan.documents.paper import EARLIER, IN_FORCE, OTHER_TEXT
from maatwerkplan.models import Maatwerkplan, PlanDocument
from stack.place import ROOT
from tests.maatwerkplan.test_documents import drawn_by_the_worker, signed_plan
from tests.situations import user
from veiligheidshuis import seal
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.seal import Judgement

PAGE = "/papier-controleren/"


@pytest.fixture
def plan(db) -> Maatwerkplan:
    return signed_plan()


@pytest.fixture
def pdf(plan) -> bytes:
    return drawn_by_the_worker(plan)


def brought(browser, content: bytes, name: str = "plan.pdf"):
    """The page after somebody chose this file."""
    return browser.post(PAGE, {"bestand": SimpleUploadedFile(name, content)})


def asked_by(username: str, content: bytes) -> documents.Paper:
    person = user(username)
    with acting_as(person.pk):
        return documents.paper_of(content, person)


def manage(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_data_in_the_paper_is_the_text_that_was_signed(plan, pdf):
    reading = seal.examine(pdf)

    data = json.loads(reading.attached[drawing.DATA])
    assert data["tekst"] == plan.text.canonical
    assert data["tekst_sha256"] == plan.text.sha256
    assert {each["partij"] for each in data["handtekeningen"]} == {"client", "interventiemanager"}
    assert {each["tekst_sha256"] for each in data["handtekeningen"]} == {plan.text.sha256}


def test_every_word_of_the_data_is_explained(pdf):
    """docs/plan-als-data.md is the schema: no word more and no word less than in a real paper."""
    data = json.loads(seal.examine(pdf).attached[drawing.DATA])
    words = {*data, *data["handtekeningen"][0], *json.loads(data["tekst"])}
    for each in ("doelen", "onderdelen"):
        words |= {*json.loads(data["tekst"])[each][0]}

    explained = re.findall(r"^\| `(\w+)`", (ROOT / "docs/plan-als-data.md").read_text(), re.M)

    assert set(explained) == words


def test_who_may_read_the_plan_hears_that_it_is_in_force(plan, pdf):
    paper = asked_by("samira", pdf)

    assert (paper.judgement, paper.standing) == (Judgement.ECHT, IN_FORCE)
    assert paper.number == plan.case.number


@pytest.mark.parametrize("stranger", ["tom", "bureau", "politie"])
def test_who_may_not_read_the_plan_hears_what_the_seal_says_and_no_more(pdf, stranger):
    paper = asked_by(stranger, pdf)

    assert paper.judgement == Judgement.ECHT
    assert (paper.number, paper.standing) == ("", "")


def test_a_dossier_that_is_hidden_is_asked_for_as_one_that_is_not_there(plan, pdf):
    """The same answer and the same number of questions, whether the house has that case or not."""
    made_elsewhere = drawing.data_of(plan.text, list(plan.signatures.all()))
    made_elsewhere["dossier"] = "VH-2099-9999"
    elsewhere = seal.seal(
        drawing.render_pdf(
            "maatwerkplan/pdf.html",
            {"plan": plan.text.content, "sha256": "", "signatures": []},
            {drawing.DATA: json.dumps(made_elsewhere)},
        )
    )
    answers, questions = [], []
    for content in (pdf, elsewhere):
        with CaptureQueriesContext(connection) as asked:
            paper = asked_by("tom", content)
        answers.append((paper.judgement, paper.number, paper.standing))
        questions.append(len(asked))

    assert answers[0] == answers[1]
    assert questions[0] == questions[1]


def test_a_dossier_with_another_text_is_an_alarm(own_house, owner):
    content = drawn_by_the_worker(signed_plan())
    owner.execute("UPDATE maatwerkplan_plantext SET sha256 = repeat('0', 64)")

    paper = asked_by("samira", content)

    assert (paper.judgement, paper.standing) == (Judgement.ECHT, OTHER_TEXT)


def test_a_plan_that_was_followed_by_another_is_genuine_and_not_in_force(own_house, owner):
    """Nobody signs a second plan yet; a dossier that is opened again will have one."""
    plan = signed_plan()
    content = drawn_by_the_worker(plan)
    owner.execute("ALTER TABLE maatwerkplan_maatwerkplan DISABLE TRIGGER USER")
    owner.execute(
        """
        WITH next AS (
          INSERT INTO maatwerkplan_maatwerkplan
          SELECT (jsonb_populate_record(p, '{"number": 2}' || jsonb_build_object(
            'id', gen_random_uuid()))).* FROM maatwerkplan_maatwerkplan p
          RETURNING id)
        INSERT INTO maatwerkplan_plantext
        SELECT (jsonb_populate_record(t, jsonb_build_object(
          'plan_id', next.id, 'sha256', repeat('1', 64)))).* FROM maatwerkplan_plantext t, next
        """
    )

    assert asked_by("samira", content).standing == EARLIER


def test_the_page_says_that_a_paper_is_genuine_and_keeps_nothing(plan, pdf, browse):
    page = brought(browse("samira"), pdf)

    said = page.content.decode()
    assert page.status_code == 200
    assert "Dit papier is echt" in said
    assert IN_FORCE in said
    with acting_as(user("samira").pk):
        assert PlanDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"geen pdf", 200, "Dit papier kent het huis niet"),
        (b"%PDF-1.7 stuk", 200, "Dit papier kent het huis niet"),
        (b"", 422, "Het bestand is leeg"),
        (b"x" * (seal.MAX_BYTES + 1), 422, "groter dan 5 MB"),
    ],
    ids=["geen pdf", "stuk", "leeg", "te groot"],
)
def test_bad_input_gets_a_sentence(db, browse, content, status, said):
    page = brought(browse("politie"), content)

    assert page.status_code == status
    assert said in page.content.decode()


def test_an_altered_paper_is_told_from_a_genuine_one(pdf, browse):
    page = brought(browse("tom"), pdf + b"\n")

    assert "Dit papier is gewijzigd" in page.content.decode()


def test_the_commands_write_a_plan_and_find_it_genuine(plan, tmp_path):
    """The paper is made on the spot where the worker did not come round to it."""
    file = tmp_path / "plan.pdf"

    manage("export_plan", plan.case.number, file, "--as", "samira")

    assert manage("verify_plan", file).startswith("echt.")
    assert IN_FORCE in manage("verify_plan", file, "--as", "samira")
    with acting_as(user("samira").pk):
        assert PlanDocument.objects.filter(plan=plan).exists()


def test_any_plan_will_do(plan, tmp_path):
    file = tmp_path / "plan.pdf"

    manage("export_plan", "--any", file)

    assert seal.examine(file.read_bytes()).judgement == Judgement.ECHT


@pytest.mark.parametrize("who", ["tom", "bureau", "legerdesheils"])
def test_who_may_not_read_the_plan_takes_none_along(plan, tmp_path, who):
    with pytest.raises(CommandError, match="Er is geen getekend plan"):
        manage("export_plan", plan.case.number, tmp_path / "plan.pdf", "--as", who)

    assert not (tmp_path / "plan.pdf").exists()


def test_outside_the_demo_house_somebody_must_ask(plan, tmp_path, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="--as GEBRUIKER"):
        manage("export_plan", "--any", tmp_path / "plan.pdf")


@pytest.mark.parametrize(
    ("content", "code"), [(b"geen pdf", 2), (None, 3), (b"x" * (seal.MAX_BYTES + 1), 3)]
)
def test_the_command_leaves_with_zero_only_when_genuine(db, tmp_path, content, code):
    file = Path(tmp_path / "plan.pdf")
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        manage("verify_plan", file)

    assert refused.value.returncode == code


def test_an_altered_file_leaves_with_one(pdf, tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf + b" ")

    with pytest.raises(CommandError, match=r"^gewijzigd\.") as refused:
        manage("verify_plan", file)

    assert refused.value.returncode == 1


def test_taking_a_plan_along_stands_in_the_access_log(own_house, owner, tmp_path):
    plan = signed_plan()

    manage("export_plan", plan.case.number, tmp_path / "plan.pdf", "--as", "samira")

    query = (
        "SELECT action, subjects, ground FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'export_plan'"
    )
    by_command = "beheer, met een opdracht op de server"  # not samira: who works on the server
    assert owner.execute(query).fetchall() == [("exporteren", [plan.case.number], by_command)]
