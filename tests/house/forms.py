"""Every form of the house, as a page would make it, for the tests that try them all."""

import importlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.test import RequestFactory

from beheerscommissie.models import Area, NuisanceKind, Overlastmelding, Party, Route
from cases.models import Case, Client, Indeling, Meldformulier, Onderdeel, Scope
from cases.rules.columns import Sample
from maatwerkplan.forms.offer import PREFIX
from maatwerkplan.models import CallStage, PartnerAction
from maatwerkplan.rules import Signer
from partners.models import Mandaat, Organisation, Regeling, Regime, User
from tests.house.sources import OUR_APPS, modules_of, short
from veiligheidshuis.werkafspraken import SUBJECTS


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of every floor and of the ground."""
    for app in OUR_APPS:
        for path in modules_of(app):
            if "Form" in path.read_text():
                importlib.import_module(
                    short(path)[:-3].replace("/", ".").removesuffix(".__init__")
                )
    return sorted(_below(forms.BaseForm), key=name_of)


def _below(form: type) -> set[type[forms.BaseForm]]:
    found = set()
    for child in form.__subclasses__():
        found |= _below(child)
        if child.__module__.split(".")[0] in OUR_APPS:
            found.add(child)
    return found


def what_they_ask() -> dict[str, dict[str, Any]]:
    """What the views give their forms besides what was typed; nothing is asked of the database."""
    nobody = User.objects.none()
    case = Case(number="VH-2026-0001", client=Client(first_name="An", last_name="Prins"))
    action = PartnerAction(organisation=Organisation(), case=case)
    action.started_on = None
    route = Route(kind=NuisanceKind.CRIMINEEL, party=Party(name="Politie"))
    scopes, melding = list(Scope), Overlastmelding()
    return {
        "agenda.forms.NoteTakerForm": {"note_takers": nobody},
        "agenda.forms.PlanForm": {"note_takers": nobody},
        "agenda.forms.PeopleForm": {"case": case, "with_role": []},
        "agenda.forms.ItemForm": {"case": case, "with_role": []},
        "beheerscommissie.forms.ReportForm": {"area": Area(pk=0, slug="gasthuis")},
        "beheerscommissie.forms.StepForm": {"melding": melding},
        "beheerscommissie.forms.AssignForm": {"melding": melding},
        "beheerscommissie.forms.HandleForm": {"melding": melding},
        "beheerscommissie.forms.FeedbackForm": {"melding": melding},
        "beheerscommissie.forms.RoutesForm": {"routes": [route]},
        "cases.forms.assignment.AssignForm": {"managers": []},
        "cases.forms.assignment.HandOverForm": {"managers": []},
        "cases.forms.assignment.HandOverAllForm": {"cases": [case], "managers": []},
        "cases.forms.dossier.NoteForm": {"scopes": scopes},
        "cases.forms.dossier.GrantForm": {"people": nobody, "scopes": scopes},
        "cases.forms.dossier.BarForm": {"people": nobody},
        "cases.forms.victims.SupportForm": {"people": []},
        "maatwerkplan.forms.execution.ReportForm": {"action": action},
        "maatwerkplan.forms.execution.RecordedReportForm": {"action": action},
        "maatwerkplan.forms.execution.EndForm": {"action": action},
        "maatwerkplan.forms.offer.SignForm": {
            "signers": [Signer(party, "An Prins", "An Prins") for party in PREFIX]
        },
        "privacy.forms.OwnPeopleForm": {"organisation": Organisation(pk=0)},
        **what_pressure_asks(action),
        **what_a_report_asks(),
        **what_a_list_asks(),
        **what_a_regime_asks(),
        **what_the_table_asks(),
        **what_the_door_asks(),
    }


def what_pressure_asks(action: PartnerAction) -> dict[str, dict[str, Any]]:
    """The forms about a client who does not take part."""
    return {
        "maatwerkplan.forms.evaluatie.EvaluationForm": {"partners": ["Politie"]},
        "maatwerkplan.forms.aanspreken.CallForm": {"stages": [CallStage.HERINNERING]},
        "maatwerkplan.forms.pressure.DropOutForm": {"running": [action]},
        "maatwerkplan.forms.pressure.StepForm": {"care": [action]},
    }


def what_a_report_asks() -> dict[str, dict[str, Any]]:
    """The forms of somebody on his way in: put forward, weighed, ranked."""
    return {
        "cases.forms.report.NominateForm": {
            "formulier": Meldformulier(asks=Onderdeel.values),
            "regimes": list(Regime),
        },
        "cases.forms.weighing.AskWeighingForm": {"people": []},
        "cases.forms.lists.ListForm": {"members": []},
        "cases.forms.lists.CandidatesForm": {"candidates": []},
    }


def what_a_regime_asks() -> dict[str, dict[str, Any]]:
    """The forms in which it counts whether a dossier is under the law or under the covenant."""
    return {
        "cases.forms.documents.DocumentForm": {"scopes": list(Scope), "regime": Regime.WGS},
        "cases.forms.regime.RegimeForm": {"regime": Regime.WGS, "ground": "WGS 2.26"},
        "maatwerkplan.forms.delivery.AnswerForm": {"mandaten": Mandaat.objects.none()},
        "maatwerkplan.forms.delivery.HeardForm": {
            "asked": Organisation(),
            "regime": Regime.WGS,
            "mandaten": Mandaat.objects.none(),
        },
    }


def what_a_list_asks() -> dict[str, dict[str, Any]]:
    """The forms of a list that comes in, and of the one that the partners rank."""
    return {
        "cases.forms.lists.ListForm": {"members": []},
        "cases.forms.lists.CandidatesForm": {"candidates": []},
        "cases.forms.selection.MeetingForm": {"members": []},
        "cases.forms.sources.SourcesForm": {"organisations": []},
        "cases.forms.imports.ImportForm": {"sources": Organisation.objects.none(), "usual": None},
        "cases.forms.imports.ColumnsForm": {
            "sample": Sample(["naam", "geboren"], [["Prins"], ["7-12-1990"]]),
            "indeling": Indeling(source=Organisation()),
        },
    }


def what_the_table_asks() -> dict[str, dict[str, Any]]:
    """The forms of the register of partners."""
    nobody, office = User.objects.none(), User(pk=0, organisation_id=0)
    office.active_roles = frozenset({"bedrijfsbureau"})
    return {
        "partners.forms.confirming.ConfirmForm": {"people": [(office, None, "")]},
        "partners.forms.people.UserForm": {"by": office},
        "partners.forms.people.AppointmentForm": {"by": office},
        "partners.forms.people.ChosenPasswordForm": {"user": office},
        "partners.forms.people.ContactPointForm": {"people": nobody},
        "partners.forms.people.AbsenceForm": {"people": nobody},
        "partners.forms.people.AnyonesAbsenceForm": {"people": nobody},
        "partners.forms.toetreding.ProposalForm": {"known": Organisation.objects.none()},
        "partners.forms.regelingen.OndertekeningForm": {"waiting": Organisation.objects.none()},
        "partners.forms.regelingen.RegelingForm": {"former": Regeling.objects.none()},
        "partners.forms.werkafspraken.AgreementForm": {"subject": SUBJECTS["caseload_norm"]},
    }


def what_the_door_asks() -> dict[str, dict[str, Any]]:
    """The forms of the ground, about who is there."""
    request = RequestFactory().post("/inloggen/")
    request.session = {}  # type: ignore[assignment]
    someone = User(pk=0, username="samira", first_name="Samira", last_name="Haddou")
    return {
        "veiligheidshuis.account.PasswordForm": {"user": someone},
        "veiligheidshuis.door.LoginForm": {"request": request},
        "veiligheidshuis.newapp.NewAppForm": {"request": request, "user": someone},
        "veiligheidshuis.proof.ProofForm": {"request": request, "user": someone},
    }


def name_of(form: type[forms.BaseForm]) -> str:
    return f"{form.__module__}.{form.__qualname__}"


def made(form: type[forms.BaseForm], **typed: Any) -> forms.BaseForm:
    """This form as a page makes it; with `data` when something was sent."""
    return form(**what_they_ask().get(name_of(form), {}), **typed)


def fields() -> Iterator[tuple[str, forms.Field]]:
    """Every field of every form, by the name of both."""
    for form in all_forms():
        for name, field in made(form).fields.items():
            yield f"{name_of(form)}.{name}", field
