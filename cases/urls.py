"""Addresses of the people around whom we work."""

from django.urls import URLPattern, path

from cases.views import (
    assignment,
    bars,
    closing,
    diagnosis,
    documents,
    dossier,
    emergency,
    facts,
    imports,
    intake,
    likeness,
    lists,
    offences,
    preview,
    regime,
    report,
    selection,
    sources,
    victims,
    weighing,
    who_may,
)

app_name = "cases"

# From being put forward to an interventiemanager: candidates, prioriteitenlijst, caseload.
intake_urls: list[URLPattern] = [
    path("kandidaten/", intake.candidates, name="candidates"),
    path("kandidaten/aandragen/", report.nominate, name="nominate"),
    path("kandidaten/gesproken/<uuid:report_id>/", report.contacted, name="contacted"),
    path("kandidaten/<slug:number>/laten-wegen/", weighing.ask_weighing, name="ask_weighing"),
    path("wegingen/", weighing.weighings, name="weighings"),
    path("wegingen/<slug:number>/", weighing.weigh, name="weigh"),
    path("wegingen/<slug:number>/toelaten/", weighing.admit, name="admit"),
    path("wegingen/<slug:number>/niet-toelaten/", weighing.decline, name="decline"),
    path("screening/", weighing.screenings, name="screenings"),
    path("screening/<slug:number>/", weighing.screen, name="screen"),
    path("kandidaten/<slug:number>/lijkt-op/<slug:other>/", likeness.likeness, name="likeness"),
    path("kandidaten/importeren/", imports.import_list, name="import"),
    path("kandidaten/importeren/<uuid:batch_id>/", imports.import_preview, name="import_preview"),
    path(
        "kandidaten/importeren/<uuid:batch_id>/kolommen/",
        imports.import_columns,
        name="import_columns",
    ),
    path(
        "kandidaten/importeren/<uuid:batch_id>/terugdraaien/",
        imports.import_undo,
        name="import_undo",
    ),
    path(
        "kandidaten/importeren/<uuid:batch_id>/intrekken/",
        imports.import_withdraw,
        name="import_withdraw",
    ),
    path(
        "kandidaten/importeren/<uuid:batch_id>/<uuid:row_id>/",
        imports.import_decide,
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
    path(
        "prioriteitenlijst/<slug:code>/eraf/<slug:number>/",
        lists.list_take_off,
        name="list_take_off",
    ),
    path("prioriteitenlijst/<slug:code>/bronnen/", sources.list_sources, name="list_sources"),
    path(
        "prioriteitenlijst/<slug:code>/bronnen/<uuid:asked_id>/",
        sources.source_tell,
        name="source_tell",
    ),
    path("prioriteitenlijst/<slug:code>/overleg/", selection.list_meeting, name="list_meeting"),
    path("prioriteitenlijst/<slug:code>/lijst.pdf", selection.list_pdf, name="list_pdf"),
    path("prioriteitenlijst/<slug:code>/lijst.xlsx", selection.list_xlsx, name="list_xlsx"),
    path("prioriteitenlijst/<slug:code>/vaststellen/", lists.list_adopt, name="list_adopt"),
    path("caseload/", assignment.caseload, name="caseload"),
    path("caseload/toewijzen/<slug:number>/", assignment.assign, name="assign"),
    path("caseload/<int:user_id>/overdragen/", assignment.hand_over_all, name="hand_over_all"),
    path("overzicht/", assignment.overview, name="overview"),
]

# The dossier: search, overview, diagnosis, access.
dossier_urls: list[URLPattern] = [
    path("dossiers/", dossier.search, name="search"),
    path("dossiers/<slug:number>/", dossier.detail, name="detail"),
    path("dossiers/<slug:number>/notitie/", dossier.note_add, name="note_add"),
    path("dossiers/<slug:number>/gegevens/<slug:kind>/", facts.fact_add, name="fact_add"),
    path(
        "dossiers/<slug:number>/gegevens/<uuid:fact_id>/verbeteren/",
        facts.fact_correct,
        name="fact_correct",
    ),
    path(
        "dossiers/<slug:number>/gegevens/<uuid:fact_id>/beeindigen/",
        facts.fact_end,
        name="fact_end",
    ),
    path("dossiers/<slug:number>/stukken/", documents.documents, name="documents"),
    path("dossiers/<slug:number>/stukken/toevoegen/", documents.document_add, name="document_add"),
    path(
        "dossiers/<slug:number>/stukken/<uuid:document_id>/",
        documents.document_file,
        name="document_file",
    ),
    path(
        "dossiers/<slug:number>/stukken/<uuid:document_id>/terugnemen/",
        documents.document_take_back,
        name="document_take_back",
    ),
    path(
        "dossiers/<slug:number>/stukken/<uuid:document_id>/controleren/",
        documents.document_scan,
        name="document_scan",
    ),
    path("dossiers/<slug:number>/delicten/", offences.count, name="offences"),
    path("dossiers/<slug:number>/afsluiten/", closing.close_case, name="close_case"),
    path("dossiers/<slug:number>/regime/", regime.regime, name="regime"),
    path("dossiers/<slug:number>/toegang/", dossier.access_page, name="access"),
    path("dossiers/<slug:number>/nood/", emergency.emergency, name="emergency"),
    path(
        "dossiers/<slug:number>/nood/<uuid:emergency_id>/sluiten/",
        emergency.emergency_end,
        name="emergency_end",
    ),
    path("noodtoegang/", emergency.emergencies, name="emergencies"),
    path("noodtoegang/<uuid:emergency_id>/", emergency.emergency_review, name="emergency_review"),
    path("dossiers/<slug:number>/uitsluiten/", bars.bar, name="bar"),
    path(
        "dossiers/<slug:number>/uitsluiten/<int:user_id>/opheffen/", bars.bar_lift, name="bar_lift"
    ),
    path("dossiers/<slug:number>/toegang/uitleg/", dossier.explain, name="explain"),
    path(
        "dossiers/<slug:number>/toegang/<int:group_id>/intrekken/",
        dossier.access_withdraw,
        name="access_withdraw",
    ),
    path("dossiers/<slug:number>/diagnose/", diagnosis.diagnosis, name="diagnosis"),
    path(
        "dossiers/<slug:number>/diagnose/starten/",
        diagnosis.diagnosis_start,
        name="diagnosis_start",
    ),
    path(
        "dossiers/<slug:number>/diagnose/vaststellen/",
        diagnosis.diagnosis_complete,
        name="diagnosis_complete",
    ),
    path(
        "dossiers/<slug:number>/diagnose/opnieuw/",
        diagnosis.diagnosis_again,
        name="diagnosis_again",
    ),
    path(
        "dossiers/<slug:number>/diagnose/zelf-uitvoeren/",
        diagnosis.self_reliance,
        name="self_reliance",
    ),
    path("dossiers/<slug:number>/diagnose/<slug:leefgebied>/", diagnosis.score, name="score"),
]

# Whom the client hurt: apart, and for people by name.
victim_urls: list[URLPattern] = [
    path("dossiers/<slug:number>/slachtoffers/", victims.victims, name="victims"),
    path("dossiers/<slug:number>/slachtoffers/toevoegen/", victims.victim_add, name="victim_add"),
    path(
        "dossiers/<slug:number>/slachtoffers/<uuid:victim_id>/",
        victims.victim_edit,
        name="victim_edit",
    ),
    path(
        "dossiers/<slug:number>/slachtoffers/<uuid:victim_id>/beeindigen/",
        victims.victim_end,
        name="victim_end",
    ),
    path(
        "dossiers/<slug:number>/slachtoffers/<uuid:victim_id>/bijstand/",
        victims.victim_support,
        name="victim_support",
    ),
    path(
        "dossiers/<slug:number>/slachtoffers/<uuid:victim_id>/bijstand/<int:group_id>/beeindigen/",
        victims.victim_support_end,
        name="victim_support_end",
    ),
]

# What was given to whom in the whole house.
who_may_urls: list[URLPattern] = [path("beheer/toegang/", who_may.who_may, name="who_may")]

# What a change of rights would open or close: parts of the pages of accounts.
preview_urls: list[URLPattern] = [
    path("voorproef/<int:user_id>/uitzetten/", preview.account_off, name="preview_off"),
    path("voorproef/<int:user_id>/aanzetten/", preview.account_on, name="preview_on"),
    path(
        "voorproef/<int:user_id>/rol/<int:appointment_id>/",
        preview.role_end,
        name="preview_role_end",
    ),
]

urlpatterns = [*intake_urls, *dossier_urls, *victim_urls, *who_may_urls, *preview_urls]
