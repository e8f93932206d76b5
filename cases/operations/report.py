"""A participant reports somebody, and hears from us. S2, Werkprocessen; INT-01..05; WGS 2.31."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import (
    Aanmelding,
    Basis,
    Case,
    Choice,
    Criterium,
    Deadline,
    Onderdeel,
    Regime,
    Report,
    Scope,
    TimelineKind,
)
from cases.operations.intake import Person, put_forward
from cases.operations.mail import tell
from cases.operations.timeline import record
from partners.models import Role, User
from veiligheidshuis import workdays
from veiligheidshuis.formats import plain_date
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.werkafspraken import number


@transaction.atomic
def nominate(
    person: Person,
    *,
    doelgroep: str,
    report: Report,
    by: User,
    regime: str = Regime.WGS,
    regime_reason: str = "",
) -> Case:
    """A partner puts somebody forward by form, with what the law asks of him. INT-02..04; BGS 1.5.

    Says the same to him whoever is known already: that is for the office to see. What he told is
    handed in: he reads his own report and what became of it (access.own_reports), and not the
    dossier, which may turn out to be of somebody we know. Raises Refused.
    """
    choice = Choice(regime, regime_reason.strip(), rules.ground_of(regime))
    refuse_if(
        [
            *rules.obstacles_to_nominating(report),
            *rules.obstacles_to_choosing(choice, doelgroep, by),
            *rules.obstacles_to_doelgroep(doelgroep, person.birth_date),
        ]
    )
    case = put_forward(
        person,
        doelgroep=doelgroep,
        source=by.organisation,
        source_note=report.form.name,
        choice=choice,
        by=by,
    )
    for title, text in told(report).items():
        record(case, TimelineKind.AANMELDING, title, text=text, scope=Scope.VIEW_REPORT, by=by)
    _keep(case, report, by)
    tell(case, "aanmelding", to=by.pk)
    access.close(case, Basis.AANDRAGEN, group=by.personal_group)
    return case


def told(report: Report) -> dict[str, str]:
    """What was told, under the heading of each part and in the order of the form."""
    spoken = "ja"
    if not report.discussed and report.ask_again_on:
        again = plain_date(report.ask_again_on)
        spoken = f"nee. {report.why_not.strip()} Opnieuw bekijken op {again}."
    parts = {each.label.capitalize(): report.parts.get(each, "") for each in Onderdeel}
    criteria = {criterion_title(each): report.parts.get(each, "") for each in Criterium}
    whole = {
        "Wat er aan de hand is": report.reason,
        **parts,
        "Gewenst resultaat": report.result,
        **criteria,
        "Besproken met de persoon": spoken,
        "Nagekeken door wie aandraagt": "ja",
    }
    return {title: text.strip() for title, text in whole.items() if text.strip()}


def criterion_title(criterion: Criterium) -> str:
    """How a criterion of BGS 2.20 heads the line of the one who shows that it is met."""
    return f"Criterium {criterion.value}: {criterion.label}"


def _keep(case: Case, report: Report, by: User) -> None:
    """The row that says by which form and by when; the database reminds the office of the day."""
    today = timezone.localdate()
    Aanmelding(
        case=case,
        form=report.form,
        reported_as=case.client.display_name,
        urgency=report.urgency,
        discussed=report.discussed,
        ask_again_on=None if report.discussed else report.ask_again_on,
        reported_by=by,
        contact_by=workdays.after(today, number("contact_working_days")),
    ).save(force_insert=True)


@transaction.atomic
def note_contact(report: Aanmelding, *, by: User) -> None:
    """The office spoke with whoever reported somebody; nobody is reminded any more. INT-05."""
    if not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Het bedrijfsbureau belt wie iemand aandroeg.")
    report = Aanmelding.objects.select_for_update(of=("self",)).get(pk=report.pk)
    refuse_if(rules.obstacles_to_noting_contact(report))
    report.contacted_on, report.contacted_by = timezone.localdate(), by
    report.save(update_fields=["contacted_on", "contacted_by"])
    waiting = Deadline.objects.filter(subject_id=report.pk, done_at=None)
    waiting.update(done_at=timezone.now())
