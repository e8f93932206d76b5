"""Addresses of the plan."""

from django.urls import URLPattern, path

from maatwerkplan.views import execution, home, offer

app_name = "maatwerkplan"

# Drawing the plan and asking its partners.
plan_urls: list[URLPattern] = []

# The offer, signing, refusal, the plan on paper, execution, and the first pages.
offer_urls = [
    path("werkvoorraad/", home.worklist, name="worklist"),
    path("acties/", home.actions, name="actions"),
    path("acties/<uuid:action_id>/", execution.action, name="action"),
    path("dossiers/<slug:number>/aanbod/", offer.offer, name="offer"),
    path("dossiers/<slug:number>/aanbod/tekenen/", offer.sign, name="sign"),
    path("dossiers/<slug:number>/aanbod/weigering/", offer.refuse, name="refuse"),
    path("dossiers/<slug:number>/plan.pdf", offer.pdf, name="pdf"),
    path("dossiers/<slug:number>/start/", execution.start, name="start"),
    path(
        "dossiers/<slug:number>/start/<uuid:action_id>/",
        execution.report_record,
        name="report_record",
    ),
]

urlpatterns = [*plan_urls, *offer_urls]
