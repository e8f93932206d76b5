"""Addresses."""

app_name = "maatwerkplan"
urlpatterns: list = []
