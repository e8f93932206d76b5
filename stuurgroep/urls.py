"""Addresses of the steering group."""

from django.urls import path

from stuurgroep import views

app_name = "stuurgroep"
urlpatterns = [path("rapportages/", views.figures, name="figures")]
