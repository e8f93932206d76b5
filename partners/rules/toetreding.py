"""What must be true when an organisation comes to the table, or leaves it. S2, GOV-03."""

from datetime import date

from django.utils import timezone

from partners.models import (
    NEIGHBOUR_ROLES,
    PARTICIPANTS,
    Organisation,
    Regeling,
    RegelingKind,
    Toetreding,
    User,
    class_by_law,
)
from partners.states import TOETREDING_FLOW
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_proposing_partner(
    organisation: Organisation | None, name: str, proposed_on: date
) -> list[Obstacle]:
    """Somebody is proposed who is no partner and is not proposed yet, under a name of his own."""
    obstacles = _obstacles_to_past_day(proposed_on, "toetreding", "Het voorstel")
    if organisation is None:
        known = Organisation.objects.filter(name__iexact=name).first()
        if known:
            obstacles.append(
                Obstacle(
                    "known_already",
                    f"{known} staat al in het register. Kies deze organisatie uit de lijst.",
                    known.get_absolute_url(),
                )
            )
        return obstacles
    busy = organisation.toetredingen.running().first()
    if busy:
        text = f"{organisation} is {busy.get_status_display()}. Een tweede voorstel is niet nodig."
        obstacles.append(Obstacle("proposed_already", text, busy.get_absolute_url()))
    return obstacles


def proposed_already(name: str) -> Obstacle:
    """What the database says when two colleagues propose the same at the same moment."""
    return Obstacle("proposed_already", f"Een collega stelde {name} net al voor.")


def obstacles_to_test_partner(
    toetreding: Toetreding, wgs_class: str, wgs_members: list[str], tested_on: date
) -> list[Obstacle]:
    """The place in the law follows from the organs as which somebody takes part. WGS 2.27."""
    obstacles = TOETREDING_FLOW.obstacles("test_partner", toetreding.status)
    obstacles += _obstacles_to_past_day(tested_on, "toetreding", "De toets")
    if tested_on < toetreding.proposed_on:
        text = f"Voorgesteld is op {long_date(toetreding.proposed_on)}. Kies die dag of later."
        obstacles.append(Obstacle("tested_before_proposal", text))
    follows = class_by_law(wgs_members)
    if follows and follows != wgs_class:
        text = f"Met deze organen is de plaats in de wet: {follows.label}. Kies die."
        obstacles.append(Obstacle("other_class", text))
    if not follows and wgs_class in PARTICIPANTS:
        text = (
            "De wet noemt wie deelneemt (WGS 2.27). Kies het orgaan, of kies ‘incidentele derde’ "
            "of ‘geen deelnemer’."
        )
        obstacles.append(Obstacle("no_organ", text))
    return obstacles


def obstacles_to_approve_partner(toetreding: Toetreding, decided_on: date) -> list[Obstacle]:
    """The stuurgroep decides after the test, in a meeting that has been. GOV-03."""
    obstacles = TOETREDING_FLOW.obstacles("approve_partner", toetreding.status)
    if decided_on > timezone.localdate():
        obstacles.append(
            Obstacle("decided_later", "Deze stuurgroep moet nog komen. Noteer het besluit daarna.")
        )
    elif toetreding.tested_on and decided_on < toetreding.tested_on:
        text = f"De toets was op {long_date(toetreding.tested_on)}. De stuurgroep besluit daarna."
        obstacles.append(Obstacle("decided_before_test", text))
    return obstacles


def obstacles_to_append_verklaring(toetreding: Toetreding, signed_on: date) -> list[Obstacle]:
    """The declaration is signed after the decision, and appended to a covenant that binds. S2."""
    obstacles = TOETREDING_FLOW.obstacles("append_verklaring", toetreding.status)
    if signed_on > timezone.localdate():
        obstacles.append(Obstacle("signed_later", "De dag van tekenen moet nog komen."))
    elif toetreding.decided_on and signed_on < toetreding.decided_on:
        obstacles.append(
            Obstacle("signed_before_decision", "Tekenen kan pas na het besluit van de stuurgroep.")
        )
    if not Regeling.objects.in_force().filter(kind=RegelingKind.CONVENANT).exists():
        obstacles.append(
            Obstacle("no_covenant", "Er geldt nu geen convenant. Laat eerst een versie gelden.")
        )
    return obstacles


def obstacles_to_activate_partner(toetreding: Toetreding) -> list[Obstacle]:
    """A partner comes in when its declaration is appended to the covenant of today. S2."""
    obstacles = TOETREDING_FLOW.obstacles("activate_partner", toetreding.status)
    if obstacles:
        return obstacles
    covenant = Regeling.objects.in_force().filter(kind=RegelingKind.CONVENANT)
    if not covenant.filter(ondertekeningen__organisation=toetreding.organisation).exists():
        obstacles.append(
            Obstacle(
                "not_signed",
                f"{toetreding.organisation.short_name} tekende het convenant niet dat nu geldt. "
                "Noteer die handtekening bij de regeling.",
            )
        )
    return obstacles


def obstacles_to_turn_down_partner(toetreding: Toetreding) -> list[Obstacle]:
    """Who is no partner yet can still be turned down."""
    return TOETREDING_FLOW.obstacles("turn_down_partner", toetreding.status)


def obstacles_to_announce_leaving(
    toetreding: Toetreding, leaves_on: date, by: User
) -> list[Obstacle]:
    """A partner leaves today or later, and nobody sends his own organisation away."""
    obstacles = TOETREDING_FLOW.obstacles("announce_leaving", toetreding.status)
    obstacles += obstacles_to_day("toetreding", leaves_on)
    if leaves_on < timezone.localdate():
        text = "Deze dag is voorbij. Kies vandaag of later: wat was, blijft zoals het was."
        obstacles.append(Obstacle("leaves_in_past", text))
    return obstacles + obstacles_to_sending_away(toetreding, by)


def obstacles_to_sending_away(toetreding: Toetreding, by: User) -> list[Obstacle]:
    """The house would shut itself out: nobody notes that his own organisation leaves."""
    if toetreding.organisation_id != by.organisation_id:
        return []
    text = (
        "Dit is je eigen organisatie. Een collega van een andere organisatie met de rol "
        "bedrijfsbureau noteert dit."
    )
    return [Obstacle("own_organisation", text)]


def obstacles_to_call_off_leaving(toetreding: Toetreding) -> list[Obstacle]:
    """As long as the day has not come, a partner can still stay."""
    obstacles = TOETREDING_FLOW.obstacles("call_off_leaving", toetreding.status)
    if toetreding.leaves_on and toetreding.leaves_on <= timezone.localdate():
        text = "Deze partner is al uitgetreden. Wil hij terug? Stel hem dan opnieuw voor."
        obstacles.append(Obstacle("left_already", text))
    return obstacles


def obstacles_to_leave(toetreding: Toetreding) -> list[Obstacle]:
    """A partner is gone on the day that was noted, and not before."""
    obstacles = TOETREDING_FLOW.obstacles("leave", toetreding.status)
    if toetreding.leaves_on and toetreding.leaves_on > timezone.localdate():
        text = f"{toetreding.organisation} treedt uit per {long_date(toetreding.leaves_on)}."
        obstacles.append(Obstacle("leaves_later", text))
    return obstacles


def obstacles_to_sitting(organisation: Organisation, role: str) -> list[Obstacle]:
    """No account works before an organisation is a partner, or after. S2, convenant; GOV-03."""
    if organisation.is_seated or (organisation.is_neighbour and role in NEIGHBOUR_ROLES):
        return []
    text = (
        f"{organisation} is geen partner van het convenant (meer). Een account kan pas als de "
        "toetreding rond is."
    )
    return [Obstacle("not_at_the_table", text)]


def _obstacles_to_past_day(day: date, term: str, what: str) -> list[Obstacle]:
    if day > timezone.localdate():
        return [Obstacle("in_future", f"{what} moet nog komen. Kies vandaag of eerder.")]
    return obstacles_to_day(term, day)
