"""Addresses of the people around whom we work."""

from django.urls import URLPattern

app_name = "cases"

# From being put forward to an interventiemanager: candidates, prioriteitenlijst, caseload.
intake_urls: list[URLPattern] = []

# The dossier: search, overview, diagnosis, access.
dossier_urls: list[URLPattern] = []

urlpatterns = [*intake_urls, *dossier_urls]
