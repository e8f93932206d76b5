"""The map of the house: every app by name."""

from django.conf import settings
from django.urls import include, path

from veiligheidshuis import account, views

handler404 = "veiligheidshuis.drafts.not_found"
urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("hulp/", views.page, {"name": "hulp"}, name="hulp"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("toegankelijkheid/", views.page, {"name": "toegankelijkheid"}, name="toegankelijkheid"),
    path("account/", account.account, name="account"),
    path("", include("veiligheidshuis.door")),
    path("", include("veiligheidshuis.stepup")),
    path("", include("veiligheidshuis.tablet")),
    path("", include("veiligheidshuis.credentials")),
    path("", include("veiligheidshuis.drafts")),
    path("", include("veiligheidshuis.autosave")),
    path("", include("partners.urls")),
    path("", include("cases.urls")),
    path("", include("agenda.urls")),
    path("", include("maatwerkplan.urls")),
    path("", include("beheerscommissie.urls")),
    path("", include("stuurgroep.urls")),
    path("", include("privacy.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
