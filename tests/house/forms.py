"""Every form of the house, as a page would make it, for the tests that try them all."""

import importlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.test import RequestFactory

from beheerscommissie.models import Area, NuisanceKind, Overlastmelding, Route
from cases.models import Case, Client, Scope
from maatwerkplan.models import PartnerAction
from partners.models import Organisation, User
from tests.house.sources import OUR_APPS, modules_of, short


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of every floor and of the ground."""
    for app in OUR_APPS:
        for path in modules_of(app):
            if "Form" in path.read_text():
                importlib.import_module(
                    short(path)[:-3].replace("/", ".").removesuffix(".__init__")
                )
    return sorted(_below(forms.BaseForm), key=lambda form: (form.__module__, form.__qualname__))


def _below(form: type) -> set[type[forms.BaseForm]]:
    found = set()
    for child in form.__subclasses__():
        found |= _below(child)
        if child.__module__.split(".")[0] in OUR_APPS:
            found.add(child)
    return found


def what_it_asks(form: type[forms.BaseForm]) -> dict[str, Any]:
    """What a view gives this form besides what was typed. Nobody is offered: all is tampered."""
    name = form.__qualname__
    case = Case(number="VH-2026-0001", client=Client(first_name="An", last_name="Prins"))
    given: dict[str, dict[str, Any]] = {
        "NoteTakerForm": {"note_takers": User.objects.none()},
        "PlanForm": {"note_takers": User.objects.none()},
        "PeopleForm": {"case": case, "with_role": []},
        "ItemForm": {"case": case, "with_role": []},
        "HandOverAllForm": {"cases": [case], "managers": []},
        "NoteForm": {"scopes": list(Scope)},
        "GrantForm": {"people": User.objects.none(), "scopes": list(Scope)},
        "BarForm": {"people": User.objects.none()},
        "SignForm": {"content": {"client": "An Prins", "interventiemanager": "Samira Haddou"}},
        "RoutesForm": {"routes": [Route(kind=NuisanceKind.CRIMINEEL)]},
        "ListForm": {"members": []},
        "CandidatesForm": {"candidates": []},
        "ContactPointForm": {"people": User.objects.none()},
        "AbsenceForm": {"people": User.objects.none()},
        "AnyonesAbsenceForm": {"people": User.objects.none()},
    }
    if form.__module__ == "maatwerkplan.forms.execution":
        action = PartnerAction(organisation=Organisation())
        action.started_on = None  # type: ignore[attr-defined]
        return {"action": action}
    if form.__module__ == "beheerscommissie.forms":
        given["ReportForm"] = {"area": Area.objects.get(slug="gasthuis")}
        given |= dict.fromkeys(
            ("StepForm", "AssignForm", "HandleForm", "FeedbackForm"),
            {"melding": Overlastmelding()},
        )
    if form.__module__ == "cases.forms.assignment":
        given |= dict.fromkeys(("AssignForm", "HandOverForm"), {"managers": []})
    if form.__module__.startswith("veiligheidshuis"):
        given |= at_the_door()
    return given.get(name, {})


def at_the_door() -> dict[str, dict[str, Any]]:
    """The forms of the door ask who is there."""
    request = RequestFactory().post("/inloggen/")
    request.session = {}  # type: ignore[assignment]
    user = User.objects.get(username="samira")
    return {
        "LoginForm": {"request": request},
        "ProofForm": {"request": request, "user": user},
        "NewAppForm": {"request": request, "user": user},
        "PasswordForm": {"user": user},
    }


def made(form: type[forms.BaseForm], **typed: Any) -> forms.BaseForm:
    """This form as a page makes it; with `data` when something was sent."""
    return form(**what_it_asks(form), **typed)


def fields() -> Iterator[tuple[str, forms.Field]]:
    """Every field of every form, by the name of both."""
    for form in all_forms():
        for name, field in made(form).fields.items():
            yield f"{form.__module__}.{form.__qualname__}.{name}", field
