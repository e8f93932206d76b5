"""The person around whom we work, and everything that is known in his case."""

from cases.models.case import Case, leads_any
from cases.models.client import Client, ClientBsn, age_on, name_key, spoken_name
from cases.models.closing import Afsluiting, ClosingReason
from cases.models.deadline import Deadline, DeadlineKind
from cases.models.diagnosis import (
    DEFICIT_WORDS,
    UNKNOWN,
    Diagnosis,
    LeefgebiedScore,
    SelfReliance,
)
from cases.models.emergency import Noodtoegang
from cases.models.intake import ImportBatch, ImportRow, RowOutcome
from cases.models.justice import OffenceRecord
from cases.models.likeness import (
    Spelling,
    ToldApart,
    have_other_bsn,
    looks_like,
    same_name,
    similar_name,
    spelling_of,
)
from cases.models.participation import Bar, Basis, Participation
from cases.models.prioriteitenlijst import Lijstplaats, Prioriteitenlijst, Selectielid, Verplaatsing
from cases.models.regime import GROUND_IN_LAW, Choice, Regimekeuze, RegimekeuzeQuerySet
from cases.models.scopes import (
    LEEFGEBIED_SCOPES,
    NOT_BY_HAND,
    Leefgebied,
    Scope,
    scope_of,
)
from cases.models.timeline import TimelineItem, TimelineKind
from cases.models.victim import (
    InformationWish,
    Slachtoffer,
    SlachtofferQuerySet,
    VictimPurpose,
    VictimRelation,
)
from partners.models import Doelgroep, Regime

__all__ = [
    "DEFICIT_WORDS",
    "GROUND_IN_LAW",
    "LEEFGEBIED_SCOPES",
    "NOT_BY_HAND",
    "UNKNOWN",
    "Afsluiting",
    "Bar",
    "Basis",
    "Case",
    "Choice",
    "Client",
    "ClientBsn",
    "ClosingReason",
    "Deadline",
    "DeadlineKind",
    "Diagnosis",
    "Doelgroep",
    "ImportBatch",
    "ImportRow",
    "InformationWish",
    "Leefgebied",
    "LeefgebiedScore",
    "Lijstplaats",
    "Noodtoegang",
    "OffenceRecord",
    "Participation",
    "Prioriteitenlijst",
    "Regime",
    "Regimekeuze",
    "RegimekeuzeQuerySet",
    "RowOutcome",
    "Scope",
    "Selectielid",
    "SelfReliance",
    "Slachtoffer",
    "SlachtofferQuerySet",
    "Spelling",
    "TimelineItem",
    "TimelineKind",
    "ToldApart",
    "Verplaatsing",
    "VictimPurpose",
    "VictimRelation",
    "age_on",
    "have_other_bsn",
    "leads_any",
    "looks_like",
    "name_key",
    "same_name",
    "scope_of",
    "similar_name",
    "spelling_of",
    "spoken_name",
]
