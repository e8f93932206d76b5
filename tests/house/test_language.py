"""Dutch for people, English for the code. docs/adr/0003; bouw.md 5.5."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.house.sources import OUR_APPS, ROOT, modules_of, short, templates
from tests.house.world import ADMINISTRATORS, PARTNERS, VISITOR
from veiligheidshuis.mails import MAILS

# Words that betray a screen that was not translated. No Dutch homographs (in, is, over, plan).
ENGLISH = re.compile(
    r"\b(the|and|your|you|with|please|submit|save|cancel|delete|edit|search|back|next|previous|"
    r"loading|error|warning|success|welcome|log ?in to|log ?out|sign in|password|username|"
    r"required|optional|yes|new|add|remove|view|show|hide|close|open up|not found|page)\b",
    re.I,
)
DUTCH_TOO = {"open", "close-up", "show"}
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)


def words_of(text: str) -> str:
    """What a reader sees or hears of a template: its text and its spoken attributes."""
    soup = BeautifulSoup(TAGS.sub(" ", text), "html.parser")
    for code in soup(["script", "style", "code"]):
        code.decompose()
    spoken = [
        str(tag.get(name))
        for tag in soup.find_all(True)
        for name in ("aria-label", "title", "placeholder", "alt")
        if tag.get(name)
    ]
    return " ".join([soup.get_text(" "), *spoken])


def test_every_page_says_that_it_is_dutch():
    wholes = {short(p): p.read_text() for p in templates() if "<html" in p.read_text()}

    assert wholes
    assert [name for name, text in wholes.items() if '<html lang="nl"' not in text] == []


def test_the_interface_is_dutch():
    found = {
        short(path): sorted({w.lower() for w in ENGLISH.findall(words_of(path.read_text()))})
        for path in templates()
    }

    assert {name: words for name, words in found.items() if set(words) - DUTCH_TOO} == {}


def test_the_search_for_english_finds_it():
    assert ENGLISH.findall(words_of('<button aria-label="Close">Please save</button>')) == [
        "Please",
        "save",
        "Close",
    ]


def test_no_gettext_for_our_own_words():
    """One language, literal strings: half a translation is worse than none."""
    with_gettext = [
        short(path) for app in OUR_APPS for path in modules_of(app) if "gettext" in path.read_text()
    ] + [
        short(path)
        for path in templates()
        if re.search(r"{%\s*(trans|blocktrans)", path.read_text())
    ]

    assert with_gettext == []


def test_model_names_are_written_small():
    from django.apps import apps

    capital = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        and str(model._meta.verbose_name)[0].isupper()
        and not str(model._meta.verbose_name).isupper()
    ]

    assert capital == []


def test_staff_are_addressed_as_je_and_outsiders_as_u():
    """Never both on one page. The public and the signing page say u, the pages of staff say je."""
    both = [
        short(path)
        for path in templates()
        if re.search(r"\b(je|jij|jouw)\b", words_of(path.read_text()), re.I)
        and re.search(r"\b(u|uw)\b", words_of(path.read_text()), re.I)
    ]

    assert both == []


SOURCES = {".py", ".md", ".html", ".toml", ".yml", ".sh", ".sql", ".txt"}
NO_SOURCES = {".venv", ".var", "node_modules", ".git"}  # in .var a house at work comes and goes


def sources() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT):
        below[:] = [each for each in below if each not in NO_SOURCES]
        yield from (Path(folder, each) for each in names if Path(each).suffix in SOURCES)


def test_the_sources_hold_no_path_of_this_machine():
    forbidden = re.compile(r"(?<![\w.])/(work|root|home/[a-z]+|tmp/(bash|lead))\b")
    found = [
        short(path)
        for path in sources()
        if path.name != "test_language.py" and forbidden.search(path.read_text(errors="replace"))
    ]

    assert found == []


# --- one form of address ----------------------------------------------------------------------

JE = re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.I)

# A partner, his own privacyfunctionaris and administrator, and who has no account at all.
OUTSIDE = PARTNERS | ADMINISTRATORS | {"privacy", VISITOR}


@pytest.mark.whole
def test_who_comes_from_outside_is_called_u_on_every_page_that_he_finds(walked):
    """Partners, and a visitor without an account; what they share with staff says u as well."""
    pages = [
        visit
        for visit in walked.visits
        if visit.viewer in OUTSIDE
        and visit.opened
        and visit.content_type.startswith("text/html")
        and visit.door.route != "stijlgids"  # an example of everything, for who builds
    ]

    assert len(pages) > 300
    # Taking a page apart is dear: only one in which the word stands somewhere.
    doubtful = [visit for visit in pages if JE.search(visit.content.decode())]
    to_staff = {each.door.route for each in doubtful if JE.search(words_of(each.content.decode()))}
    assert sorted(to_staff) == []


def test_the_pages_that_everybody_finds_when_something_is_wrong_say_u():
    wrong = [ROOT / f"templates/{name}.html" for name in ("400", "403", "403_csrf", "500", "503")]

    assert [short(path) for path in wrong if JE.search(words_of(path.read_text()))] == []
    assert all(re.search(r"\b(u|uw)\b", words_of(path.read_text()), re.I) for path in wrong)


TO_EVERYBODY = {
    *("accountuitnodiging", "accountuitnodiging_gevraagd"),
    *("bevestigen", "bevestigen_herinnering"),
    *("tweede_stap", "tweede_stap_terug", "eigen_organisatie", "papieren", "papieren_laatste"),
    *("herstelcode", "leveringsvraag", "plan_getekend", "actie_afgesloten", "start_nadert"),
    *("aangesproken", "lijst_ingelezen"),
    *("overleg", "overleg_verzet", "overleg_afgezegd", "notulist", "waarneming", "slachtoffer"),
}


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_that_also_goes_to_a_partner_says_u_and_no_mail_says_both(kind):
    mail = MAILS[kind]
    words = f"{mail.subject} {mail.text}"

    assert not (JE.search(words) and re.search(r"\b(u|uw)\b", words, re.I))
    assert not (kind in TO_EVERYBODY and JE.search(words))
