"""What each partner will do, asked beforehand, agreed with the client, and what came of it."""

from maatwerkplan.models.aanspreking import (
    WITH_POWER,
    Aanspreking,
    AansprekingQuerySet,
    CallStage,
)
from maatwerkplan.models.action import (
    ENDINGS,
    FROM_OUTSIDE,
    OF_A_MUNICIPALITY,
    Channel,
    Ending,
    Financing,
    Framework,
    PartnerAction,
    PartnerActionQuerySet,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.models.delivery import (
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    DeliveryQuestionQuerySet,
    WhyNot,
)
from maatwerkplan.models.doorzetting import Doorzetting
from maatwerkplan.models.evaluatie import Conclusion, Evaluatie, EvaluatieQuerySet
from maatwerkplan.models.goal import Doel
from maatwerkplan.models.plan import (
    Herziening,
    Maatwerkplan,
    MaatwerkplanQuerySet,
)
from maatwerkplan.models.pressure import (
    Drangstap,
    DrangstapQuerySet,
    Instrument,
    Stapuitkomst,
)
from maatwerkplan.models.signing import (
    OnPaper,
    Party,
    PlanDocument,
    PlanText,
    Refusal,
    Signature,
)
from maatwerkplan.models.talk import OF_MINORS, Capacity, OfferTalk

__all__ = [
    "ENDINGS",
    "FROM_OUTSIDE",
    "OF_A_MUNICIPALITY",
    "OF_MINORS",
    "WITH_POWER",
    "Aanspreking",
    "AansprekingQuerySet",
    "Answer",
    "CallStage",
    "Capacity",
    "Channel",
    "Conclusion",
    "DeliveryAnswer",
    "DeliveryQuestion",
    "DeliveryQuestionQuerySet",
    "Doel",
    "Doorzetting",
    "Drangstap",
    "DrangstapQuerySet",
    "Ending",
    "Evaluatie",
    "EvaluatieQuerySet",
    "Financing",
    "Framework",
    "Herziening",
    "Instrument",
    "Maatwerkplan",
    "MaatwerkplanQuerySet",
    "OfferTalk",
    "OnPaper",
    "PartnerAction",
    "PartnerActionQuerySet",
    "Party",
    "PlanDocument",
    "PlanText",
    "ProgressKind",
    "ProgressReport",
    "Refusal",
    "Signature",
    "Stapuitkomst",
    "WhyNot",
]
