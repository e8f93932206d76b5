"""What one row of a list says, and whom it comes from. S2, Werkprocessen; INT-06."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from cases.models import name_key
from cases.operations.intake import Person
from cases.operations.newcomers import Newcomer
from partners.models import Organisation
from veiligheidshuis import cipher


@dataclass(frozen=True)
class Entry:
    """What one row of the list says."""

    person: Person
    doelgroep: str
    offences: int | None = None
    source_note: str = ""

    @property
    def data(self) -> list[str]:
        """Which data of somebody it gives: kept beside the row, so that everybody can be told where
        each came from (AVG 14 lid 2 f)."""
        given = {
            "naam": True,
            "geboortedatum": True,
            "doelgroep": True,
            "gemeente": self.person.municipality,
            "bsn": self.person.bsn,
            "delicten": self.offences is not None,
        }
        return [datum for datum, is_given in given.items() if is_given]

    def seal(self) -> str:
        """The row as it is kept until it is decided."""
        return cipher.encrypt(json.dumps(asdict(self), default=date.isoformat))

    @classmethod
    def unseal(cls, sealed: str) -> "Entry":
        data = json.loads(cipher.decrypt(sealed))
        about = data.pop("person")
        about["birth_date"] = date.fromisoformat(about["birth_date"])
        return cls(person=Person(**about), **data)


@dataclass(frozen=True)
class ReadRow:
    """One row of the file: what it says, or why it cannot be used."""

    line: int
    entry: Entry | None = None
    reason: str = ""


class Suppliers:
    """The organisations by every name a list may call them, and whose list it is."""

    def __init__(self, usual: Organisation) -> None:
        self.usual = usual
        self._called = {
            name_key(name): organisation
            for organisation in Organisation.objects.all()
            for name in (organisation.slug, organisation.short_name, organisation.name)
        }

    def of(self, note: str) -> Organisation:
        """Whom a row comes from: by its whole name, or by a beginning that only one organisation
        has. S2: the list of the police, "aangevuld met input vanuit organisaties"."""
        called = name_key(note)
        if called in self._called:
            return self._called[called]
        begun = {
            org for name, org in self._called.items() if called and name.startswith(f"{called} ")
        }
        return begun.pop() if len(begun) == 1 else self.usual

    def newcomer(self, entry: Entry) -> Newcomer:
        """Whom a row puts forward, by whom it names."""
        return Newcomer(
            entry.person,
            entry.doelgroep,
            self.of(entry.source_note),
            source_note=entry.source_note,
            offences=entry.offences,
        )
