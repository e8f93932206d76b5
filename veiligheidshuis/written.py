"""Which of the fields that somebody sent he wrote himself, and did not choose or get with the page.

Only what the request says counts, and which fields the forms of the house have: never what a
dossier holds. So who may not know it gets back as much as when it were not there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django import forms

# A field that a form makes as it goes is called after what it is about: reason_a, reden_12.
ABOUT = re.compile(r"_[a-z]$|_\d+$")
KEY = re.compile(r"\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a row that was chosen
TYPED = {"text", "email", "tel"}
SECRET = re.compile(r"password|code|token|passkey|credential", re.I)  # names of fields never shown
# Fields that a form makes as it goes under a name of their own; the floors above know them
# (AppConfig.ready).
MADE: set[str] = set()


def own_words(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Of all that was sent: what was written."""
    return [value for name, value in fields if _is_written(name, value)]


def _is_written(name: str, value: str) -> bool:
    """In a field where people type; of a field that no form has: more than one word.

    What one form asks in words, another offers as a choice: then what is on offer is a choice.
    """
    typed_in, offered = _fields()
    name = ABOUT.sub("", name)
    if SECRET.search(name) or not value.strip():
        return False
    if name not in offered:
        return name in typed_in or len(value.split()) > 1
    return name in typed_in and value not in offered[name] and not KEY.fullmatch(value)


def is_long_text(name: str) -> bool:
    """Whether a field of this name is there for long text in one of the forms of the house."""
    return not SECRET.search(name) and ABOUT.sub("", name) in _long()


@cache
def _long() -> set[str]:
    return MADE | {
        name
        for form in _below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
    }


@cache
def _fields() -> tuple[set[str], Mapping[str, set[str]]]:
    """The names of fields that are typed in; and of those that are not, with what they offer."""
    typed_in = set(MADE)
    offered: dict[str, set[str]] = defaultdict(set)
    for form in _below(forms.BaseForm):
        for name, field in getattr(form, "base_fields", {}).items():
            if is_typed_in(field):
                typed_in.add(name)
            else:
                offered[name] |= codes_of(field)
    return typed_in, dict(offered)


def is_typed_in(field: forms.Field) -> bool:
    """Whether people type in it what may be shown again."""
    widget = field.widget
    return isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") in TYPED


def codes_of(field: forms.Field) -> set[str]:
    """What it offers, as far as the form itself says it: nothing is asked of the database."""
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return set()
    choices: Any = field.choices
    return {str(value) for value, _ in choices}


def _below(form: type[Any]) -> Iterator[type[Any]]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)
