"""Addresses of those who supervise."""

from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("toezicht/", views.home, name="home"),
    path("toezicht/mag-dit/", views.explain, name="explain"),
]
