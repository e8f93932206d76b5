"""Pages on which a list comes in: which column is which, what it would do, and what it did."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import access
from cases.models import Case, ImportBatch, ImportRow, Indeling, RowOutcome
from cases.rules.columns import is_refused
from tests import situations
from tests.cases.lists_of_police import GOOD, OTHER, csv_of, workbook_of
from veiligheidshuis.formats import plain_date, today

pytestmark = pytest.mark.django_db
IMPORT = reverse("cases:import")
OWN_WORDS = b"Naam;V.;Roep;Gebdat;Nationaliteit;Ervaring\r\nSmeets;;Kevin;7-12-1990;Xyz;lang\r\n"
CHOSEN = {"kolom_0": "achternaam", "kolom_1": "voorvoegsel", "kolom_2": "voornaam"}
CHOSEN |= {"kolom_3": "geboortedatum", "kolom_5": "niet", "doelgroep": "veelpleger"}


def upload(browser, content: bytes, *, of: str = "politie", **fields: str):
    file = SimpleUploadedFile("veelplegers.csv", content)
    source = situations.organisation(of).pk
    facts = {"van_wie": source, "aangeleverd_op": plain_date(today()), **fields}
    return browser.post(IMPORT, {"bestand": file, **facts})


@pytest.fixture
def office(browse):
    return browse("bureau")


@pytest.fixture
def preview(office):
    """The address of a list that was brought in and not confirmed: two new, one rejected."""
    return upload(office, csv_of(GOOD, OTHER, "Fout;;;;;;;;")).url


def test_a_list_is_shown_before_it_is_read_in_and_read_in_once(office, preview, acting):
    shown = office.get(preview).text
    assert "Kevin" in shown
    assert "achternaam ontbreekt" not in shown  # the row has a last name, it lacks the rest
    assert "voornaam ontbreekt" in shown
    with acting("bureau"):
        assert not Case.objects.exists()

    for _ in range(2):
        done = office.post(preview, {"eenmalig": str(uuid.uuid4())}, follow=True)
        assert "2 nieuw, 0 bekend, 0 twijfelachtig, 1 afgewezen" in done.text
    with acting("bureau"):
        assert Case.objects.count() == 2
    assert "Kevin" in office.get(preview).text  # by his dossier now
    assert "gewist" in office.get(preview).text


def test_the_same_upload_sent_twice_keeps_one_list(office, acting):
    key = str(uuid.uuid4())
    first, second = (upload(office, csv_of(GOOD), eenmalig=key) for _ in range(2))

    assert first.url.startswith(IMPORT)
    assert second.url == reverse("cases:candidates")
    with acting("bureau"):
        assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"\x00\x01\x02" * 99, "geen CSV en geen Excel"),
        (b"a" * (10 * 1024 * 1024 + 1), "groter dan 10 MB"),
    ],
)
def test_what_is_no_list_gets_a_sentence_beside_the_file(office, content, said):
    answer = upload(office, content)

    assert answer.status_code == 422
    assert said in answer.text


def test_without_a_file_the_form_asks_for_one(office):
    answer = office.post(IMPORT, {"eenmalig": ""})

    assert answer.status_code == 422
    assert "Kies het bestand met de lijst." in answer.text


def test_a_list_that_should_not_be_read_in_is_wiped(office, preview, acting):
    office.post(f"{preview}intrekken/")

    with acting("bureau"):
        assert not ImportRow.objects.exclude(sealed_data="").exists()
    assert office.post(f"{preview}intrekken/").status_code == 409
    office.post(preview)
    with acting("bureau"):
        assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("besluit", "outcome", "cases"),
    [
        ("zelfde", RowOutcome.BEKEND, 1),
        ("nieuw", RowOutcome.NIEUW, 2),
        ("weglaten", RowOutcome.AFGEWEZEN, 1),
    ],
)
def test_a_doubtful_row_is_decided_on_its_page(office, besluit, outcome, cases, acting):
    preview = upload(office, csv_of(GOOD, GOOD.replace("111222333", "123456782"))).url
    office.post(preview)
    assert "is dit dezelfde persoon?" in office.get(reverse("cases:candidates")).text
    with acting("bureau"):
        row = ImportRow.objects.waiting().get()

    decided = office.post(f"{preview}{row.pk}/", {"besluit": besluit})

    assert decided.status_code == 302
    with acting("bureau"):
        row.refresh_from_db()
        assert row.outcome == outcome
        assert Case.objects.count() == cases
    assert office.post(f"{preview}{row.pk}/", {"besluit": besluit}).status_code == 409


@pytest.mark.parametrize("besluit", ["", "ander", "Zelfde", "\x00"])
def test_what_is_no_decision_decides_nothing(office, besluit, acting):
    """A word that nobody chose would otherwise make two people into one."""
    preview = upload(office, csv_of(GOOD, GOOD.replace("111222333", "123456782"))).url
    office.post(preview)
    with acting("bureau"):
        row = ImportRow.objects.waiting().get()

    for typed in ({"besluit": besluit}, {}):
        answer = office.post(f"{preview}{row.pk}/", typed)
        assert answer.status_code == 422
        assert "Kies bij de regel wie het is, of laat hem weg." in answer.text
    with acting("bureau"):
        assert ImportRow.objects.waiting().get() == row
        assert Case.objects.count() == 1


def test_a_doubt_that_stands_on_two_lists_waits_once(office):
    doubtful = GOOD.replace("111222333", "123456782")
    for rows in ((GOOD, doubtful), (doubtful, GOOD.replace("Smeets;;Kevin", "Smets;;Kevin"))):
        office.post(upload(office, csv_of(*rows)).url)

    waiting = office.get(reverse("cases:candidates")).context["waiting"]

    assert [row.line for row in waiting] == [3, 3]
    assert len({row.batch_id for row in waiting}) == 2


def test_a_row_is_only_found_in_its_own_list(office, preview, acting):
    other = upload(office, csv_of(OTHER)).url
    with acting("bureau"):
        row = ImportRow.objects.filter(batch_id=preview.split("/")[-2]).first()

    assert office.post(f"{other}{row.pk}/", {"besluit": "nieuw"}).status_code == 404
    assert office.get(f"{IMPORT}{uuid.uuid4()}/").status_code == 404
    assert office.get(f"{preview}?uitkomst=\x00&pagina=zes").status_code == 200


def test_a_long_list_asks_no_more_than_a_short_one(office, django_assert_max_num_queries):
    rows = [f"Naam{n}x{n * 7919};;V{n};{n}-5-1980;;Heerlen;veelpleger;1;" for n in range(1, 28)]
    preview = upload(office, csv_of(*rows)).url
    office.post(preview)

    with django_assert_max_num_queries(14):
        office.get(preview)


def test_a_list_in_other_words_asks_which_column_is_which_and_shows_what_stands_first(office):
    asked = upload(office, OWN_WORDS)

    page = office.get(asked.url)

    assert asked.url.endswith("/kolommen/")
    assert "Kolom ‘Roep’" in page.text
    assert "Bovenaan staat: Kevin" in page.text
    assert page.context["form"]["kolom_3"].initial == "geboortedatum"


def test_what_somebody_says_of_the_columns_is_read_and_remembered_for_whose_list_it_is(
    office, acting
):
    shown = office.post(upload(office, OWN_WORDS).url, CHOSEN, follow=True)
    assert "Kevin" in shown.text

    again, others = (
        upload(office, OWN_WORDS),
        upload(office, OWN_WORDS, of="reclassering-nederland"),
    )

    assert not again.url.endswith("/kolommen/")
    assert others.url.endswith("/kolommen/")
    with acting("bureau"):
        remembered = Indeling.objects.get()
        assert remembered.source.slug == "politie"
        assert remembered.columns["roep"] == "voornaam"
        assert not ImportBatch.objects.get(pk=again.url.split("/")[-2]).sealed_file


def kept_file(acting) -> bytes:
    with acting("bureau"):
        return bytes(ImportBatch.objects.get().sealed_file)


def test_the_file_is_kept_encrypted_and_goes_when_its_columns_are_known(office, acting):
    asked = upload(office, OWN_WORDS)
    assert len(kept_file(acting)) > 50
    assert b"Smeets" not in kept_file(acting)

    office.post(asked.url, CHOSEN)

    assert kept_file(acting) == b""
    assert office.get(asked.url).url == asked.url.removesuffix("kolommen/")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kolom_0": ""}, "Kies wat er in deze kolom staat."),
        ({"kolom_0": "niet"}, "Zeg in welke kolom dit staat: achternaam."),
        ({"kolom_1": "voornaam"}, "Voornaam koos je al bij een andere kolom."),
        ({"doelgroep": "kolom"}, "Zeg in welke kolom dit staat: doelgroep."),
        ({"doelgroep": ""}, "Kies een doelgroep uit de lijst."),
        ({"kolom_5": "doelgroep"}, "De doelgroep staat al in een kolom."),
        ({"kolom_5": "huidskleur"}, "Kies wat er in deze kolom staat."),
        ({"doelgroep": "xx"}, "Kies een doelgroep uit de lijst."),
    ],
)
def test_what_is_wrong_with_the_columns_is_said_and_what_was_chosen_stays(office, change, said):
    asked = upload(office, OWN_WORDS)

    answer = office.post(asked.url, CHOSEN | change)

    assert answer.status_code == 422
    assert said in answer.text
    assert answer.context["form"]["kolom_3"].value() == "geboortedatum"


@pytest.mark.parametrize(
    "heading",
    [
        "Etniciteit", "Nationaliteit", "Nat.", "Ras", "Geboorteland", "Land van herkomst",
        "Afkomst", "Huidskleur", "Geloof", "Religie", "Godsdienst", "Levensovertuiging",
        "Broers", "Zusjes", "Broertje/zusje", "Siblings", "Brussen", "Staatsburgerschap",
    ],
)  # fmt: skip
def test_where_somebody_comes_from_what_he_believes_and_his_siblings_are_never_read(
    office, heading
):
    """Issue 4, point 9 (X): no import column for it, whoever sends one all the same."""
    content = OWN_WORDS.replace(b"Nationaliteit", heading.encode())
    asked = upload(office, content)

    page = office.get(asked.url)
    sent = office.post(asked.url, CHOSEN | {"kolom_4": "gemeente"})

    assert f"De kolom ‘{heading}’ lezen we niet." in page.text
    assert "Xyz" not in page.text
    assert "kolom_4" not in page.context["form"].fields
    assert sent.status_code == 422
    assert f"De kolom ‘{heading}’ lezen we niet." in sent.text


@pytest.mark.parametrize("heading", ["Rasterdatum", "Naturalisatiejaar", "Bron", "Gemeente"])
def test_a_column_that_only_begins_alike_is_read(heading):
    assert not is_refused(heading)


def test_a_known_list_with_such_a_column_is_read_without_it_and_says_so(office, acting):
    rows = csv_of(f"{GOOD};Xyz", header="achternaam;voorvoegsel;voornaam;geboortedatum;bsn;"
                  "gemeente;doelgroep;delicten;bron;nationaliteit")  # fmt: skip

    preview = upload(office, rows).url
    pages = [office.get(preview).text for _ in range(2)]

    assert all("De kolom ‘nationaliteit’ lezen we niet." in page for page in pages)
    assert "Kevin" in pages[0]
    office.post(preview)
    assert "lezen we niet" not in office.get(preview).text


def test_rows_stand_in_the_order_of_the_file_whatever_became_of_them(office):
    doubtful = GOOD.replace("111222333", "123456782")
    rows = csv_of(GOOD, "Fout;;;;;;;;", OTHER, doubtful, GOOD, "Nog;;;;;;;;")
    preview = upload(office, rows).url

    def numbers(asked: str) -> list[int]:
        return [line.row.line for line in office.get(preview + asked).context["lines"]]

    assert numbers("") == [2, 3, 4, 5, 6, 7]
    assert numbers("?uitkomst=afgewezen") == [3, 7]


def test_what_was_never_kept_is_not_said_to_be_wiped_afterwards(office, preview):
    assert "niet bewaard" in office.get(preview).text
    office.post(preview)

    shown = office.get(f"{preview}?uitkomst=afgewezen").text
    assert "niet bewaard" in shown
    assert "gewist" not in shown.split("<tbody>")[1].split("</tbody>")[0]
    assert "gewist" in office.get(f"{preview}?uitkomst=nieuw").text


def test_a_list_whose_columns_nobody_named_is_wiped_as_well(office, acting):
    asked = upload(office, OWN_WORDS)
    preview = asked.url.removesuffix("kolommen/")

    assert office.get(preview).url == asked.url
    assert office.post(preview).url == asked.url
    office.post(f"{preview}intrekken/")

    assert kept_file(acting) == b""
    assert office.get(preview).status_code == 200


def test_a_doubtful_row_is_decided_in_the_preview_and_the_page_says_what_will_happen(
    office, acting
):
    office.post(upload(office, csv_of(GOOD)).url)
    preview = upload(office, csv_of(GOOD.replace("111222333", "123456782"))).url
    with acting("bureau"):
        row = ImportBatch.objects.previews().get().rows.get()

    for besluit, said in (("nieuw", "iemand anders"), ("weglaten", "weggelaten")):
        shown = office.post(f"{preview}{row.pk}/", {"besluit": besluit}, follow=True)
        assert f"Jullie besluit: {said}." in shown.text

    done = office.post(preview, follow=True)
    assert "0 nieuw, 0 bekend, 0 twijfelachtig, 1 afgewezen" in done.text


def test_a_list_is_taken_back_on_its_page_until_somebody_did_something_with_it(office, acting):
    preview = upload(office, csv_of(GOOD, OTHER)).url
    office.post(preview)
    assert "Lijst terugdraaien" in office.get(preview).text
    with acting("bureau"):
        case = Case.objects.first()
    with acting("manager"):
        access.bar(case, situations.user("samira"), "familie")

    page = office.get(preview)
    refused = office.post(f"{preview}terugdraaien/")

    assert "Met één kandidaat van deze lijst is al iets gedaan." in page.text
    assert "Neem elke kandidaat apart." in page.text
    assert f"{preview}terugdraaien/" not in page.text
    assert "Terugdraaien kan niet" in office.get(f"{preview}terugdraaien/").text
    assert refused.status_code == 409
    with acting("bureau"):
        assert Case.objects.count() == 2


@pytest.mark.parametrize(("also", "said"), [(OTHER.split(";"), True), ((), False)])
def test_a_second_sheet_is_not_left_out_in_silence(office, also, said):
    preview = upload(office, workbook_of(GOOD.split(";"), also=also)).url

    assert ("Alleen het eerste blad is gelezen." in office.get(preview).text) is said


def test_a_list_is_taken_back_after_asking_once_more(office, acting):
    preview = upload(office, csv_of(GOOD)).url
    asked = f"{preview}terugdraaien/"
    office.post(preview)

    assert f'href="{asked}"' in office.get(preview).text
    assert "Dat kun je niet ongedaan maken." in office.get(asked).text
    with acting("bureau"):
        assert Case.objects.count() == 1
    office.post(asked)
    assert "of al teruggedraaid" in office.get(asked).text


def test_a_list_that_is_taken_back_leaves_nobody(office, acting):
    preview = upload(office, csv_of(GOOD, OTHER)).url
    office.post(preview)

    done = office.post(f"{preview}terugdraaien/", follow=True)

    assert "teruggedraaid en gewist" in done.text
    assert "Kevin" not in done.text
    with acting("bureau"):
        assert not Case.objects.exists()
    assert office.post(f"{preview}terugdraaien/").status_code == 409
