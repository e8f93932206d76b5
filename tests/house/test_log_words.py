"""The functionaris gegevensbescherming can ask for every word that stands in the access log."""

import ast

from privacy import forms
from tests.house.sources import PACKAGES, modules_of


def test_the_filter_knows_every_word_that_the_house_writes():
    """A new action needs a place in forms.ACTIONS, a new outcome in forms.OUTCOMES."""
    actions, outcomes = set(), set()
    for path in (path for package in PACKAGES for path in modules_of(package)):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                actions |= said(call)
                outcomes |= {
                    k.value.value
                    for k in call.keywords
                    if k.arg == "outcome" and isinstance(k.value, ast.Constant)
                }

    assert actions - set(forms.ACTIONS) == set()
    known = {word for words in forms.OUTCOMES.values() for word in words}
    assert {word for word in outcomes if " " in word or word.isalpha()} - known == set()
    assert {"inzien", "opvragen", "mailen"} <= actions


def said(call: ast.Call) -> set[str]:
    """The action that this call writes, if it is one that looks."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = {"look": 1, "Look": 0}.get(name)
    if place is None or len(call.args) <= place:
        return set()
    word = call.args[place]
    return {word.value} if isinstance(word, ast.Constant) else set()
