"""Addresses of the people around whom we work."""

from django.urls import URLPattern, path

from cases.views import assignment, intake, lists

app_name = "cases"

# From being put forward to an interventiemanager: candidates, prioriteitenlijst, caseload.
intake_urls: list[URLPattern] = [
    path("kandidaten/", intake.candidates, name="candidates"),
    path("kandidaten/aandragen/", intake.nominate, name="nominate"),
    path("kandidaten/importeren/", intake.import_list, name="import"),
    path("kandidaten/importeren/<uuid:batch_id>/", intake.import_preview, name="import_preview"),
    path(
        "kandidaten/importeren/<uuid:batch_id>/intrekken/",
        intake.import_withdraw,
        name="import_withdraw",
    ),
    path(
        "kandidaten/importeren/<uuid:batch_id>/<uuid:row_id>/",
        intake.import_decide,
        name="import_decide",
    ),
    path("prioriteitenlijst/", lists.lists, name="lists"),
    path("prioriteitenlijst/nieuw/", lists.list_new, name="list_new"),
    path("prioriteitenlijst/<slug:code>/", lists.ranked_list, name="list"),
    path("prioriteitenlijst/<slug:code>/kandidaten/", lists.list_add, name="list_add"),
    path(
        "prioriteitenlijst/<slug:code>/verplaatsen/<slug:number>/",
        lists.list_move,
        name="list_move",
    ),
    path("prioriteitenlijst/<slug:code>/vaststellen/", lists.list_adopt, name="list_adopt"),
    path("caseload/", assignment.caseload, name="caseload"),
    path("caseload/toewijzen/<slug:number>/", assignment.assign, name="assign"),
    path("overzicht/", assignment.overview, name="overview"),
]

# The dossier: search, overview, diagnosis, access.
dossier_urls: list[URLPattern] = []

urlpatterns = [*intake_urls, *dossier_urls]
