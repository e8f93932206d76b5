"""The pages round a shelter: public ones, those of the commission, those of the buurtregisseur."""

from beheerscommissie.views.commission import area, areas, plan_vergadering, routes
from beheerscommissie.views.public import file_report, follow, outcome
from beheerscommissie.views.reports import (
    assign_report,
    give_feedback,
    handle_report,
    report,
    reports,
)

__all__ = [
    "area",
    "areas",
    "assign_report",
    "file_report",
    "follow",
    "give_feedback",
    "handle_report",
    "outcome",
    "plan_vergadering",
    "report",
    "reports",
    "routes",
]
