"""A paper that somebody brings: what its seal says, and what the dossier says to who may know."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, Scope
from maatwerkplan.documents.drawing import DATA, FORM
from maatwerkplan.models import Maatwerkplan
from partners.models import User
from veiligheidshuis import seal
from veiligheidshuis.seal import Judgement

WORDS: dict[str, tuple[str, str]] = {
    Judgement.ECHT: (
        "Dit papier is echt",
        "Het zegel van dit huis klopt. Sinds het is verzegeld, is er geen letter veranderd.",
    ),
    Judgement.GEWIJZIGD: (
        "Dit papier is gewijzigd",
        (
            "Er zit een zegel van dit huis op, maar het klopt niet. Na het verzegelen is er iets "
            "veranderd of bijgekomen, of er is iets af. Vertrouw het niet en vraag een nieuw "
            "exemplaar."
        ),
    ),
    Judgement.ONBEKEND: (
        "Dit papier kent het huis niet",
        "Er zit geen zegel van dit huis op. Het huis kan niet zeggen of het echt is.",
    ),
}
TONES: dict[str, str] = {
    Judgement.ECHT: "ok",
    Judgement.GEWIJZIGD: "fout",
    Judgement.ONBEKEND: "let-op",
}
# What the dossier adds, for who may read the plan.
IN_FORCE = "Dit is het plan dat nu geldt."
EARLIER = "Dit plan geldt niet meer: er is later een ander plan getekend."
OTHER_TEXT = (
    "In het dossier staat een andere tekst dan op dit papier. Meld dit meteen aan de functionaris "
    "gegevensbescherming."
)


@dataclass(frozen=True)
class PlanData:
    """What lies in the paper as data: of which dossier it is, and the text that was signed."""

    number: str
    sha256: str

    @classmethod
    def lying_in(cls, attached: dict[str, str]) -> "PlanData | None":
        """None when it is no plan, or of a shape that this house does not know."""
        try:
            data = json.loads(attached[DATA])
            taken = hashlib.sha256(data["tekst"].encode()).hexdigest()
            known = data["vorm"] == FORM and data["tekst_sha256"] == taken
            return cls(data["dossier"], taken) if known else None
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(frozen=True)
class Paper:
    """The answer to who brought the file. `number` is there for who may read that plan only."""

    judgement: Judgement
    sealed_at: datetime | None = None
    number: str = ""
    standing: str = ""

    @property
    def title(self) -> str:
        return WORDS[self.judgement][0]

    @property
    def meaning(self) -> str:
        return WORDS[self.judgement][1]

    @property
    def tone(self) -> str:
        return TONES[self.judgement]

    @property
    def is_genuine(self) -> bool:
        return self.judgement == Judgement.ECHT


def paper_of(file: bytes, user: User | None = None) -> Paper:
    """What the house says of a file; about the dossier only to a user who may read its plan.

    Who may not know the dossier hears what the seal says and no more, asked with as many questions
    as if there were no such dossier.
    """
    reading = seal.examine(file)
    plan = PlanData.lying_in(reading.attached or {})
    if reading.judgement != Judgement.ECHT:
        return Paper(reading.judgement)
    if plan is None:  # sealed by us, but no plan: nothing that this house gives away
        return Paper(Judgement.ONBEKEND)
    standing = _standing(plan, user) if user else ""
    return Paper(Judgement.ECHT, reading.sealed_at, plan.number if standing else "", standing)


def _standing(plan: PlanData, user: User) -> str:
    """How the paper stands to what was signed last; empty for who may not read that plan."""
    case = Case.objects.visible_to(user, Scope.VIEW_PLAN).numbered(plan.number).first()
    if case is None:
        return ""
    signed = Maatwerkplan.objects.filter(case=case, signed_at__isnull=False)
    texts = signed.order_by("-number").values_list("text__sha256", flat=True)
    if plan.sha256 not in texts:
        return OTHER_TEXT
    return IN_FORCE if texts[0] == plan.sha256 else EARLIER
