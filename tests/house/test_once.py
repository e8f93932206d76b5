"""Every form is handled once, however often it is sent: it carries a key, or says why it need not.

What the key does stands in veiligheidshuis/once.py and in its own tests. Issue 2, §6.
"""

import re

import pytest

from tests.house.sources import OUR_APPS, modules_of, short, templates

FORM = re.compile(r"<form\b(?:[^>\"]|\"[^\"]*\")*?method=\"post\"(.*?)</form>", re.S | re.I)
KEY = re.compile(r"{% once %}")
# By template: how many of its forms carry no key, and why that is no harm.
NO_KEY = {
    "templates/components/user_menu.html": (1, "wie is uitgelogd, kan dat niet nog eens"),
    "templates/huis/inloggen.html": (1, "twee keer inloggen geeft één sessie"),
    "templates/huis/_bewijs.html": (
        1,
        "een code en een vraag aan een passkey tellen maar één keer",
    ),
    "templates/huis/account.html": (1, "het oude wachtwoord klopt de tweede keer niet meer"),
    "templates/stijlgids.html": (1, "een voorbeeld voor wie bouwt; het bewaart niets"),
}


def without_a_key(text: str) -> int:
    """How many forms of this template can be sent twice."""
    return sum(not KEY.search(inside) for inside in FORM.findall(text))


def test_every_form_that_is_sent_carries_a_key_or_says_why_not():
    found = {short(path): without_a_key(path.read_text()) for path in templates()}

    assert {name: n for name, n in found.items() if n} == {n: of for n, (of, _) in NO_KEY.items()}


def test_a_form_stands_in_a_template_and_nowhere_else():
    """Or the search above would pass it over."""
    written = re.compile(r"<form\b|hx-post")
    code = [p for app in (*OUR_APPS, "demo") for p in modules_of(app)]

    assert [short(path) for path in code if written.search(path.read_text())] == []
    assert [short(path) for path in templates() if "hx-post" in path.read_text()] == []


@pytest.mark.parametrize(
    ("form", "counted"),
    [
        ('<form method="post">{% csrf_token %}{% once %}</form>', 0),
        ('<form class="a" method="post" action="{% url "b" %}">{% csrf_token %}</form>', 1),
        ('<form method="post">{% once %}</form><form method="post"></form>', 1),
        ('<form method="get"></form>', 0),
    ],
)
def test_the_search_finds_a_form_without_one(form, counted):
    assert without_a_key(form) == counted
