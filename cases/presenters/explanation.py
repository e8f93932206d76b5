"""Why somebody may see something, or not, in words: for the privacy officer and who leads."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.access import Explanation, explain
from cases.models import Basis, Scope
from partners.models import Role, User
from veiligheidshuis.formats import clock, plain_date


def moment_of(day: date) -> datetime:
    """The moment that is meant by a day: now when it is today, otherwise the end of it."""
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time.max))


def end_of(day: date) -> datetime:
    """The first moment after a day: when what ended on it is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def in_words(answer: Explanation, user: User) -> str:
    """The rule that decided, in a sentence."""
    if answer.rule == "nothing":
        return f"Niets: niemand gaf {user} toegang hiertoe."
    if answer.rule == "no_participant":
        return (
            f"WGS: {user.organisation} is geen deelnemer. Ook een convenant dat nu geldt, geeft "
            "geen plaats bij dossiers."
        )
    if answer.rule == "participation_other_regime":
        return (
            f"Regime: {user.organisation} mag onder het regime van dit dossier niet meedoen. Wat "
            "er was gegeven, telt niet."
        )
    return WORDS[answer.rule](answer)


def what_is_needed(answer: Explanation, scope: str) -> str:
    """What would have to happen before the answer is yes; empty when it is."""
    if answer.rule in ("nothing", "participation_not_in_force"):
        return NEEDED_FOR.get(
            scope, "Nodig: toegang met de hand, door wie de regie voert en dit zelf mag zien."
        )
    return NEEDED.get(answer.rule, "")


NEEDED = {
    "account_off": "Nodig: het bedrijfsbureau zet het account aan.",
    "no_participant": "Hier is niets aan te doen zolang de organisatie geen deelnemer is.",
    "participation_other_regime": "Nodig: een plaats in de wet of een handtekening onder het "
    "convenant, of het dossier gaat naar het andere regime.",
    "not_confirmed": "Nodig: de beheerder van de organisatie of het bedrijfsbureau bevestigt deze "
    "persoon.",
    "no_role": "Nodig: het bedrijfsbureau geeft een rol die met dossiers werkt.",
    "bar": "Nodig: het bedrijfsbureau of de manager heft de uitsluiting op.",
}
NEEDED_FOR: dict[str, str] = {
    Scope.KNOW_CASE: "Nodig: een taak in het plan, een vraag om te leveren, een plaats in het "
    "selectieoverleg, of toegang met de hand door de interventiemanager.",
    Scope.LEAD_CASE: "Nodig: de manager wijst het dossier toe.",
    Scope.MINUTES: "Nodig: het bedrijfsbureau kiest deze persoon als notulist van het overleg.",
}


def _participation(answer: Explanation) -> str:
    via = getattr(answer.via, "organisation", None)
    parts = [
        f"Deelname: {Basis(answer.ground).label}",
        f"als contactpunt van {via.short_name}" if via else "",
        f"vanaf {_day(answer.first_day)}",
        f"tot en met {_day(answer.last_day)}" if answer.last_day else "",
        f"tot {_moment(answer.ended_at)}" if answer.ended_at else "",
        f"gegeven door {answer.by}",
    ]
    return ", ".join(part for part in parts if part) + _because(answer)


def _not_in_force(answer: Explanation) -> str:
    given = f"Deelname ({Basis(answer.ground).label}) gold op dat moment niet"
    if answer.ended_at:
        return f"{given}: beëindigd op {_moment(answer.ended_at)}."
    if answer.last_day:
        return f"{given}: van {_day(answer.first_day)} tot en met {_day(answer.last_day)}."
    return f"{given}: deze persoon hoorde niet meer bij wie toegang kreeg."


def _process_view(answer: Explanation) -> str:
    role = Role(answer.ground).label
    return (
        f"Rol: {role}, vanaf {_day(answer.first_day)}. "
        "Die rol geeft de procesgegevens van elk dossier."
    )


def _no_role(answer: Explanation) -> str:
    if answer.ground and answer.last_day:
        return f"Rol: {Role(answer.ground).label} tot en met {_day(answer.last_day)}, daarna geen."
    if answer.ground:
        return f"Rol: {Role(answer.ground).label}. Die rol werkt niet met dossiers."
    return "Rol: geen."


def _not_confirmed(answer: Explanation) -> str:
    return (
        f"Bevestiging: niemand bevestigde deze persoon in de ronde tot en met "
        f"{_day(answer.last_day)}."
    )


def _account_off(answer: Explanation) -> str:
    if answer.ended_at:
        return f"Account: uitgezet op {_moment(answer.ended_at)}."
    return "Account: bestond op dat moment niet."


def _bar(answer: Explanation) -> str:
    since = f" sinds {_moment(answer.begun_at)}, door {answer.by}" if answer.begun_at else ""
    return f"Uitsluiting{since}: die gaat voor alles."


def _because(answer: Explanation) -> str:
    return f". Reden: {answer.reason}" if answer.reason else "."


def _day(day: date | None) -> str:
    return plain_date(day) if day else "onbekend"


def _moment(moment: datetime) -> str:
    return f"{plain_date(moment)} om {clock(moment)}"


WORDS = {
    "participation": _participation,
    "participation_not_in_force": _not_in_force,
    "process_view": _process_view,
    "not_confirmed": _not_confirmed,
    "no_role": _no_role,
    "account_off": _account_off,
    "bar": _bar,
}


@dataclass(frozen=True)
class Answer:
    """One question and what the house says to it."""

    user: User
    number: str
    scope: Scope
    day: date
    allowed: bool
    because: str
    needed: str


def ask(user: User, number: str, scope: str, day: date) -> Answer:
    """Ask the wall whether somebody may see a part of a case on a day; no number: any case."""
    answer = explain(user, number or None, scope, moment_of(day))
    because, needed = in_words(answer, user), what_is_needed(answer, scope)
    return Answer(user, number, Scope(scope), day, answer.allowed, because, needed)
