"""The plan on paper says what was signed, for everybody's eyes and ears, and nothing else."""

import io

import pikepdf
import pytest

from maatwerkplan import documents, operations, tasks
from maatwerkplan.models import Answer, Maatwerkplan, PlanDocument
from tests import situations
from tests.maatwerkplan.reading import words_of
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

PLAN = (
    ("huisvesting", "Begeleid wonen <b>nu</b> & later", "leger-des-heils"),
    ("gezondheid", "Behandeling", "mondriaan"),
)
PRINTED = ("wat", "wie", "vanaf", "kader", "begeleiding", "voorwaarde")
GOAL = {
    "together": "Een eigen woning",
    "own_words": "Ik wil <b>rust</b>",
    "own_part": "U schrijft zich in.",
}
DRAWN = {"width": 640, "height": 192, "strokes": [[[10, 10], [60, 80], [90, 20]], [[5, 5]]]}


def signed_plan() -> Maatwerkplan:
    """A plan whose client drew and whose interventiemanager typed."""
    plan, samira = situations.plan_of(situations.planned_case(), *PLAN), user("samira")
    with acting_as(samira.pk):
        for action in plan.partner_actions.all():
            operations.change_action(action, by=samira, is_guidance=True)
        operations.set_goal(plan, "huisvesting", **GOAL, by=samira)
        operations.ask_all(plan, by=samira)
    situations.answer_all(plan, Answer.JA_MET_WIJZIGING, condition="Elke week een gesprek.")
    with acting_as(samira.pk):
        plan.text = operations.offer(plan, by=samira)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            client_strokes=DRAWN,
            manager_name="Samira Haddou",
            shown_sha256=plan.text.sha256,
            by=samira,
        )
        return Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)


def drawn_by_the_worker(plan) -> bytes:
    samira = user("samira")
    assert tasks.draw_plan(str(plan.pk), as_user=samira.pk)
    with acting_as(samira.pk):
        return bytes(PlanDocument.objects.get(plan=plan).pdf)


@pytest.mark.django_db
def test_the_pdf_says_word_for_word_what_was_signed():
    plan = signed_plan()
    content = plan.text.content
    assert all(part["begeleiding"] and part["voorwaarde"] for part in content["onderdelen"])

    said = "".join(words_of(drawn_by_the_worker(plan)).split())

    wanted = [
        content["titel"],
        content["inleiding"],
        content["als_u_weigert"],
        content["geen_toestemming"],
        *content["afspraken_client"],
        *content["afspraken_huis"],
        *(part[key] for part in content["onderdelen"] for key in PRINTED),
        *GOAL.values(),
        plan.case.client.display_name,
        "ondertekend met getypte naam",
        plan.text.sha256,
    ]
    for text in wanted:
        assert "".join(text.split()) in said, text


@pytest.mark.django_db
def test_the_pdf_is_tagged_and_claims_to_be_archivable_and_accessible():
    plan = signed_plan()
    with pikepdf.open(io.BytesIO(drawn_by_the_worker(plan))) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        figures = [e for e in elements(document.Root.StructTreeRoot) if e.get("/S") == "/Figure"]

        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert 'pdfaid:part="3"' in metadata
        assert 'pdfaid:conformance="A"' in metadata
        assert 'pdfuaid:part="1"' in metadata
        assert [str(each.Alt) for each in figures] == [
            f"Handtekening van {plan.case.client.display_name}"
        ]
        assert all(
            "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            or "/FontFile3" in font.DescendantFonts[0].FontDescriptor
            for page in document.pages
            for font in page.resources.Font.values()
        )


def elements(node):
    """Every element of the tag tree."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield child
            yield from elements(child)


@pytest.mark.django_db
def test_a_task_that_is_delivered_twice_draws_once():
    plan, samira = signed_plan(), user("samira")

    first = drawn_by_the_worker(plan)

    assert not tasks.draw_plan(str(plan.pk), as_user=samira.pk)
    with acting_as(samira.pk):
        assert bytes(PlanDocument.objects.get().pdf) == first


@pytest.mark.django_db
def test_nothing_is_drawn_for_who_does_not_need_to_know():
    plan = signed_plan()

    assert not tasks.draw_plan(str(plan.pk), as_user=user("tom").pk)
    assert not tasks.draw_plan(str(plan.pk), as_user=user("legerdesheils").pk)
    with acting_as(user("samira").pk):
        assert not PlanDocument.objects.exists()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE maatwerkplan_plantext SET canonical = replace(canonical, 'Behandeling', 'Opname')",
        "UPDATE maatwerkplan_signature SET text_sha256 = repeat('0', 64) WHERE party = 'client'",
        "DELETE FROM maatwerkplan_signature WHERE party = 'client'",
    ],
)
def test_of_a_text_that_is_not_the_signed_one_there_is_no_document(own_house, owner, tampering):
    plan, samira = signed_plan(), user("samira")
    owner.execute(tampering)

    with pytest.raises(documents.TextTampered):
        tasks.draw_plan(str(plan.pk), as_user=samira.pk)

    with acting_as(samira.pk):
        assert not PlanDocument.objects.exists()
