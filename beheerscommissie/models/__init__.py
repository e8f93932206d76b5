"""The beheerscommissie's tables: the area, its plan, and the reports of nuisance."""

from beheerscommissie.models.area import Area, Place, Vergadering
from beheerscommissie.models.plan import (
    Beheersplan,
    CameraChange,
    Maatregel,
    NuisanceKind,
    Party,
    PhoneNumber,
    Route,
)
from beheerscommissie.models.report import (
    DayPart,
    Means,
    Melder,
    Overlastmelding,
    ReportContent,
    ReportSender,
    ReportStep,
)

__all__ = [
    "Area",
    "Beheersplan",
    "CameraChange",
    "DayPart",
    "Maatregel",
    "Means",
    "Melder",
    "NuisanceKind",
    "Overlastmelding",
    "Party",
    "PhoneNumber",
    "Place",
    "ReportContent",
    "ReportSender",
    "ReportStep",
    "Route",
    "Vergadering",
]
