"""Addresses of those who supervise, and about who looked."""

from django.urls import path

from privacy.views import log, signals, supervision

app_name = "privacy"
urlpatterns = [
    path("toezicht/", supervision.home, name="home"),
    path("toezicht/mag-dit/", supervision.explain, name="explain"),
    path("toezicht/controle/", supervision.check, name="check"),
    path("toezicht/signalen/", signals.signals, name="signals"),
    path("toezicht/signalen/<uuid:signal_id>/", signals.signal, name="signal"),
    path("toezicht/logboek/", log.log, name="log"),
    path("toezicht/eigen-mensen/", log.own_people, name="own_people"),
    path("dossiers/<slug:number>/wie-keek/", log.looks, name="looks"),
    path("dossiers/<slug:number>/wie-keek/organisaties/", log.overview, name="overview"),
    path("dossiers/<slug:number>/wie-keek/organisaties.pdf", log.overview_pdf, name="overview_pdf"),
]
