"""The list of the police as people make it: what is read, and what is said of a bad row."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.documents import MAX_BYTES, MAX_ROWS, Unreadable, read_list
from cases.models import Doelgroep
from cases.rules.columns import COLUMNS
from tests.cases.lists_of_police import GOOD, HEADER, OTHER, csv_of, workbook_of


def born(age: int) -> str:
    """A birth date of somebody who is this old today, and turned so this month."""
    today = timezone.localdate()
    return f"1-{today.month}-{today.year - age}"


def row(**changes: str) -> str:
    cells = dict(zip(COLUMNS, GOOD.split(";"), strict=True)) | changes
    return ";".join(cells[column] for column in COLUMNS)


def test_a_row_says_who_it_is_and_how_many_offences():
    (read,) = read_list(csv_of(GOOD))

    assert read.line == 2
    assert read.entry is not None
    assert read.entry.person.last_name == "Smeets"
    assert read.entry.person.birth_date == date(1990, 12, 7)
    assert read.entry.person.bsn == "111222333"
    assert (read.entry.doelgroep, read.entry.offences) == (Doelgroep.VEELPLEGER, 12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_signs_of_every_machine_are_read(encoding):
    (read,) = read_list(csv_of(row(achternaam="Müller", voornaam="Desirée"), encoding=encoding))

    assert read.entry is not None
    assert read.entry.person.first_name == "Desirée"
    assert read.entry.person.last_name == "Müller"


def test_a_line_that_is_no_utf_8_is_rejected_and_never_becomes_another_name():
    """In a UTF-8 file "Groß" in old Windows, or half a sign, would be read as somebody else."""
    good, old = row(achternaam="Müller"), row(achternaam="Groß", voornaam="Desirée")
    header, first = csv_of(good).splitlines()
    half = row(achternaam="Mü").encode()[:2] + b";;Kevin;7-12-1990;;;veelpleger;;"

    read, pasted, cut = read_list(b"\n".join([header, first, old.encode("cp1252"), half]))

    assert read.entry is not None
    assert read.entry.person.last_name == "Müller"
    for line, bad in ((3, pasted), (4, cut)):
        assert (bad.line, bad.entry) == (line, None)
        assert "niet te lezen" in bad.reason


def test_utf_16_without_its_mark_is_read():
    (read,) = read_list(csv_of(row(achternaam="Müller"), encoding="utf-16-le"))

    assert read.entry is not None
    assert read.entry.person.last_name == "Müller"


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_whatever_stands_between_the_cells_is_found(separator):
    header, one = (text.replace(";", separator) for text in (HEADER, GOOD))

    (read,) = read_list(csv_of(one, header=header))

    assert read.entry is not None
    assert read.entry.person.last_name == "Smeets"


def test_a_title_above_the_names_of_the_columns_is_no_person():
    title = "Veelplegerlijst 2026;;"

    (read,) = read_list(csv_of(HEADER, GOOD, header=title))

    assert read.line == 3
    assert read.entry is not None


@pytest.mark.parametrize("written", ["1990-12-07", "1990-12-07T00:00:00", "1990-12-07 00:00:00"])
def test_a_date_with_its_year_in_front_is_read_as_systems_write_it(written):
    (read,) = read_list(csv_of(row(geboortedatum=written)))

    assert read.entry is not None
    assert read.entry.person.birth_date == date(1990, 12, 7)


def test_a_dash_is_nothing():
    (read,) = read_list(csv_of(row(voorvoegsel="-", gemeente="-")))

    assert read.entry is not None
    assert (read.entry.person.name_prefix, read.entry.person.municipality) == ("", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "%", "|"])
@pytest.mark.parametrize("column", ["achternaam", "voornaam", "gemeente", "bron"])
def test_a_cell_with_which_a_spreadsheet_reckons_is_rejected(column, sign):
    (bad,) = read_list(csv_of(row(**{column: f"{sign}HYPERLINK(1)"})))

    assert bad.entry is None
    assert f"begint met {sign}" in bad.reason


def test_columns_stand_in_any_order_with_capitals_and_with_others_between_them():
    header = (
        "BRON;Voornaam;kleur;Achternaam;voorvoegsel;Geboortedatum;BSN;Gemeente;Doelgroep;Delicten"
    )
    (read,) = read_list(
        csv_of("Politie;Kevin;rood;Smeets;;7-12-1990;;Heerlen;veelpleger;12", header=header)
    )

    assert read.entry is not None
    assert (read.entry.person.first_name, read.entry.person.last_name) == ("Kevin", "Smeets")
    assert read.entry.person.bsn == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7-12-1990", date(1990, 12, 7)),
        ("07/12/1990", date(1990, 12, 7)),
        ("07-12-90", date(1990, 12, 7)),
        ("07-12-07", date(2007, 12, 7)),
        ("7 dec 1990", date(1990, 12, 7)),
        ("7-12-1990 0:00:00", date(1990, 12, 7)),
    ],
)
def test_dates_have_the_day_first_and_a_sensible_century(written, meant):
    (read,) = read_list(csv_of(row(geboortedatum=written)))

    assert read.entry is not None
    assert read.entry.person.birth_date == meant


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"geboortedatum": "31-2-1990"}, "bestaat niet"),
        ({"geboortedatum": "12/31/1990"}, "bestaat niet"),
        ({"geboortedatum": "1990"}, "dag-maand-jaar"),
        ({"geboortedatum": "7-12-2099"}, "toekomst"),
        ({"geboortedatum": "7-12-1790"}, "jaar"),
        ({"geboortedatum": ""}, "geboortedatum ontbreekt"),
        ({"achternaam": ""}, "achternaam ontbreekt"),
        ({"voornaam": " - "}, "voornaam ontbreekt"),
        ({"bsn": "123456789"}, "elfproef"),
        ({"bsn": "12345"}, "elfproef"),
        ({"bsn": "abc"}, "elfproef"),
        ({"doelgroep": "onbekend"}, "doelgroep is onbekend"),
        ({"doelgroep": ""}, "doelgroep ontbreekt"),
        ({"delicten": "veel"}, "heel getal"),
        ({"delicten": "-1"}, "heel getal"),
        ({"delicten": "10000"}, "hoogstens 9999"),
        ({"delicten": "9" * 40}, "hoogstens 9999"),
        ({"achternaam": "a" * 10_000}, "langer dan 80"),
        ({"bron": "a" * 10_000}, "langer dan 120"),
        ({"voornaam": "Ke\x00vin"}, "onzichtbaar teken"),
        ({"voornaam": "\u200b=1+1"}, "onzichtbaar teken"),
        ({"achternaam": "Smeets\u202enivek"}, "onzichtbaar teken"),
        ({"bron": "a" * 30_000}, "te lang"),
        ({"bron": ";" * 500}, "te veel kolommen"),
        ({"voornaam": '"Kevin'}, "aanhalingsteken"),
        ({"bron": "Politie;nog iets"}, "meer kolommen"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_never_takes_the_good_ones_along(change, said):
    before, bad, after = read_list(csv_of(GOOD, row(**change), OTHER))

    assert before.entry is not None
    assert after.entry is not None
    assert bad.entry is None
    assert bad.line == 3
    assert said in bad.reason


def test_everything_that_is_wrong_with_a_row_is_said_at_once_and_none_of_what_it_said():
    (bad,) = read_list(csv_of(row(geboortedatum="31-2-1990", bsn="123456789", delicten="zeven")))

    assert "bestaat niet" in bad.reason
    assert "elfproef" in bad.reason
    assert "heel getal" in bad.reason
    assert not any(cell in bad.reason for cell in ("31-2-1990", "123456789", "zeven", "Smeets"))


@pytest.mark.parametrize(
    ("doelgroep", "age", "said"),
    [
        ("jeugdige_veelpleger", 45, "te oud"),
        ("harde_kern", 27, "te oud"),
        ("probleemjongere", 60, "te oud"),
        ("veelpleger", 14, "te jong"),
        ("jeugdige_veelpleger", 11, "te jong"),
    ],
)
def test_a_row_whose_age_and_doelgroep_contradict_each_other_is_rejected(doelgroep, age, said):
    before, slip, after = read_list(
        csv_of(GOOD, row(doelgroep=doelgroep, geboortedatum=born(age)), OTHER)
    )

    assert before.entry is not None
    assert after.entry is not None
    assert slip.entry is None
    assert said in slip.reason
    assert "Controleer de geboortedatum en de doelgroep." in slip.reason


@pytest.mark.parametrize(
    ("doelgroep", "age"),
    [("veelpleger", 18), ("jeugdige_veelpleger", 12), ("harde_kern", 26), ("overlastgever", 70)],
)
def test_on_the_edge_of_a_doelgroep_a_row_is_read(doelgroep, age):
    (read,) = read_list(csv_of(row(doelgroep=doelgroep, geboortedatum=born(age))))

    assert read.entry is not None


def test_empty_lines_count_as_lines_and_not_as_persons():
    first, second = read_list(csv_of("", GOOD, ";;;;;;;;", "   ", OTHER))

    assert (first.line, second.line) == (3, 6)


@pytest.mark.parametrize(
    ("called", "age"), [("Veelplegers", 36), ("harde kernjongeren", 17), ("huiselijk_geweld", 36)]
)
def test_a_doelgroep_may_be_called_as_people_call_it(called, age):
    (read,) = read_list(csv_of(row(doelgroep=called, geboortedatum=born(age))))

    assert read.entry is not None


def test_excel_gives_dates_and_numbers_and_drops_the_zero_before_a_bsn():
    born = date(1990, 12, 7)
    kevin = ("Smeets", None, "Kevin", born, 12345672, "Heerlen", "veelpleger", 12.0, "Politie")
    jan = ("Berg", "van den", "Jan", "03-04-1985", None, "Kerkrade", "overlastgever", None, None)
    dated, numbered = read_list(workbook_of(kevin, jan))

    assert dated.entry is not None
    assert dated.entry.person.birth_date == born
    assert dated.entry.person.bsn == "012345672"
    assert dated.entry.offences == 12
    assert numbered.entry is not None
    assert numbered.entry.offences is None
    assert (dated.line, numbered.line) == (2, 3)


def sheet_of(*cells: str) -> bytes:
    """A workbook with the good row, in which these cells stand instead of its own."""
    names = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in COLUMNS)
    kept = dict(zip("ABCDEFGHI", GOOD.split(";"), strict=True))
    own = {cell.split('r="', 1)[1][0]: cell for cell in cells}
    row = "".join(
        own.get(letter, f'<c r="{letter}2" t="inlineStr"><is><t>{value}</t></is></c>')
        for letter, value in kept.items()
    )
    text = f'<sheetData><row r="1">{names}</row><row r="2">{row}</row></sheetData>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_sheet(f"<worksheet {space}>{text}</worksheet>".encode())


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="D2"><f>A1+1</f></c>', "In kolom D staat een formule zonder uitkomst."),
        ('<c r="E2"><f>A1+1</f><v></v></c>', "In kolom E staat een formule zonder uitkomst."),
        ('<c r="E2" t="str"><f>A1</f></c>', "In kolom E staat een formule zonder uitkomst."),
        ('<c r="H2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "In kolom H staat een foutmelding"),
    ],
)
def test_a_formula_without_an_outcome_is_rejected_and_never_read_as_empty(cell, said):
    """Of the columns that are read; it says where, and what to do."""
    (read,) = read_list(sheet_of(cell))

    assert read.entry is None
    assert read.line == 2
    assert read.reason.startswith(said)
    assert "opnieuw in" in read.reason


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="E2" t="str"><f>IF(FALSE,"x","")</f><v></v></c>',  # worked out: an empty text
        '<c r="H2"><f>6*2</f><v>12</v></c>',
    ],
)
def test_a_formula_that_was_worked_out_is_read_as_what_came_out(cell):
    (read,) = read_list(sheet_of(cell))

    assert read.entry is not None


def test_a_line_of_nothing_but_formulas_without_an_outcome_does_not_vanish():
    rows = read_list(workbook_of(["=A9"] * len(COLUMNS), GOOD.split(";")))

    assert [(each.line, each.entry is None) for each in rows] == [(2, True), (3, False)]


def test_a_formula_in_a_column_that_is_not_read_holds_nobody_up():
    (read,) = read_list(workbook_of([*GOOD.split(";"), "=D2"], header=[*COLUMNS, "leeftijd"]))

    assert read.entry is not None


def test_a_name_of_a_column_that_is_a_formula_without_an_outcome_is_said_of_the_file():
    with pytest.raises(Unreadable, match="In kolom J staat een formule zonder uitkomst"):
        read_list(workbook_of([*GOOD.split(";"), "1"], header=[*COLUMNS, "=A1"]))


def test_whoever_has_to_choose_a_doelgroep_reads_words_and_no_codes():
    (read,) = read_list(csv_of(row(doelgroep="boef")))

    assert "jeugdige veelpleger" in read.reason
    assert "_" not in read.reason
    assert len(read.reason) <= 300


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to more than a machine holds."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * (90 * 1024 * 1024))
    return packed.getvalue()


def with_entity() -> bytes:
    """A workbook whose sheet names a file of the server."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_of(GOOD.split(";")))) as book,
        zipfile.ZipFile(packed, "w") as attack,
    ):
        for name in book.namelist():
            text = book.read(name)
            if name.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + text
            attack.writestr(name, text)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"  \r\n ", "leeg"),
        (HEADER.encode(), "geen personen"),
        (b"naam,datum\r\nSmeets,januari", "ontbreken"),
        (csv_of(GOOD, header=HEADER.replace("voornaam;", "")), "ontbreken: voornaam"),
        (csv_of(GOOD, header=GOOD), "staat een persoon"),
        (b";" * 1_000_000, "meer dan 200 kolommen"),
        (b"\n" * 1_000_000 + b"a", "te lang"),
        (csv_of(GOOD, header=HEADER + ";bsn"), "twee keer: bsn"),
        (b"\x7fELF\x00\x01\x02\x00" * 40, "geen CSV en geen Excel"),
        (b"\x89PNG\r\n\x1a\n" + b"ab;cd" * 40, "een PDF of een afbeelding"),
        (b"%PDF-1.7\n1 0 obj", "een PDF of een afbeelding"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "oud Excel-bestand"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"PK\x03\x04 en verder niets", "niet te lezen"),
        (b"a" * (MAX_BYTES + 1), "10 MB"),
        (csv_of(*[GOOD] * (MAX_ROWS + 1)), "50.000 regels"),
        (workbook_of(header=("a", "b")), "ontbreken"),
    ],
)
def test_a_file_that_is_no_list_gets_one_clear_sentence(content, said):
    with pytest.raises(Unreadable) as unreadable:
        read_list(content)

    assert said in str(unreadable.value)


def with_sheet(text: bytes, part: str = "sheet1.xml") -> bytes:
    """A workbook of which one part was written by hand."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_of(GOOD.split(";")))) as book,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in book.namelist():
            if not name.endswith(part):
                made.writestr(name, book.read(name))
        made.writestr(f"xl/worksheets/{part}", text)
    return packed.getvalue()


def with_a_million_columns() -> bytes:
    return with_sheet(b"<worksheet><sheetData><row>" + b"<c/>" * 1_000_000 + b"</row>")


def with_a_million_texts() -> bytes:
    return with_sheet(b"<sst>" + b"<si/>" * 1_000_000 + b"</sst>", "sharedStrings.xml")


def with_a_line_far_down() -> bytes:
    cell = b'<row r="999999999"><c t="inlineStr"><is><t>x</t></is></c></row>'
    return with_sheet(b"<worksheet><sheetData>" + cell + b"</sheetData></worksheet>")


@pytest.mark.parametrize(
    "attack",
    [bomb, with_entity, with_a_million_columns, with_a_million_texts, with_a_line_far_down],
)
def test_a_workbook_made_to_do_harm_is_not_opened(attack):
    content = attack()
    tracemalloc.start()
    with pytest.raises(Unreadable):
        read_list(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40 * 1024 * 1024


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_whatever_stands_between_them_the_good_rows_are_read(rubbish):
    """The parser never falls, and a row of rubbish costs only itself."""
    between = [line.replace("\r", " ").replace("\n", " ") for line in rubbish]
    content = "\n".join([HEADER, GOOD, *between, OTHER]).encode("utf-8", "surrogatepass")

    rows = read_list(content)

    assert rows[0].entry is not None
    assert rows[-1].entry is not None
    assert rows[-1].line == len(between) + 3
    assert all(read.entry or read.reason for read in rows)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_one_sentence(content):
    with suppress(Unreadable):
        assert read_list(content)
