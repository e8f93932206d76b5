"""Fills in the forms of a page as somebody does who wants to get on, and sends them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client as Browser

from tests.situations import typed_day

# What is typed in a field of this kind, or of this name, when nothing stands there yet.
BY_KIND = {
    "email": "proef@huis.example",
    "tel": "045 560 00 10",
    "number": "1",
    "password": "zeven bruggen en een veerpont",
}
BY_NAME = {"starts": "9.30", "ends": "11.00", "starts_at": "19.30", "happened_on": typed_day(0)}
LEFT_EMPTY = frozenset({"stand_in"})  # whom, if anybody, is not the same for every name chosen
DAY = "date"
FIRST, LAST = 0, -1  # of what a field offers
A_PAPER = b"%PDF-1.4 proef"
SENT_AS = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Filled:
    """One form of a page, with everything in it."""

    address: str
    data: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def answers_at_once(self) -> bool:
        """It asks what would happen, or what a file is, and does nothing yet."""
        return "voorproef" in dict(self.data) or bool(self.files)

    def send(self, browser: Browser) -> HttpResponse:
        if self.files:
            paper = {name: SimpleUploadedFile("proef.pdf", A_PAPER) for name in self.files}
            return browser.post(self.address, {**dict(self.data), **paper})
        return browser.generic("POST", self.address, urlencode(self.data), SENT_AS)


def filled(page: bytes, address: str) -> Iterator[Filled]:
    """Every form on the page that does something, by each of its buttons; but for the way out of
    the house."""
    for form in BeautifulSoup(page, "html.parser").select("main form[method=post]"):
        to = urljoin(address, str(form.get("action") or ""))
        files = tuple(str(field["name"]) for field in form.select("input[type=file][name]"))
        for typed in dict.fromkeys(tuple(_typed(form, which)) for which in (FIRST, LAST)):
            for button in form.select("button:not([type=button])"):
                named, value = button.get("name"), str(button.get("value", ""))
                goes_to = urljoin(to, str(button.get("formaction") or ""))
                yield Filled(goes_to, (*typed, *([(str(named), value)] if named else [])), files)


def _typed(form: Tag, which: int) -> Iterator[tuple[str, str]]:
    """What is sent of each field. Of a choice the first that means something, or the last."""
    chosen: set[str] = set()
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), str(field.get("type", ""))
        if kind in ("file", "submit") or (kind == "radio" and name in chosen):
            continue
        chosen.add(name)
        yield name, _value(field, name, kind, which)


def _value(field: Tag, name: str, kind: str, which: int) -> str:
    if name in LEFT_EMPTY:
        return ""
    if field.name == "select":
        offered = [str(option.get("value", "")) for option in field.select("option")]
        return ([*filter(None, offered)] or [""])[which]
    standing = field.text if field.name == "textarea" else str(field.get("value", ""))
    if standing.strip() or kind in ("hidden", "checkbox", "radio"):
        return standing or "on"
    is_day = kind == DAY or "date" in name or name.endswith(("_on", "_until", "day"))
    return BY_NAME.get(name) or BY_KIND.get(kind) or (typed_day(1) if is_day else "Proef.")
