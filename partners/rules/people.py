"""What must be true before somebody gets an account or a role."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from partners.models import (
    OFFICE_ROLES,
    PERSON_ROLES,
    SUPERVISING,
    Absence,
    Appointment,
    FactorReset,
    IdentityProvider,
    Organisation,
    Role,
    SignOnProposal,
    User,
)
from partners.rules.keeping import obstacles_to_keeping
from partners.rules.toetreding import obstacles_to_sitting
from partners.states import RESET_FLOW
from veiligheidshuis.formats import clock, long_date
from veiligheidshuis.obstacles import MEANWHILE, Obstacle
from veiligheidshuis.terms import obstacles_to_day

# What higher floors have against somebody leaving; they fill this in AppConfig.ready().
LEAVING: list[Callable[[User], list[Obstacle]]] = []


def obstacles_to_leaving(user: User) -> list[Obstacle]:
    """What somebody has to hand over before his account or his role ends."""
    return [obstacle for asks in LEAVING for obstacle in asks(user)]


def obstacles_to_an_account(organisation: Organisation, role: str) -> list[Obstacle]:
    """An account for dossiers is for who may take part under one of the regimes, and for who runs
    the house by law; of a partner one at all. WGS 2.27, 2.31 lid 9; S2, convenant; PRV-20.
    """
    by_covenant = organisation.is_covered and role not in OFFICE_ROLES
    if role in PERSON_ROLES and not organisation.is_participant and not by_covenant:
        return [
            Obstacle(
                "no_participant",
                f"{organisation} is geen deelnemer in de zin van de WGS "
                f"({organisation.get_wgs_class_display()}). Deze organisatie krijgt geen account "
                + (
                    "voor het beheer van het huis." if organisation.is_covered else "voor dossiers."
                ),
            )
        ]
    return obstacles_to_sitting(organisation, role)


def obstacles_to_appointing(user: User, role: str, start: date, end: date | None) -> list[Obstacle]:
    """A role fits the organisation, has its dates the right way round and is held once."""
    obstacles = obstacles_to_an_account(user.organisation, role)
    obstacles += obstacles_to_day("aanstelling", start, end)
    if end and end < start:
        obstacles.append(
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        )
    elif user.appointments.filter(role=role).overlapping(start, end).exists():
        obstacles.append(
            Obstacle(
                "role_held",
                f"{user} heeft de rol {Role(role).label} in deze periode al. "
                "Beëindig eerst de oude aanstelling.",
            )
        )
    return obstacles + obstacles_to_supervising(user, role, start, end)


def obstacles_to_supervising(
    user: User, role: str, start: date, end: date | None
) -> list[Obstacle]:
    """Who supervises how people read does not work with dossiers himself. AVG 38 lid 6."""
    apart = (
        PERSON_ROLES
        if role in SUPERVISING
        else SUPERVISING
        if role in PERSON_ROLES
        else frozenset()
    )
    if not user.appointments.filter(role__in=apart).overlapping(start, end).exists():
        return []
    return [
        Obstacle(
            "fg_apart",
            "Een functionaris gegevensbescherming of privacyfunctionaris houdt toezicht en werkt "
            "daarom niet zelf met dossiers (AVG 38 lid 6). Beëindig eerst de andere rol, of kies "
            "iemand anders.",
        )
    ]


def obstacles_to_ending_appointment(appointment: Appointment, end_date: date) -> list[Obstacle]:
    """A role ends once, not before it began, and never leaves the house without an office."""
    if too_far := obstacles_to_day("aanstelling", end_date):
        return too_far
    if appointment.end_date and appointment.end_date < timezone.localdate():
        return [Obstacle("ended_already", "Deze aanstelling is al afgelopen.")]
    if appointment.end_date and end_date > appointment.end_date:
        return [
            Obstacle(
                "made_longer",
                f"Deze aanstelling eindigt al op {long_date(appointment.end_date)}. Blijft iemand "
                "langer? Geef dan daarna een nieuwe aanstelling.",
            )
        ]
    if end_date < appointment.start_date:
        return [
            Obstacle(
                "ends_before_start",
                "De aanstelling begint pas later. Kies een einddatum op of na de begindatum.",
            )
        ]
    if appointment.role == Role.BEDRIJFSBUREAU:
        return obstacles_to_losing_office(appointment.user)
    if appointment.role == Role.INTERVENTIEMANAGER:
        return obstacles_to_leaving(appointment.user)
    return []


def obstacles_to_switching_off(user: User, by: User) -> list[Obstacle]:
    """Whose account is switched off has handed over his clients first."""
    return obstacles_to_blocking(user, by) + (obstacles_to_leaving(user) if user.is_active else [])


def obstacles_to_blocking(user: User, by: User) -> list[Obstacle]:
    """Whom nobody may wait for is kept out whatever he leads; but never the last of the office."""
    if not user.is_active:
        return [Obstacle("off_already", f"Het account van {user} staat al uit.")]
    if others_keep_it := obstacles_to_keeping(user, by):
        return others_keep_it
    return obstacles_to_losing_office(user) if user.has_role(Role.BEDRIJFSBUREAU) else []


def obstacles_to_losing_office(user: User) -> list[Obstacle]:
    """Without a bedrijfsbureau nobody could give anybody a role any more."""
    lasting = Appointment.objects.current().filter(role=Role.BEDRIJFSBUREAU, end_date=None)
    if lasting.filter(user__is_active=True).exclude(user=user).exists():
        return []
    return [
        Obstacle(
            "last_office",
            f"{user} is de laatste van het bedrijfsbureau. Geef eerst een collega deze rol, "
            "zonder einddatum.",
        )
    ]


def obstacles_to_adding_user(username: str) -> list[Obstacle]:
    """An account is personal: one name, one person."""
    if User.objects.filter(username__iexact=username).exists():
        return [username_taken(username)]
    return []


def username_taken(username: str) -> Obstacle:
    return Obstacle(
        "username_taken", f"De inlognaam ‘{username}’ bestaat al. Kies een andere inlognaam."
    )


def obstacles_to_absence(
    user: User, start: date, end: date, stand_in: User | None
) -> list[Obstacle]:
    """Somebody is away once at a time, and another who is there stands in for him."""
    obstacles = obstacles_to_day("afwezigheid", start, end)
    away = Absence.objects.overlapping(start, end)
    if end < start:
        obstacles.append(
            Obstacle("ends_before_start", "De laatste dag ligt vóór de eerste. Kies een latere.")
        )
    elif away.filter(user=user).exists():
        obstacles.append(
            Obstacle("away_already", f"{user} staat in deze periode al als afwezig genoteerd.")
        )
    if stand_in and user.has_role(Role.INTERVENTIEMANAGER):
        obstacles += obstacles_to_standing_in(stand_in)
    if stand_in == user:
        obstacles.append(Obstacle("stands_in_for_himself", "Kies iemand anders om waar te nemen."))
    elif stand_in and away.filter(user=stand_in).exists():
        obstacles.append(
            Obstacle(
                "stand_in_away",
                f"{stand_in} is in deze periode zelf afwezig. Kies iemand anders om waar te nemen.",
            )
        )
    return obstacles


def obstacles_to_linking(user: User, provider: IdentityProvider) -> list[Obstacle]:
    """Somebody is linked once, with the login service of his own organisation. AUTH-13."""
    if not provider.is_on or provider.organisation_id != user.organisation_id:
        return [
            Obstacle("other_organisation", f"Bij {provider.organisation} hoort een ander account.")
        ]
    if user.sign_on_links.filter(ended_at=None).exists():
        return [
            Obstacle(
                "linked_already",
                "Uw account is al gekoppeld. Haal eerst de oude koppeling weg.",
            )
        ]
    return []


def obstacles_to_proposing(
    user: User, provider: IdentityProvider, subject: str, by: User
) -> list[Obstacle]:
    """The office links a colleague beforehand, one proposal at a time, and never by e-mail."""
    if not user.is_active:
        return [Obstacle("off", f"Het account van {user} staat uit. Zet het eerst aan.")]
    if user == by:
        return [Obstacle("own_link", "Je eigen account koppel je zelf, onder ‘Mijn account’.")]
    obstacles = obstacles_to_linking(user, provider)
    if user.sign_on_proposals.waiting().exists():
        obstacles.append(
            Obstacle(
                "proposed_already", f"Voor {user} wacht al een voorstel. Beslis daar eerst op."
            )
        )
    if subject.casefold() == user.email.casefold():
        obstacles.append(
            Obstacle(
                "email",
                "Dit is een e-mailadres; dat kan een ander ooit krijgen. Vraag de beheerder van de "
                "organisatie om het kenmerk (‘sub’).",
            )
        )
    return obstacles


def obstacles_to_approving(proposal: SignOnProposal, by: User) -> list[Obstacle]:
    """A second pair of eyes: not who proposed it, and not whom it is about."""
    if proposal.decided_at:
        return [decided_already()]
    if by.pk in (proposal.proposed_by_id, proposal.user_id):
        return [
            Obstacle(
                "same_eyes",
                "Een andere collega van het bedrijfsbureau keurt dit goed: niet wie het "
                "voorstelde, en niet wie het zelf is.",
            )
        ]
    return []


def decided_already() -> Obstacle:
    return Obstacle("decided_already", "Een collega heeft hier al over beslist.")


def linked_already(user: User) -> Obstacle:
    """The database knows it; the link itself only he can see."""
    return Obstacle("linked_already", f"Het account van {user} is al gekoppeld.")


def obstacles_to_going_without_password(organisation: Organisation) -> list[Obstacle]:
    """Without a password somebody comes in by way of his own organisation only."""
    if IdentityProvider.objects.filter(organisation=organisation, is_on=True).exists():
        return []
    return [
        Obstacle(
            "no_way_in",
            f"{organisation} heeft geen eigen inlogdienst. Stuur wel een link.",
        )
    ]


def subject_taken() -> Obstacle:
    """The database knows that this subject is linked; to whom, nobody learns."""
    return Obstacle(
        "subject_taken",
        "Het account waarmee u bij uw organisatie inlogde, is al gekoppeld. "
        "Bel het bedrijfsbureau.",
    )


def obstacles_to_standing_in(stand_in: User) -> list[Obstacle]:
    """Clients are led by an interventiemanager, also while their own is away. DOS-18."""
    if stand_in.has_role(Role.INTERVENTIEMANAGER) and stand_in.regimes:
        return []
    return [
        Obstacle(
            "stand_in_leads_nobody",
            f"{stand_in} is geen interventiemanager en kan de cliënten niet waarnemen. "
            "Kies een interventiemanager.",
        )
    ]


def obstacles_to_coming_back(absence: Absence) -> list[Obstacle]:
    """Somebody comes back from an absence that is not over yet."""
    if absence.end_date >= timezone.localdate():
        return []
    return [Obstacle("over_already", "Deze afwezigheid is al voorbij.")]


def obstacles_to_asking_reset(user: User, by: User) -> list[Obstacle]:
    """A colleague asks, once at a time, for somebody who comes in here at all. AUTH-12."""
    if user == by:
        return [
            Obstacle(
                "own_factor",
                "Voor jezelf vraag je dit niet aan. Vraag een collega van het bedrijfsbureau.",
            )
        ]
    if not user.is_active:
        return [Obstacle("off_already", f"Het account van {user} staat uit. Zet het eerst aan.")]
    if user.factor_resets.under_way().exists():
        return [Obstacle("under_way", f"Voor {user} is dit al aangevraagd.")]
    return []


def obstacles_to_approve_reset(reset: FactorReset, by: User) -> list[Obstacle]:
    """A second person looks along: never who asked, and never he himself. AUTH-12."""
    obstacles = RESET_FLOW.obstacles("approve_reset", reset.status)
    if by.pk in (reset.asked_by_id, reset.user_id):
        obstacles.append(
            Obstacle(
                "second_person",
                "Iemand anders van het bedrijfsbureau, of de manager, beslist hierover.",
            )
        )
    return obstacles


def obstacles_to_refuse_reset(reset: FactorReset) -> list[Obstacle]:
    """As long as it was not done it can be called off."""
    return RESET_FLOW.obstacles("refuse_reset", reset.status)


def obstacles_to_stop_reset(reset: FactorReset) -> list[Obstacle]:
    """As long as it was not done he himself can stop it."""
    return RESET_FLOW.obstacles("stop_reset", reset.status)


def obstacles_to_carry_out_reset(reset: FactorReset, by: User) -> list[Obstacle]:
    """He had his day to stop it; and nobody does it for himself."""
    obstacles = RESET_FLOW.obstacles("carry_out_reset", reset.status)
    if reset.user_id == by.pk:
        obstacles.append(Obstacle("own_factor", "Een collega zet jouw tweede stap terug."))
    if reset.not_before and not reset.waited_out:
        when = f"{long_date(reset.not_before)}, {clock(reset.not_before)}"
        obstacles.append(
            Obstacle("too_early", f"{reset.user} kan dit nog tegenhouden. Het kan vanaf {when}.")
        )
    return obstacles


def meanwhile() -> Obstacle:
    """Somebody else, or another tab, was a moment earlier."""
    return Obstacle("meanwhile", f"{MEANWHILE} Kijk wat er nu staat.")
