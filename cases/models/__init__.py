"""The person around whom we work, and everything that is known in his case."""

from cases.models.case import Case, leads_any
from cases.models.client import Client, ClientBsn, age_on, name_key, spoken_name
from cases.models.closing import Afsluiting, ClosingReason
from cases.models.deadline import Deadline, DeadlineKind
from cases.models.definition import (
    DEFINITIONS,
    Age,
    Condition,
    Definition,
    Judgement,
    Offences,
    Reference,
    definition_of,
    key_of,
)
from cases.models.diagnosis import (
    DEFICIT_WORDS,
    UNKNOWN,
    Diagnosis,
    Interview,
    LeefgebiedScore,
    SelfReliance,
    Vaststelling,
)
from cases.models.document import (
    CATEGORY_SCOPES,
    DOCUMENT_SCOPES,
    Document,
    DocumentCategory,
    DocumentGround,
    DocumentQuerySet,
    grounds_under,
)
from cases.models.emergency import Noodtoegang, judgement_overdue
from cases.models.fact import (
    FACT_SCOPES,
    JUSTICE,
    SORTS,
    DatedFact,
    FactKind,
    fact_scope,
)
from cases.models.intake import ImportBatch, ImportRow, Indeling, RowDecision, RowOutcome
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
from cases.models.participation import Bar, Basis, Holder, Participation
from cases.models.prioriteitenlijst import (
    Attendance,
    Lijstplaats,
    Prioriteitenlijst,
    Selectielid,
    Verplaatsing,
)
from cases.models.regime import GROUND_IN_LAW, Choice, Regimekeuze, RegimekeuzeQuerySet
from cases.models.report import (
    Aanmelding,
    Criterium,
    Meldformulier,
    Onderdeel,
    Report,
    Spoed,
)
from cases.models.scopes import (
    LEEFGEBIED_SCOPES,
    NOT_BY_HAND,
    Leefgebied,
    Scope,
    scope_of,
)
from cases.models.screening import Screening, ScreeningOutcome
from cases.models.sources import Bronvraag
from cases.models.timeline import LONGEST_TITLE, TimelineItem, TimelineKind
from cases.models.victim import (
    InformationWish,
    Slachtoffer,
    SlachtofferQuerySet,
    VictimPurpose,
    VictimRelation,
)
from cases.models.weighing import Oordeel, Vervolg, Weging
from cases.models.werkwijze import AGREED, explanation_of
from partners.models import Doelgroep, Regime

__all__ = [
    "AGREED",
    "CATEGORY_SCOPES",
    "DEFICIT_WORDS",
    "DEFINITIONS",
    "DOCUMENT_SCOPES",
    "FACT_SCOPES",
    "GROUND_IN_LAW",
    "JUSTICE",
    "LEEFGEBIED_SCOPES",
    "LONGEST_TITLE",
    "NOT_BY_HAND",
    "SORTS",
    "UNKNOWN",
    "Aanmelding",
    "Afsluiting",
    "Age",
    "Attendance",
    "Bar",
    "Basis",
    "Bronvraag",
    "Case",
    "Choice",
    "Client",
    "ClientBsn",
    "ClosingReason",
    "Condition",
    "Criterium",
    "DatedFact",
    "Deadline",
    "DeadlineKind",
    "Definition",
    "Diagnosis",
    "Document",
    "DocumentCategory",
    "DocumentGround",
    "DocumentQuerySet",
    "Doelgroep",
    "FactKind",
    "Holder",
    "ImportBatch",
    "ImportRow",
    "Indeling",
    "InformationWish",
    "Interview",
    "Judgement",
    "Leefgebied",
    "LeefgebiedScore",
    "Lijstplaats",
    "Meldformulier",
    "Noodtoegang",
    "OffenceRecord",
    "Offences",
    "Onderdeel",
    "Oordeel",
    "Participation",
    "Prioriteitenlijst",
    "Reference",
    "Regime",
    "Regimekeuze",
    "RegimekeuzeQuerySet",
    "Report",
    "RowDecision",
    "RowOutcome",
    "Scope",
    "Screening",
    "ScreeningOutcome",
    "Selectielid",
    "SelfReliance",
    "Slachtoffer",
    "SlachtofferQuerySet",
    "Spelling",
    "Spoed",
    "TimelineItem",
    "TimelineKind",
    "ToldApart",
    "Vaststelling",
    "Verplaatsing",
    "Vervolg",
    "VictimPurpose",
    "VictimRelation",
    "Weging",
    "age_on",
    "definition_of",
    "explanation_of",
    "fact_scope",
    "grounds_under",
    "have_other_bsn",
    "judgement_overdue",
    "key_of",
    "leads_any",
    "looks_like",
    "name_key",
    "same_name",
    "scope_of",
    "similar_name",
    "spelling_of",
    "spoken_name",
]
