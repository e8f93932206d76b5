"""How far the round has come: by organisation, one by one, and of oneself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Now

from partners import rules
from partners.access import people_kept_by
from partners.models import (
    Appointment,
    Bevestiging,
    Bevestigingsronde,
    Organisation,
    Role,
    User,
)
from partners.presenters.people import with_roles
from veiligheidshuis.obstacles import Obstacle


def latest_round() -> Bevestigingsronde | None:
    """The round that runs, or the last one."""
    return Bevestigingsronde.objects.select_related("began_by").order_by("began_at").last()


def confirmed_in(ronde: Bevestigingsronde) -> Func:
    """Whether somebody is confirmed since this round began; the database decides."""
    args = (F("pk"), Value(ronde.began_at), Now())
    return Func(*args, function="vh.confirmed_since", output_field=BooleanField())


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account, what was said of him, and why you cannot say it, if so."""

    person: User
    word: Bevestiging | None
    confirmed: bool
    obstacles: list[Obstacle]

    @property
    def state(self) -> str:
        if self.word:
            return "nodig" if self.word.needed else "niet meer nodig"
        return "nieuw account" if self.confirmed else "nog niet bevestigd"

    @property
    def badge(self) -> str:
        return "ok" if self.confirmed else "leeg" if self.word else "wacht"

    @property
    def before(self) -> tuple[User, bool | None, str]:
        """What the form begins with."""
        word = self.word
        return self.person, word.needed if word else None, word.reason if word else ""


def _colleagues(people: QuerySet[User], ronde: Bevestigingsronde, by: User) -> list[Colleague]:
    words = {each.user_id: each for each in Bevestiging.objects.in_round(ronde)}
    found = people.filter(is_active=True).annotate(confirmed=confirmed_in(ronde))
    found = found.select_related("organisation").prefetch_related(with_roles())
    return [
        Colleague(
            person,
            words.get(person.pk),
            person.confirmed,
            rules.obstacles_to_confirm(person, by, ronde),
        )
        for person in found.by_name()  # type: ignore[attr-defined]
    ]


def colleagues_in_round(
    organisation: Organisation, ronde: Bevestigingsronde, by: User
) -> list[Colleague]:
    """Everybody of one organisation with an account, as far as this round has come."""
    return _colleagues(User.objects.filter(organisation=organisation), ronde, by)


@dataclass
class Progress:
    """How far one organisation has come."""

    organisation: Organisation
    has_keeper: bool
    total: int = 0
    done: int = 0

    @property
    def waiting(self) -> int:
        return self.total - self.done

    @property
    def state(self) -> str:
        return "klaar" if not self.waiting else f"nog {self.waiting} van {self.total}"


def progress(ronde: Bevestigingsronde, by: User) -> list[Progress]:
    """By organisation, of those whose people one confirms; the least far on top."""
    everybody = User.objects.all() if by.has_role(Role.MANAGER) else people_kept_by(by)
    keepers = Appointment.objects.in_force().filter(role=Role.PARTNERBEHEERDER)
    kept = set(keepers.values_list("user__organisation_id", flat=True))
    words = {each.user_id for each in Bevestiging.objects.in_round(ronde)}
    found: dict[int, Progress] = {}
    people = everybody.filter(is_active=True).select_related("organisation")
    for person in people.annotate(confirmed=confirmed_in(ronde)):
        home = person.organisation
        line = found.setdefault(home.pk, Progress(home, home.pk in kept))
        line.total += 1
        line.done += person.confirmed or person.pk in words
    return sorted(found.values(), key=lambda line: (-line.waiting, line.organisation.name))


def waiting_in(lines: Iterable[Progress]) -> int:
    """How many people still wait."""
    return sum(line.waiting for line in lines)


@dataclass(frozen=True)
class Standing:
    """What somebody himself is told: whether he is confirmed, until when he sees things, whom to
    ask."""

    ronde: Bevestigingsronde
    confirmed: bool
    ask: list[User]

    @property
    def shut_out(self) -> bool:
        return self.ronde.is_over and not self.confirmed


def standing_of(user: User) -> Standing | None:
    """His own confirmation; nothing when no round ever began."""
    ronde = latest_round()
    if ronde is None:
        return None
    (confirmed,) = User.objects.filter(pk=user.pk).values_list(confirmed_in(ronde), flat=True)
    ask: list[User] = []
    if not confirmed:
        own = User.objects.in_role(Role.PARTNERBEHEERDER).filter(organisation=user.organisation_id)
        ask = list(own.exclude(pk=user.pk).by_name())
    return Standing(ronde, confirmed, ask)
