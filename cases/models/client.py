"""The person around whom we work."""

import re
import unicodedata
import uuid
from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from veiligheidshuis import cipher
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData

WORD = re.compile(r"[^\W_]+")


def name_key(*parts: str) -> str:
    """A name as it is compared and sorted: small letters, no accents, no signs."""
    flat = unicodedata.normalize("NFKD", " ".join(parts)).casefold().replace("ĳ", "ij")
    if not flat.isascii():
        flat = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(WORD.findall(flat))


def search_key(first_name: str, name_prefix: str, last_name: str) -> str:
    """A name as it is searched: every word after a space, and the surname in one piece as well.

    So "van den Berg" is found as "berg", as "van den berg" and as "vandenberg".
    """
    surname = name_key(name_prefix, last_name)
    words = [*name_key(first_name).split(), *surname.split(), surname.replace(" ", "")]
    return "".join(f" {word}" for word in dict.fromkeys(words))


def spoken_name(first_name: str, name_prefix: str, last_name: str) -> str:
    """Voornaam voorvoegsel achternaam, as people say it."""
    return " ".join(part for part in (first_name, name_prefix, last_name) if part)


class Client(PersonalData):
    """Somebody who causes much nuisance or crime and has many troubles. S2, Doelstelling."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_name = models.CharField("voornaam", max_length=80)
    name_prefix = models.CharField("voorvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=80)
    birth_date = models.DateField("geboortedatum")
    municipality = models.CharField("gemeente", max_length=60, blank=True)
    sort_name = models.CharField(max_length=200, editable=False)
    search_name = models.CharField(max_length=320, editable=False)

    history = history()

    class Meta:
        verbose_name = "cliënt"
        verbose_name_plural = "cliënten"
        indexes = [
            models.Index(fields=["sort_name", "birth_date"], name="client_by_name"),
            models.Index(fields=["birth_date"], name="client_by_birth_date"),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="client_by_part"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """By what he is sorted and searched; for whoever writes many clients at once."""
        self.sort_name = name_key(self.last_name, self.first_name)
        self.search_name = search_key(self.first_name, self.name_prefix, self.last_name)

    @property
    def display_name(self) -> str:
        return spoken_name(self.first_name, self.name_prefix, self.last_name)

    @property
    def age(self) -> int:
        """Whole years, today in Europe/Amsterdam."""
        return age_on(self.birth_date, timezone.localdate())


def age_on(birth_date: date, day: date) -> int:
    """Whole years between two days."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


class ClientBsn(PersonalData):
    """The BSN, apart and encrypted: allowed for the purpose only. WGS 2.29; UAVG 46; DOS-14."""

    client = models.OneToOneField(
        Client, models.CASCADE, primary_key=True, related_name="bsn_record"
    )
    ciphertext = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)

    class Meta:
        verbose_name = "BSN"

    def __str__(self) -> str:
        return "BSN (afgeschermd)"

    @classmethod
    def of(cls, client: Client, bsn: str) -> "ClientBsn":
        """The record for this number, not yet saved."""
        return cls(client=client, ciphertext=cipher.encrypt(bsn), digest=cipher.digest(bsn))

    @property
    def masked(self) -> str:
        """The last three digits, for recognition."""
        return "••••••" + cipher.decrypt(self.ciphertext)[-3:]
