"""The seal of the house: what it holds, and that no change to a sealed file goes unnoticed."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.conf import settings
from django.test import override_settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from stack.sealing import seal_certificate, seal_key
from tests.veiligheidshuis import papers
from veiligheidshuis import seal
from veiligheidshuis.seal import Judgement


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal.seal(papers.drawn())


def test_a_sealed_file_is_genuine_and_says_when_and_what(sealed):
    reading = seal.examine(sealed)

    assert reading.judgement == Judgement.ECHT
    assert reading.attached == {"plan.json": papers.DATA}
    assert reading.sealed_at is not None


def test_the_seal_is_pades_and_certifies_that_nothing_may_change(sealed):
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures

    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level == fields.MDPPerm.NO_CHANGES
    assert signature.field_name == seal.FIELD


def test_the_place_of_the_seal_is_part_of_the_tag_tree(sealed):
    """PDF/UA-1, 7.18: an annotation has its place in the reading order, and a name."""
    with pikepdf.open(io.BytesIO(sealed)) as document:
        field = document.Root.AcroForm.Fields[0]
        tree = document.Root.StructTreeRoot
        numbers = tree.ParentTree.Nums
        below = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}

        assert str(field.TU) == seal.SAID
        assert below[int(field.StructParent)].S == "/Form"
        assert int(tree.ParentTreeNextKey) > int(field.StructParent)
        assert document.pages[0].Tabs == "/S"


def test_a_certificate_of_before_still_tells_its_papers(sealed):
    before = settings.SEAL_CERTIFICATE
    key = seal_key()
    renewed = {"SEAL_KEY": key, "SEAL_CERTIFICATE": seal_certificate(key)}

    with override_settings(**renewed, SEAL_FORMER=before):
        assert seal.examine(sealed).judgement == Judgement.ECHT
    with override_settings(**renewed, SEAL_FORMER=""):
        assert seal.examine(sealed).judgement == Judgement.ONBEKEND


def test_a_key_that_is_not_of_the_certificate_seals_nothing():
    with override_settings(SEAL_KEY=seal_key()):
        assert "hoort niet bij het certificaat" in seal.unavailable()
        with pytest.raises(seal.NoSeal):
            seal.seal(papers.drawn())


@pytest.mark.parametrize("name", ["SEAL_KEY", "SEAL_CERTIFICATE"])
def test_without_a_seal_the_house_says_what_to_do(name):
    with override_settings(**{name: ""}):
        assert "SEAL_KEY_FILE" in seal.unavailable()
        with pytest.raises(seal.NoSeal, match="Het huis heeft geen zegel"):
            seal.seal(papers.drawn())


# --- what somebody may do to a file --------------------------------------------------------------


def flipped(place: Callable[[bytes], int]) -> Callable[[bytes], bytes]:
    """The file with one bit turned over, at that place."""

    def tamper(pdf: bytes) -> bytes:
        at = place(pdf)
        return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]

    return tamper


def with_layer(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[bytes], bytes]:
    """The file with a layer of changes on top, as a PDF editor saves it."""

    def tamper(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return tamper


def empty_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def turned_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def other_data(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = generic.StreamObject(stream_data=b'{"tekst": "een ander plan"}')
    names[1]["/EF"]["/F"] = writer.add_object(stream)
    writer.update_container(names[1]["/EF"])


def other_title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("x")}))


def note_on_top(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, [0, 0, 9, 9])),
            generic.pdf_name("/Contents"): generic.pdf_string("Dit plan geldt niet."),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page)


def rewritten(pdf: bytes) -> bytes:
    """Opened and saved anew by a program that leaves the seal where it is."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def without_seal(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.AcroForm.Fields[0].V
        del document.Root.AcroForm
        del document.Root.Perms
        del document.pages[0].Annots
        document.save(out)
    return out.getvalue()


def signed_by_another(pdf: bytes) -> bytes:
    """Sealed as ours is, by a house that gave itself a certificate of the same name."""
    key = seal_key()
    with override_settings(SEAL_KEY=key, SEAL_CERTIFICATE=seal_certificate(key)):
        return seal.seal(pdf)


def sealed_by_another_house(pdf: bytes) -> bytes:
    return signed_by_another(papers.drawn("Een ander plan"))


def stripped_and_sealed_by_another(pdf: bytes) -> bytes:
    return signed_by_another(without_seal(pdf))


def our_seal_on_another_text(pdf: bytes) -> bytes:
    """Our signature cut out and put into another file of the same length or so."""
    other = seal.seal(papers.drawn("Iemand anders"))
    start, end = signature_of(pdf)
    there, till = signature_of(other)
    return other[:there] + pdf[start:end] + other[till:]


def in_small_letters(pdf: bytes) -> bytes:
    """The same signature, written otherwise: nothing changed of what was signed."""
    start, end = signature_of(pdf)
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]


def signature_of(pdf: bytes) -> tuple[int, int]:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    _, before, after, _ = (int(n) for n in signature.byte_range)
    return before, after


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "een letter in de kop": flipped(lambda pdf: 9),
    "een bit midden in de tekst": flipped(lambda pdf: pdf.index(b"stream\n") + 20),
    "een bit in het zegel": flipped(lambda pdf: signature_of(pdf)[0] + 60),
    "een bit in de vulling van het zegel": flipped(lambda pdf: signature_of(pdf)[1] - 10),
    "kleine letters in het zegel": in_small_letters,
    "een bit op het eind": flipped(lambda pdf: len(pdf) - 8),
    "een regel erachter": lambda pdf: pdf + b"\n% niets aan de hand\n",
    "een nulbyte erachter": lambda pdf: pdf + b"\0",
    "een hele pdf erachter": lambda pdf: pdf + papers.drawn(),
    "iets ervoor": lambda pdf: b"%!\n" + pdf,
    "een lege bladzijde in een laag": with_layer(empty_page),
    "een gedraaide bladzijde in een laag": with_layer(turned_page),
    "andere gegevens in een laag": with_layer(other_data),
    "een andere titel in een laag": with_layer(other_title),
    "een briefje erop in een laag": with_layer(note_on_top),
    "opnieuw bewaard": rewritten,
    "zonder zegel": without_seal,
    "van een ander huis": sealed_by_another_house,
    "zegel eraf en een ander erop": stripped_and_sealed_by_another,
    "ons zegel op een andere tekst": our_seal_on_another_text,
    "de helft": lambda pdf: pdf[: len(pdf) // 2],
    "alles op tien bytes na": lambda pdf: pdf[:-10],
    "alleen het begin": lambda pdf: pdf[:8],
    "niet verzegeld": lambda pdf: papers.drawn(),
    "geen pdf": lambda pdf: b"PK\x03\x04" + b"onzin" * 200,
    "leeg": lambda pdf: b"",
}
# Of these nothing of our seal is left, so the house cannot know them.
NOTHING_LEFT = {
    "zonder zegel",
    "van een ander huis",
    "zegel eraf en een ander erop",
    "de helft",
    "alleen het begin",
    "niet verzegeld",
    "geen pdf",
    "leeg",
}


@pytest.mark.parametrize("name", TAMPERED)
def test_no_tampering_goes_unnoticed(sealed, name):
    tampered = TAMPERED[name](sealed)
    assert tampered != sealed

    judged = seal.examine(tampered).judgement

    assert judged == (Judgement.ONBEKEND if name in NOTHING_LEFT else Judgement.GEWIJZIGD)


def test_twenty_ways_are_tried():
    assert len(TAMPERED) >= 20
