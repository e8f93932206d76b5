"""What a form may take and offer: no more than its own fields, and nobody who is hidden."""

import importlib
from collections.abc import Iterator

import pytest
from django import forms

from tests.house.sources import FLOORS, modules_of, short
from tests.house.test_locks import OPEN_TO_ALL


def all_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of every floor."""
    for floor in FLOORS:
        for path in modules_of(floor):
            if "forms" in (path.stem, path.parent.name):
                importlib.import_module(
                    short(path)[:-3].replace("/", ".").removesuffix(".__init__")
                )
    yield from sorted(_below(forms.BaseForm), key=lambda form: form.__qualname__)


def _below(form: type) -> set[type[forms.BaseForm]]:
    found = set()
    for child in form.__subclasses__():
        found |= _below(child)
        if child.__module__.split(".")[0] in FLOORS:
            found.add(child)
    return found


def test_no_form_takes_the_fields_of_a_model():
    """AC-07: a field that the form does not name cannot be posted, whatever the table has."""
    found = list(all_forms())

    assert len(found) > 25
    assert [form.__qualname__ for form in found if issubclass(form, forms.BaseModelForm)] == []


@pytest.mark.django_db
def test_a_choice_of_people_or_things_is_made_for_who_asks():
    """AC-06: what is offered before anybody asked is open to all, or nothing."""
    offered = [
        f"{form.__qualname__}.{name}"
        for form in all_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and not field.queryset.query.is_empty()
        and field.queryset.model._meta.db_table not in OPEN_TO_ALL
    ]

    assert offered == []
