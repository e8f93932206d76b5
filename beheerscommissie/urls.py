"""Addresses round a shelter: for a visitor who reports, the commission, and the buurtregisseur."""

from django.urls import path

from beheerscommissie import views

app_name = "beheerscommissie"
urlpatterns = [
    path("gebied/", views.areas, name="areas"),
    path("gebied/<slug:slug>/", views.area, name="area"),
    path("gebied/<slug:slug>/melden/", views.file_report, name="file_report"),
    path("gebied/<slug:slug>/melding/", views.follow, name="follow"),
    path("gebied/<slug:slug>/melding/<slug:code>/", views.outcome, name="outcome"),
    path("gebied/<slug:slug>/vergadering/", views.plan_vergadering, name="plan_vergadering"),
    path("gebied/<slug:slug>/routes/", views.routes, name="routes"),
    path("meldingen/", views.reports, name="reports"),
    path("meldingen/<uuid:pk>/", views.report, name="report"),
    path("meldingen/<uuid:pk>/toewijzen/", views.assign_report, name="assign_report"),
    path("meldingen/<uuid:pk>/afhandelen/", views.handle_report, name="handle_report"),
    path("meldingen/<uuid:pk>/terugkoppelen/", views.give_feedback, name="give_feedback"),
]
