"""Situations for tests, arranged by the real operations as the people who would do it.

Each function takes a case one step further: `listed_case()`, `assigned_case()`, `planned_case()`.
They act as the right person and leave nobody acting.
"""

import itertools
from datetime import date

from cases import operations
from cases.models import Case, Doelgroep, Leefgebied, Prioriteitenlijst, SelfReliance
from partners.models import Organisation, User
from veiligheidshuis.needtoknow import acting_as

_count = itertools.count(1)


def user(username: str) -> User:
    return User.objects.select_related("organisation", "personal_group").get(username=username)


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def a_person(**named: object) -> operations.Person:
    """Somebody invented; every call another."""
    n = next(_count)
    about = {
        "first_name": f"Voornaam{n}",
        "name_prefix": "van der",
        "last_name": f"Achternaam{n}",
        "birth_date": date(1990, 1, 1 + n % 28),
        "municipality": "Heerlen",
    }
    return operations.Person(**(about | named))  # type: ignore[arg-type]


def put_forward_case(by: str = "politie", **named: object) -> Case:
    """A case as a partner put it forward."""
    actor = user(by)
    with acting_as(actor.pk):
        return operations.put_forward(
            a_person(**named),
            doelgroep=Doelgroep.VEELPLEGER,
            source=actor.organisation,
            reason="Veel aanhoudingen en geen vast adres.",
            offences=12,
            by=actor,
        )


def open_list(*cases: Case, members: tuple[str, ...] = ("politie", "ggd")) -> Prioriteitenlijst:
    """A list in discussion with these cases and members."""
    office = user("bureau")
    with acting_as(office.pk):
        ranked = operations.open_list(
            f"t{next(_count)}",
            meeting_on=date(2026, 11, 26),
            members=[user(m) for m in members],
            by=office,
        )
        operations.add_candidates(ranked, cases, by=office)
    return ranked


def listed_case(**named: object) -> Case:
    """A case on an adopted list, not assigned yet."""
    case = put_forward_case(**named)
    ranked = open_list(case)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        case.refresh_from_db()
    return case


def assigned_case(to: str = "samira", **named: object) -> Case:
    """A case with an interventiemanager, before the diagnosis."""
    case = listed_case(**named)
    manager, leader = user("manager"), user(to)
    with acting_as(manager.pk):
        operations.assign(case, leader, by=manager)
    return fresh(case, leader)


def diagnosis_case(to: str = "samira", **named: object) -> Case:
    """A case of which the diagnosis is being made."""
    case, leader = assigned_case(to, **named), user(to)
    with acting_as(leader.pk):
        operations.start_diagnosis(case, by=leader)
    return fresh(case, leader)


def planned_case(
    to: str = "samira",
    deficits: dict[str, int] | None = None,
    self_reliance: str = SelfReliance.ZELF,
    **named: object,
) -> Case:
    """A case with an established diagnosis, ready for its plan. Without `deficits`: housing 3."""
    case, leader = diagnosis_case(to, **named), user(to)
    lacking = {"huisvesting": 3} if deficits is None else deficits
    with acting_as(leader.pk):
        for leefgebied in Leefgebied.values:
            operations.judge(
                case,
                leefgebied,
                deficit=lacking.get(leefgebied, 0),
                explanation="Zoals besproken in het gesprek.",
                criminogenic=leefgebied in lacking,
                by=leader,
            )
        operations.judge_self_reliance(case, self_reliance=self_reliance, by=leader)
        operations.complete_diagnosis(case, by=leader)
    return fresh(case, leader)


def fresh(case: Case, reader: User) -> Case:
    """The case as it stands now, for somebody who may know it."""
    with acting_as(reader.pk):
        return Case.objects.with_people().get(pk=case.pk)
