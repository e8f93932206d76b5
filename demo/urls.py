"""Addresses of the demo house only."""

from django.urls import path

from demo import views

urlpatterns = [path("stijlgids/", views.style_guide, name="stijlgids")]
