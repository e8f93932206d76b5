"""What stands in an answer, also where it lies folded up: in a PDF or in a spreadsheet.

Both are compressed, so a word in one stands nowhere in its bytes. Whoever searches an answer for
what should not be in it asks `text_of`. LEAK-09, LEAK-10; issue 3, Proof.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache

import pikepdf

from tests.maatwerkplan.reading import words_of

END = b"%%EOF"
WORD = re.compile(r"zq[a-z]{3}wx")  # a canary: world.py
# The key of a form is chance; once in ten thousand pages it holds something like a word of ours.
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")


def words_in(content: bytes | str) -> set[str]:
    """Which canaries somebody comes across who reads all of this."""
    text = text_of(content) if isinstance(content, bytes) else content
    if not WORD.search(text.lower()):  # nearly always, and looking for keys is dear
        return set()
    return set(WORD.findall(TOKEN.sub("", text).lower()))


def text_of(content: bytes) -> str:
    """Everything that somebody could read in it, whatever he opens it with."""
    is_folded = content.startswith((b"%PDF", b"PK"))
    return _unfolded(content) if is_folded else content.decode(errors="replace")


@lru_cache(maxsize=64)
def _unfolded(content: bytes) -> str:
    """Of a paper that many people are given: the same one is read once."""
    if content.startswith(b"PK"):
        return "\n".join(_of_archive(content))
    return "\n".join(part for each in revisions(content) for part in _of_pdf(each))


def revisions(pdf: bytes) -> Iterator[bytes]:
    """The document and what it was before something was put after it, as a seal is."""
    at = pdf.find(END)
    while at >= 0:
        yield pdf[: at + len(END)]
        at = pdf.find(END, at + 1)


def _of_pdf(pdf: bytes) -> Iterator[str]:
    """Its pages; and its title, marks, descriptions and what lies in it as a file."""
    yield words_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and _is_no_word(each):
                continue
            if isinstance(each, pikepdf.Stream):
                yield each.read_bytes().decode(errors="replace")
            yield from _strings(each)


def _is_no_word(stream: pikepdf.Stream) -> bool:
    """The shapes of the letters, and the table of where everything lies: made anew every time."""
    kind = stream.get("/Subtype")
    is_letters = "/Length1" in stream or kind in ("/OpenType", "/CIDFontType0C")
    return is_letters or stream.get("/Type") == "/XRef"


def _strings(found: object) -> Iterator[str]:
    """Every string in it; what is referred to is an object of its own."""
    if isinstance(found, pikepdf.String):
        yield str(found)
    elif isinstance(found, pikepdf.Array):
        for each in found:
            if not getattr(each, "is_indirect", False):
                yield from _strings(each)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for each in found.values():
            if not getattr(each, "is_indirect", False):
                yield from _strings(each)


def _of_archive(archive: bytes) -> Iterator[str]:
    """All its parts: every sheet, also a hidden one, comments, names, and who made it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        for name in parts.namelist():
            yield f"{name}\n{parts.read(name).decode(errors='replace')}"
