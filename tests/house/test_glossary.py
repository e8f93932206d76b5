"""The glossary and the code know the same words. docs/begrippen.md; bouw.md 5.5."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import TextChoices

from tests.house.sources import OUR_APPS, ROOT

GLOSSARY = (ROOT / "docs/begrippen.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| term |"))
]
IN_CODE = {word for row in ROWS for word in re.findall(r"`([^`]+)`", row[3])}


def our_models() -> list[str]:
    return [
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OUR_APPS and not hasattr(model, "history_object")
    ]


def our_choices(parent: type = TextChoices) -> Iterator[type[TextChoices]]:
    for choices in parent.__subclasses__():
        if choices.__module__.split(".")[0] in OUR_APPS:
            yield choices
        yield from our_choices(choices)


CHOICES = {choices.__name__: choices for choices in our_choices()}
TOLD_WHOLE = [
    name for name in CHOICES if name in ("Role", "Scope", "Basis") or name.endswith("Status")
]


def test_every_row_says_what_it_means_and_where_it_comes_from():
    assert len(ROWS) > 50
    assert [row[0] for row in ROWS if len(row) != 4 or not all(row)] == []


@pytest.mark.parametrize("model", our_models())
def test_every_model_is_in_the_glossary(model):
    assert model in IN_CODE


@pytest.mark.parametrize("choices", TOLD_WHOLE)
def test_every_role_status_scope_and_basis_is_in_the_glossary(choices):
    assert [word for word in CHOICES[choices].values if word not in IN_CODE] == []


def test_the_glossary_names_nothing_that_is_gone():
    known = {*our_models(), *CHOICES, "PersonalData"}

    classes = {word for word in IN_CODE if re.fullmatch(r"[A-Z][A-Za-z]+", word)}
    assert classes - known == set()


def test_no_term_stands_there_twice():
    terms = [row[0] for row in ROWS]

    assert len(terms) == len(set(terms))


def test_every_model_says_what_it_is_at_the_table():
    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__name__ in our_models() and (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]

    assert silent == []
