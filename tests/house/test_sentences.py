"""Whatever somebody sends, he is told in our own words how to repair it. Issue 2 §6, bad input.

Every field of every form gets everything that people and tampering hands send. No sentence that
comes back is one of Django's own, in Dutch or in English.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import fields, models
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from tests.house.forms import all_forms, made

pytestmark = pytest.mark.django_db

ODD = (
    "",
    " ",
    "x",
    "\x00",
    "bestaat-niet",
    "a" * 10_000,
    "9" * 400,
    "-1",
    "0",
    "1e999",
    "NaN",
    "31-2-2026",
    "1-1-1",
    "1-1-9999",
    "25.99",
    "a@",
    "{",
    "[]",
    "null",
    "<script>",
    "￾",
)
FILES = (
    None,
    SimpleUploadedFile("leeg.csv", b""),
    SimpleUploadedFile("n" * 300 + ".csv", b"achternaam"),
)


class Anything(dict[str, int]):
    """A value for every place in a sentence that is filled in: one, or more than one."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __missing__(self, name: str) -> int:
        return self.number


def djangos_own() -> re.Pattern[str]:
    """Every sentence that Django itself would say about a field, in both languages."""
    known = [*vars(fields).values(), *vars(models).values()]
    said = [
        words
        for each in known
        if isinstance(each, type) and "default_error_messages" in vars(each)
        for words in each.default_error_messages.values()
    ]
    said += [each.message for each in vars(validators).values() if getattr(each, "message", None)]
    patterns = set()
    for language in ("nl", "en"):
        with translation.override(language):
            patterns |= {_pattern(words, number) for words in said for number in (1, 2)}
    return re.compile("|".join(patterns), re.DOTALL)


def _pattern(words: Any, number: int) -> str:
    """A sentence for one or for more, whatever was filled in."""
    return re.escape(str(words % Anything(number))).replace(str(number), ".*")


def sent(form: forms.BaseForm, value: str) -> QueryDict:
    """This form as it comes in with the same odd thing in every field."""
    typed = QueryDict(mutable=True)
    for name in form.fields:
        typed.setlist(name, [value, "nog iets"])
        typed[name] = value
    return typed


def complaints(form: type[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """Everything that this form says to whatever is sent, with the field that says it."""
    for value in ODD:
        for upload in FILES:
            files = MultiValueDict({"bestand": [upload]} if upload else {})
            filled = made(form, data=sent(made(form), value), files=files)
            for name, errors in filled.errors.items():
                for error in errors:
                    yield f"{form.__qualname__}.{name}", error
            if "bestand" not in filled.fields:
                break
    for name, errors in made(form, data=QueryDict()).errors.items():
        yield from ((f"{form.__qualname__}.{name}", error) for error in errors)


def test_no_form_speaks_in_words_that_are_not_ours():
    own = djangos_own()
    said = {complaint for form in all_forms() for complaint in complaints(form)}

    assert len(said) > 250
    assert sorted({(where, words) for where, words in said if own.fullmatch(words)}) == []


def test_djangos_own_words_are_known_when_they_are_heard():
    """The net catches: a plain field of Django, in both languages."""
    own = djangos_own()
    heard = set()
    for language in ("nl", "en"):
        with translation.override(language):
            for field in (
                forms.IntegerField(max_value=3),
                forms.EmailField(),
                forms.CharField(max_length=3),
                forms.ChoiceField(choices=[("a", "A")]),
                forms.TimeField(),
            ):
                for value in ("", "12345", "x\x00"):
                    try:
                        field.clean(value)
                    except forms.ValidationError as error:
                        heard |= set(error.messages)

    assert len(heard) > 12
    assert [words for words in heard if not own.fullmatch(words)] == []
