"""Templates print; they do not style, script or trust. ui.md decision 7; bouw.md 5.9."""

import re

import pytest

from tests.house.sources import OUR_APPS, ROOT, modules_of, short, templates
from veiligheidshuis.templatetags import huis

FORBIDDEN = {
    "een stijl in de pagina": re.compile(r"\sstyle\s*=", re.I),
    "een stijlblok": re.compile(r"<style\b", re.I),
    "een handler in de pagina": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "een script in de pagina": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "een adres van een ander": re.compile(r"(src|href|action)=[\"'](https?:)?//", re.I),
    "javascript als adres": re.compile(r"javascript:", re.I),
    "code in een attribuut van htmx": re.compile(r"\bhx-(on|vals=[\"']js:|vars)", re.I),
    "vertrouwde tekst": re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off"),
    "een recht dat een sjabloon zelf vraagt": re.compile(r"\bperms\.|has_perm|is_superuser"),
}
TABLE = re.compile(r'<table class="(vh-table[^"]*)"(.*?)</table>', re.S)
HEAD = re.compile(r"<th\b[^>]*scope=\"col\"")
ROW = re.compile(r"<tr\b(.*?)</tr>", re.S)
CELL = re.compile(r"<t[hd]\b[^>]*>(?!</td>)")
# Lists that stay a table on a telephone, and scroll in a region of their own.
STAYS_WIDE = {
    "templates/beheerscommissie/_where.html": "aantallen, om naast elkaar te lezen",
    "templates/stijlgids.html": "een voorbeeld voor wie bouwt",
}
# One word that leaves nothing to guess; and a button whose words are a picture or a parameter.
SAYS_ENOUGH = {"Inloggen", "Uitloggen", "Zoeken", "Verder", ""}
# The reader of a document is WeasyPrint, not a browser: its base names its stylesheet by file.
PAGES = {short(path): path.read_text() for path in templates()}
RENDERED_BY_DJANGO = ("400", "403", "403_csrf", "404", "500", "503")


@pytest.mark.parametrize("sin", FORBIDDEN)
def test_no_template_holds(sin):
    found = [
        f"{name}:{n}"
        for name, text in PAGES.items()
        for n, line in enumerate(text.splitlines(), 1)
        if FORBIDDEN[sin].search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("sin", "line"),
    [
        ("een stijl in de pagina", '<p style="color: red">'),
        ("een handler in de pagina", "<a onclick='weg()'>"),
        ("een script in de pagina", "<script>alert(1)</script>"),
        ("een adres van een ander", '<img src="//elders.example/p.gif">'),
        ("code in een attribuut van htmx", '<p hx-on:click="weg()">'),
        ("vertrouwde tekst", "{{ naam|safe }}"),
    ],
)
def test_the_search_finds_what_it_forbids(sin, line):
    assert FORBIDDEN[sin].search(line)


def test_every_template_is_used():
    """By a view, a tag, another template, or by Django itself."""
    code = "\n".join(path.read_text() for app in (*OUR_APPS, "demo") for path in modules_of(app))
    said = code + "\n".join(PAGES.values())
    unused = []
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        by_django = path.stem in RENDERED_BY_DJANGO or name.startswith("django/forms/")
        by_name = name in said or (name.startswith("huis/") and "huis/{name}.html" in code)
        if not by_name and not by_django:
            unused.append(name)

    assert unused == []


def test_every_template_that_is_asked_for_exists():
    code = "\n".join(path.read_text() for app in (*OUR_APPS, "demo") for path in modules_of(app))
    asked = set(re.findall(r"\"([a-z_]+/[a-z_/]+\.html)(?:#[a-z_]+)?\"", code))
    included = {
        name
        for text in PAGES.values()
        for name in re.findall(r"{%\s*(?:include|extends)\s+\"([^\"#]+)", text)
    }

    present = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    assert {n for n in asked | included if not n.startswith("django/")} - present == set()


def test_every_component_says_what_it_takes():
    silent = [
        name
        for name, text in PAGES.items()
        if name.startswith("templates/components/") and not text.startswith("{#")
    ]

    assert silent == []


@pytest.mark.parametrize("kind", huis.BADGE_ICONS)
def test_a_badge_is_never_a_colour_alone(kind):
    drawn = huis.badge(kind, "In woorden")

    assert "<svg" in drawn
    assert 'aria-hidden="true"' in drawn
    assert "In woorden" in drawn


def test_no_badge_is_made_by_hand():
    """The tag gives icon and words; a span with the class of a badge could forget one."""
    by_hand = [name for name, text in PAGES.items() if "nl-data-badge" in text]

    assert by_hand == []


def test_what_somebody_typed_is_printed_as_text():
    from django.template import engines

    page = engines["django"].from_string("{% load huis %}{{ name }} {% badge 'ok' name %}")
    assert "<script" not in page.render({"name": "<script>alert(1)</script>"})


def test_a_list_stacks_on_a_telephone():
    """Three columns do not fit beside each other there. ui.md 6.2."""
    wide = {
        name
        for name, text in PAGES.items()
        for kind, inside in TABLE.findall(text)
        if len(HEAD.findall(inside)) > 2 and "vh-table--stapel" not in kind
    }

    assert wide == set(STAYS_WIDE)


def test_a_cell_that_is_stacked_says_its_column():
    """The head is out of sight there; only what leads up to the name of the row needs none."""
    rows = {
        name: [row for _, inside in TABLE.findall(text) for row in ROW.findall(inside)]
        for name, text in PAGES.items()
        if "vh-table--stapel" in text
    }
    rows["templates/privacy/_line.html"] = ROW.findall(PAGES["templates/privacy/_line.html"])
    silent = [
        f"{name}: {cell}"
        for name, found in rows.items()
        for row in found
        for cell in CELL.findall(row.partition("<th")[2])
        if cell.startswith("<td") and "data-kop" not in cell
    ]

    assert silent == []


def test_a_time_is_written_as_the_house_says_it():
    """9.04 uur, never 09:04; the formats of Django know neither. formats.py."""
    by_django = re.compile(r'\|(date|time):"(?!(?:c|j-n-Y)")')

    assert [name for name, text in PAGES.items() if by_django.search(text)] == []


def test_a_button_says_what_it_does():
    """A verb and what it is done to; one word fits every button and says nothing. ui.md 8."""
    labels = {
        (name, " ".join(re.sub(r"{%.*?%}|<[^>]+>", " ", label).split()))
        for name, text in PAGES.items()
        for label in [
            *re.findall(r"<button\b[^>]*>(.*?)</button>", text, re.S),
            *re.findall(r'confirm_text="([^"]+)"', text),
        ]
    }

    assert ("templates/cases/diagnosis.html", "Diagnose starten") in labels
    assert [one for one in labels if " " not in one[1] and one[1] not in SAYS_ENOUGH] == []


# What stands on the pages of one dossier without being content of it, or is explained elsewhere.
NOT_WORKED_OUT = {
    "templates/cases/access.html": "wie meedoet is zelf het antwoord",
    "templates/cases/explain.html": "het antwoord op ‘wie mag dit’ zelf",
    "templates/cases/victim_form.html": "een formulier; per slachtoffer staat het onder de lijst",
    "templates/cases/victim_support.html": "wie een slachtoffer bijstaat, is zelf het antwoord",
    "templates/maatwerkplan/action_edit.html": "een formulier; de actie staat op het plan",
    "templates/maatwerkplan/answer_record.html": "een formulier; het staat bij de leveringscheck",
    "templates/maatwerkplan/drop_out.html": "een formulier; de reden staat in de tijdlijn",
    "templates/maatwerkplan/hand_over.html": "aantallen, zonder inhoud",
    "templates/maatwerkplan/pdf_waiting.html": "er is nog niets te zien",
    "templates/maatwerkplan/paper_signed.html": "een formulier; het staat onder het plan",
    "templates/maatwerkplan/call.html": "een formulier; wat eruit kwam staat bij de startklok",
    "templates/maatwerkplan/evaluate.html": "een formulier; de evaluatie staat bij de startklok",
    "templates/maatwerkplan/lay_before.html": "een formulier; het staat bij de leveringscheck",
    "templates/maatwerkplan/press.html": "een formulier; de stap staat bij drang en dwang",
    "templates/maatwerkplan/talk.html": "een formulier; het gesprek staat bij het aanbod",
    "templates/maatwerkplan/refuse.html": "een formulier; de reden staat in de tijdlijn",
    "templates/privacy/looks.html": "wie keek, en zelf geen inhoud",
    "templates/privacy/overview.html": "voor de cliënt zelf",
}


def test_every_page_of_a_dossier_works_out_who_sees_it_and_why():
    """Not one fixed sentence but the grounds, and the names for who leads; issue 3, point 5."""
    of_a_dossier = {
        name
        for name, text in PAGES.items()
        if "cases/_identity.html" in text and "vh-card" in text and "{% extends" in text
    }
    worked_out = {name for name in of_a_dossier if "seen_by=" in PAGES[name]}

    assert of_a_dossier - worked_out == NOT_WORKED_OUT.keys()


def test_what_belongs_to_a_term_stands_right_under_it_on_every_page():
    """A browser indents a <dd>; no page of the house wants that."""
    base = (ROOT / "static/css/vh.css").read_text().partition("@layer nlds")[0]
    (margins,) = re.findall(r"\n  h1,\n([^{]*)\{\s*margin: 0;", base)
    assert {"dl", "dd"} <= {name.strip() for name in margins.split(",")}
