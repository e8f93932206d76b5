"""Are these two names one person's? What the eye would notice, for a person who then decides."""

import uuid
from typing import NamedTuple, Protocol

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from rapidfuzz import fuzz

from cases.models.case import Case
from cases.models.client import name_key
from veiligheidshuis.models import PersonalData

# From here on the eye would stop: one letter off in a short name, a swap of names, a twin.
VERY_SIMILAR = 85


class Named(Protocol):
    """Somebody with a Dutch name: a client, or a row of a list."""

    @property
    def first_name(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def last_name(self) -> str: ...


class Spelling(NamedTuple):
    """A name as it is compared with many others, made once: without capitals, accents and signs."""

    first_name: str
    name_prefix: str
    last_name: str

    @classmethod
    def of(cls, first_name: str, name_prefix: str, last_name: str) -> "Spelling":
        return cls(name_key(first_name), name_key(name_prefix), name_key(last_name))

    def resembles(self, other: "Spelling") -> bool:
        """Another spelling, an initial, a missing prefix or two names that changed places."""
        mine, theirs = " ".join(self), " ".join(other)
        if max(fuzz.ratio(mine, theirs), fuzz.token_sort_ratio(mine, theirs)) >= VERY_SIMILAR:
            return True
        # "J. Smeets" beside "Jan Smeets".
        return self.last_name == other.last_name and self.first_name[:1] == other.first_name[:1]


def spelling_of(named: Named) -> Spelling:
    return Spelling.of(named.first_name, named.name_prefix, named.last_name)


def same_name(one: Named, other: Named) -> bool:
    """The same name, whatever its capitals, accents and signs."""
    return spelling_of(one) == spelling_of(other)


def similar_name(one: Named, other: Named) -> bool:
    """The same name, or one that may well be meant for it."""
    return spelling_of(one).resembles(spelling_of(other))


def looks_like(one: Case, other: Case) -> bool:
    """Another dossier that may well be of the same person; of one regime alone. INT-07; PRV-20."""
    mine, theirs = one.client, other.client
    if one.pk == other.pk or one.regime != other.regime or mine.birth_date != theirs.birth_date:
        return False
    return similar_name(mine, theirs)


def have_other_bsn(one: Case, other: Case) -> bool:
    """Whether each has a BSN and they differ; for the bedrijfsbureau, that sees neither of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.have_other_bsn(%s, %s)", [one.pk, other.pk])
        return bool(cursor.fetchone()[0])


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    """The words in which it is asked who was told apart."""

    def between(self, one: Case, other: Case) -> "ToldApartQuerySet":
        """These two, whichever was looked at first."""
        return self.filter(Q(case=one, other=other) | Q(case=other, other=one))


class ToldApart(PersonalData):
    """Somebody looked at two dossiers that are alike, and said that they are of two people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="told_apart")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.CharField("waarom", max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = "niet dezelfde persoon"
        verbose_name_plural = "niet dezelfde personen"
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="told_apart_once"),
            models.CheckConstraint(name="told_apart_from_another", condition=~Q(case=F("other"))),
        ]

    def __str__(self) -> str:
        return "twee verschillende personen"
