"""Addresses of the plan."""

from django.urls import URLPattern, path

from maatwerkplan.views import execution, home, offer

app_name = "maatwerkplan"

# Drawing the plan and asking its partners.
from django.http import HttpResponse

_x = lambda request, **k: HttpResponse("x")
plan_urls = [
    path("dossiers/<str:number>/maatwerkplan/", _x, name="plan"),
    path("dossiers/<str:number>/lc/", _x, name="delivery"),
    path("lv/<uuid:q>/", _x, name="question"),
]

# The offer, signing, refusal, the plan on paper, execution, and the first pages.
offer_urls = [
    path("werkvoorraad/", home.worklist, name="worklist"),
    path("acties/", home.actions, name="actions"),
    path("acties/<uuid:action_id>/", execution.action, name="action"),
    path("dossiers/<str:number>/aanbod/", offer.offer, name="offer"),
    path("dossiers/<str:number>/aanbod/tekenen/", offer.sign, name="sign"),
    path("dossiers/<str:number>/aanbod/weigering/", offer.refuse, name="refuse"),
    path("dossiers/<str:number>/plan.pdf", offer.pdf, name="pdf"),
    path("dossiers/<str:number>/start/", execution.start, name="start"),
    path(
        "dossiers/<str:number>/start/<uuid:action_id>/",
        execution.report_record,
        name="report_record",
    ),
]

urlpatterns = [*plan_urls, *offer_urls]
