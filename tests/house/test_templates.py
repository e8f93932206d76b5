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
