"""Core participants weigh whether somebody is for this house. WGS 2.31 lid 2-3; BGS 2.20 lid 3."""

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import (
    Basis,
    Case,
    Oordeel,
    Scope,
    TimelineKind,
    Weging,
)
from cases.models.case import sees_process_of_all
from cases.operations.mail import tell, tell_reporters
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import User
from veiligheidshuis.obstacles import refuse_if

# Of one criterion: whether it is met, and why.
Verdict = tuple[bool, str]
# What else happens with somebody who goes elsewhere: filled from above, in AppConfig.ready().
ROUTED: list[Callable[[Case, str], None]] = []


@transaction.atomic
def ask_weighing(case: Case, people: Sequence[User], *, by: User) -> Weging:
    """Ask people of core participants to weigh a report; they read it until it is decided."""
    if not sees_process_of_all(by):
        raise PermissionDenied("Bedrijfsbureau of manager vraagt kerndeelnemers om te wegen.")
    case = locked(case)
    refuse_if(rules.obstacles_to_ask_weighing(case, people))
    weging = Weging.objects.filter(case=case).first()
    if weging is None:
        weging = Weging(case=case, asked_by=by)
        weging.save(force_insert=True)
    for each in people:
        access.grant(case, each.personal_group, Basis.WEGING, because_of=weging.pk)
        tell(case, "weging_gevraagd", to=each.pk)
    return weging


@transaction.atomic
def weigh(weging: Weging, verdicts: Mapping[str, Verdict], *, by: User) -> None:
    """What one core participant finds of each criterion, and why; he may come back on it."""
    weging = _of_weigher(weging, by)
    refuse_if(rules.obstacles_to_weigh(weging, verdicts, by))
    for criterion, (met, reason) in verdicts.items():
        mine = Oordeel.objects.filter(weging=weging, criterium=criterion, author=by)
        if not mine.update(met=met, reason=reason, at=timezone.now()):
            Oordeel(
                weging=weging,
                case=weging.case,
                criterium=criterion,
                met=met,
                reason=reason,
                organisation=by.organisation,
                author=by,
            ).save(force_insert=True)


@transaction.atomic
def admit(weging: Weging, *, by: User) -> None:
    """All who weighed find that all four criteria are met: now more may be collected."""
    weging = _of_weigher(weging, by)
    refuse_if(rules.obstacles_to_admit(weging))
    _say(weging, "Toegelaten door de kerndeelnemers", by)
    _keep_reasons(weging, by)
    access.settle_weighing(weging, admitted=True)


@transaction.atomic
def decline(weging: Weging, *, route: str, advice: str, by: User) -> None:
    """The report is not for this house: who reported hears what to do, and then it is destroyed."""
    weging = _of_weigher(weging, by)
    refuse_if(rules.obstacles_to_decline(weging))
    _say(weging, "Niet toegelaten", by)
    access.settle_weighing(weging, admitted=False, route=route, advice=advice)
    for each in ROUTED:
        each(weging.case, route)


def _of_weigher(weging: Weging, by: User) -> Weging:
    """The weighing as it stands now, for somebody who weighs it. He holds no lock: he may change
    neither case nor weighing, and the function that writes the decision holds them."""
    access.require(by, Scope.VIEW_REPORT, weging.case)
    if not by.organisation.is_core:
        raise PermissionDenied("Alleen een kerndeelnemer weegt mee (WGS 2.31 lid 2).")
    return Weging.objects.select_related("case__client").get(pk=weging.pk)


def _keep_reasons(weging: Weging, by: User) -> None:
    """In the timeline, for who reads the report: what each core participant found, and who judged
    it there. Who admitted writes the lines down: nobody writes one in the name of another."""
    told: dict[str, list[str]] = {}
    judged = weging.oordelen.select_related("organisation", "author")
    for each in judged.order_by("organisation__short_name", "author__last_name", "criterium"):
        judge = f"{each.author} ({each.organisation.short_name})"
        words = told.setdefault(judge, [])
        words.append(f"Criterium {each.criterium} voldoet. {each.reason}")
    for judge, words in told.items():
        record(
            weging.case,
            TimelineKind.AANMELDING,
            f"Oordeel van {judge}",
            text="\n".join(words),
            scope=Scope.VIEW_REPORT,
            by=by,
        )


def _say(weging: Weging, outcome: str, by: User) -> None:
    """In the timeline, and to whoever reported; before those who weighed let go of the case."""
    case = weging.case
    record(case, TimelineKind.AANMELDING, outcome, scope=Scope.KNOW_CASE, by=by)
    tell_reporters(case, case.aanmeldingen.values_list("reported_by_id", flat=True))
