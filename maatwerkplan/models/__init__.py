"""What each partner will do, asked beforehand, agreed with the client, and what came of it."""

from maatwerkplan.models.action import (
    ENDINGS,
    FROM_OUTSIDE,
    Channel,
    Ending,
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
)
from maatwerkplan.models.plan import (
    Maatwerkplan,
    MaatwerkplanQuerySet,
)
from maatwerkplan.models.signing import (
    Party,
    PlanDocument,
    PlanText,
    Refusal,
    Signature,
)

__all__ = [
    "ENDINGS",
    "FROM_OUTSIDE",
    "Answer",
    "Channel",
    "DeliveryAnswer",
    "DeliveryQuestion",
    "DeliveryQuestionQuerySet",
    "Ending",
    "Framework",
    "Maatwerkplan",
    "MaatwerkplanQuerySet",
    "PartnerAction",
    "PartnerActionQuerySet",
    "Party",
    "PlanDocument",
    "PlanText",
    "ProgressKind",
    "ProgressReport",
    "Refusal",
    "Signature",
]
