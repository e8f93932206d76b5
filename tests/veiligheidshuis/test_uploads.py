"""A file is what its content says, of a short list, and does nothing. UPL-02 to UPL-08."""

import io
import json
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.cases import files
from veiligheidshuis import uploads

MACRO = {"[Content_Types].xml": files.TYPES.replace("main+xml", "main+xml macroEnabled")}
OUTSIDE = {
    "word/_rels/settings.xml.rels": files.RELATION.format(
        kind="attachedTemplate", to="https://elders.example/a.dotm"
    )
}
CLICKED = {
    "word/_rels/document.xml.rels": files.RELATION.format(
        kind="hyperlink", to="https://huis.example/"
    )
}
TAKEN = {
    "brief.pdf": ("pdf", files.a_pdf()),
    "met een link.PDF": ("pdf", files.a_pdf(files.with_link)),
    "foto.jpeg": ("jpeg", files.an_image("JPEG")),
    "scan.png": ("png", files.an_image()),
    "verslag.docx": ("docx", files.a_docx(**CLICKED)),
    "verslag.odt": ("odt", files.an_odt()),
    "notitie.txt": ("txt", "Eén regel.\r\n".encode()),
}
# By what is the matter: a name that would fit, and the content.
REFUSED = {
    "unknown": [
        ("lijst.txt", b"\xff\xfe\x00a"),
        ("programma.pdf", b"MZ\x90\x00\x03"),
        ("foto.jpg", b"GIF89a\x00\x01"),
        ("leeg.docx", files.packed({"iets.xml": "<a/>"})),
        ("programma.exe", b"Gewoon tekst."),
    ],
    "other_ending": [
        ("verslag.pdf", files.a_docx()),
        ("verslag.docx", files.an_odt()),
        ("foto.png", files.an_image("JPEG")),
        ("notitie.pdf", b"Gewoon tekst."),
    ],
    "active": [
        ("pagina.txt", b"<html><script>alert(1)</script>"),
        ("tekening.txt", b'  <svg xmlns="http://www.w3.org/2000/svg" onload="x()">'),
        ("verstopt.txt", b"Lieve lezer <script src=//x></script>"),
        ("script.pdf", files.a_pdf(files.with_script)),
        ("diep.pdf", files.a_pdf(files.with_hidden_script)),
        (
            "gepakt.pdf",
            files.a_pdf(files.with_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        ),
        ("bijlage.pdf", files.a_pdf(files.with_attachment)),
        ("macro.docx", files.a_docx(**MACRO)),
        ("vba.docx", files.a_docx(**{"word/vbaProject.bin": b"x"})),
        ("ole.docx", files.a_docx(**{"word/embeddings/oleObject1.xml": b"x"})),
        ("sjabloon.docx", files.a_docx(**OUTSIDE)),
        ("basic.odt", files.an_odt(**{"Basic/Standard/Module1.xml": b"x"})),
        (
            "plaatje.odt",
            files.an_odt('<draw:image draw:x="1" xlink:href="http://elders.example/a.png"/>'),
        ),
        ("omhoog.docx", files.a_docx(**{"../../etc/cron.d/x.xml": b"x"})),
        ("vast.docx", files.a_docx(**{"/etc/passwd.xml": b"x"})),
        ("schijf.docx", files.a_docx(**{"C:\\x.xml": b"x"})),
        ("weg.docx", files.as_link("word/weg.xml", "/etc/passwd")),
        ("nest.docx", files.a_docx(**{"word/media/a.png": files.a_docx()})),
        ("programma.docx", files.a_docx(**{"word/media/a.png": b"MZ\x90"})),
    ],
    "own_plan": [("plan.pdf", files.a_pdf(files.with_plan_data))],
    "locked": [
        (
            "dicht.pdf",
            files.a_pdf(encryption=pikepdf.Encryption(owner="baas", user="lezer")),
        ),
        ("half.pdf", files.a_pdf(encryption=pikepdf.Encryption(owner="baas", user=""))),
        ("dicht.docx", files.locked(files.a_docx())),
    ],
    "broken": [
        ("kapot.png", files.an_image()[:40]),
        ("kapot.jpg", b"\xff\xd8\xff\xe0rommel"),
        ("kapot.docx", files.a_docx()[:-30]),
        ("kapot.pdf", b"%PDF-1.7\nrommel\n%%EOF"),
        ("afgebroken.pdf", files.a_pdf()[:-40]),
    ],
    "more_than_one": [
        ("pdf-en-html.pdf", files.a_pdf() + b"<html><script>x()</script></html>"),
        ("html-in.pdf", files.a_pdf().replace(b"%\xbf", b"%<script>x()</script>\n%\xbf", 1)),
        ("pdf-en-zip.pdf", files.a_pdf() + files.a_docx()),
        ("docx-en-meer.docx", files.a_docx() + b"nog iets"),
    ],
    "too_much_inside": [
        ("bom.docx", files.a_docx(**{"word/media/a.png": bytes(101 * 1024**2)})),
        ("leugen.docx", files.with_claim(files.a_docx(), 200 * 1024**2)),
        ("delen.docx", files.a_docx(**{f"word/d{n}.xml": b"" for n in range(2_001)})),
    ],
    "too_many_pixels": [
        ("vloed.png", files.an_image(size=(7000, 6000))),
    ],
}
CORPUS = [(why, name, content) for why, several in REFUSED.items() for name, content in several]


@pytest.mark.parametrize("name", TAKEN)
def test_upl_02_a_file_of_a_known_kind_is_taken_for_what_it_is(name):
    kind, content = TAKEN[name]

    fit = uploads.examine(name, content)

    assert (fit.name, fit.kind) == (name, kind)
    assert fit.content == content or kind in ("png", "jpeg")


@pytest.mark.parametrize(("why", "name", "content"), CORPUS, ids=[name for _, name, _ in CORPUS])
def test_upl_02_05_what_is_other_or_does_something_is_refused_in_a_sentence(why, name, content):
    with pytest.raises(uploads.Unfit) as refused:
        uploads.examine(name, content)

    assert str(refused.value) == uploads.UNFIT[why]


def test_upl_05_a_part_that_is_larger_than_it_says_is_not_unpacked_any_further():
    """What an archive says of itself is not believed: it is counted while it is read."""
    bomb = files.with_claim(files.packed({"a.xml": bytes(5 * 1024**2), "b.xml": b""}), 10)

    with pytest.raises(uploads.Unfit):
        uploads.examine("leugen.docx", bomb)


def test_upl_06_a_photograph_loses_where_it_was_taken_and_stands_upright():
    kept = uploads.examine("foto.jpg", files.a_photograph() + b"PK\x03\x04verstopt").content

    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (20, 30)
        assert not image.getexif()
    assert b"Kerkstraat" not in kept
    assert b"verstopt" not in kept


def test_upl_06_a_transparent_picture_stays_as_it_looked():
    out = io.BytesIO()
    Image.new("P", (5, 5)).save(out, "PNG", transparency=0)

    with Image.open(io.BytesIO(uploads.examine("a.png", out.getvalue()).content)) as image:
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\jan\\CON.txt", "CON.txt"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("rapport\u202etxt.exe.txt", "rapporttxt.exe.txt"),
        ('een "naam" <b>.txt', "een _naam_ _b_.txt"),
        ("é" * 4000 + ".txt", "é" * 116 + ".txt"),
    ],
)
def test_upl_07_a_name_is_shown_and_is_never_a_path(name, kept):
    assert uploads.examine(name, b"Tekst.").name == kept


@given(st.text(max_size=300))
def test_upl_07_whatever_a_file_is_called_it_can_be_shown(name):
    plain = uploads.plain_name(name)

    assert len(plain) <= uploads.LONGEST_NAME
    assert plain.isprintable()
    assert not set(plain) & set('/\\<>:"|?*')


def test_upl_08_of_a_file_that_is_too_large_no_more_is_held_than_says_so(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    several = {
        "bestand": SimpleUploadedFile("groot.txt", b"a" * 100_000),
        "nog_een": SimpleUploadedFile("ook.txt", b"b" * 100_000),
    }
    sent = RequestFactory().post("/", several).FILES

    held = sent["bestand"].read(), sent["nog_een"].read()
    assert (len(held[0]), len(held[1]), sent["bestand"].size) == (1001, 0, 100_000)
    with pytest.raises(uploads.Unfit, match="te groot"):
        uploads.examine("groot.txt", held[0])


def test_upl_08_nothing_that_comes_in_stands_on_a_disk(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["veiligheidshuis.uploads.HeldInMemory"]


def test_a_reader_that_gives_up_takes_no_file(monkeypatch):
    """Nobody knows what it is then."""

    def no_answer(*args: object, **kwargs: object) -> bytes:
        raise uploads.cell.NoAnswer("te veel")

    monkeypatch.setattr(uploads.cell, "ask", no_answer)

    with pytest.raises(uploads.Unfit, match="konden we niet lezen"):
        uploads.examine("a.txt", b"Tekst.")


def test_every_word_of_the_reader_has_a_sentence():
    said = set(json.loads(json.dumps(list(REFUSED))))

    assert said | {"too_large", "unread"} == set(uploads.UNFIT)
    assert zipfile.is_zipfile(io.BytesIO(files.a_docx()))
